/**
 * Differentiation: functions from graph to graph, which never see a number.
 *
 * <p>Start with these types:
 *
 * <ol>
 *   <li>{@link org.gradgraph.diff.Derivatives}: gradients, Jacobians, Hessians and their products with vectors, as nodes
 *   <li>{@link org.gradgraph.graph.Op}: declares the vjp that differentiation applies
 *   <li>{@link org.gradgraph.graph.Provenance}: which node a gradient node was derived from
 *   <li>{@link org.gradgraph.graph.NoGradientException}: thrown where an operation has no vjp
 *   <li>{@link org.gradgraph.explain.Derivation}: prints gradients
 * </ol>
 */
@NullMarked
package org.gradgraph.diff;

import org.jspecify.annotations.NullMarked;
