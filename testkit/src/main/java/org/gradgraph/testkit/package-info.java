/**
 * Assertions for users' own tests, and the contract that an operation must keep.
 *
 * <p>Start with these types:
 *
 * <ol>
 *   <li>{@link org.gradgraph.testkit.GradgraphAssertions}: the entry: {@code assertThat} for nodes and matrices
 *   <li>{@link org.gradgraph.testkit.GradgraphSoftAssertions}: the same, reporting all failures at once
 *   <li>{@link org.gradgraph.testkit.NodeAssert}: assertions about a node
 *   <li>{@link org.gradgraph.testkit.MatrixAssert}: assertions about a matrix
 *   <li>{@link org.gradgraph.testkit.OperationContract}: a JUnit test template for an operation
 * </ol>
 */
@NullMarked
package org.gradgraph.testkit;

import org.jspecify.annotations.NullMarked;
