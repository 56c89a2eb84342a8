/**
 * Graphs, derivations and passes as readable text.
 *
 * <p>Start with these types:
 *
 * <ol>
 *   <li>{@link org.gradgraph.explain.Derivation}: gradients as the lines of a textbook
 *   <li>{@link org.gradgraph.explain.Trace}: both passes as a table
 *   <li>{@link org.gradgraph.explain.Steps}: how one line of a derivation was found
 *   <li>{@link org.gradgraph.graph.Notation}: how an operation is written in a formula
 *   <li>{@link org.gradgraph.exec.Explanation}: what a program does with a graph
 * </ol>
 */
@NullMarked
package org.gradgraph.explain;

import org.jspecify.annotations.NullMarked;
