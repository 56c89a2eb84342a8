/**
 * Nodes, shapes and operations: the graph that everything else is a function of.
 *
 * <p>Start with these types:
 *
 * <ol>
 *   <li>{@link org.gradgraph.graph.Node}: a matrix-valued expression; its methods compose expressions
 *   <li>{@link org.gradgraph.graph.Dim}: the side of a matrix, a number or a symbol such as {@code m}
 *   <li>{@link org.gradgraph.graph.Shape}: two sides, checked when a node is made
 *   <li>{@link org.gradgraph.graph.Op}: what an operation declares; users add their own
 *   <li>{@link org.gradgraph.graph.Graph}: everything that a node depends on, in order
 * </ol>
 *
 * <p>Words used throughout, with one meaning each:
 *
 * <ul>
 *   <li><b>node</b>: a matrix-valued expression; an <b>input</b> is fed with data, a <b>parameter</b> is what gradients
 *       are taken for, a <b>constant</b> never changes, an <b>operation</b> ({@link org.gradgraph.graph.Op}) is applied
 *       to nodes;
 *   <li><b>cotangent</b> {@code dy}: what reverse mode carries from the output back to the inputs; a <b>vjp</b>
 *       (vector-Jacobian product) turns the cotangent of a result into those of its operands; the <b>gradient</b> is the
 *       cotangent for a 1×1 output; {@code dZ} means dJ/dZ;
 *   <li><b>tangent</b> and <b>jvp</b> (Jacobian-vector product): the same from the inputs to the output; <b>hvp</b>: the
 *       product of the Hessian with a vector;
 *   <li><b>broadcast</b> repeats a row, a column or a number; <b>sumTo</b> adds up what was repeated; <b>rowSums</b> and
 *       <b>columnSums</b> give one number for each row and each column;
 *   <li><b>forward pass</b>, <b>backward pass</b>: values left to right, gradients right to left; a <b>program</b> is
 *       compiled from a graph, a <b>run</b> is one thread's workspace for it.
 * </ul>
 *
 * <p>The vocabulary by family: {@link org.gradgraph.graph.Arithmetic}, {@link org.gradgraph.graph.Elementary},
 * {@link org.gradgraph.graph.Special}, {@link org.gradgraph.graph.Activations}, {@link org.gradgraph.graph.Comparisons},
 * {@link org.gradgraph.graph.Reductions}, {@link org.gradgraph.graph.LinearAlgebra}, {@link org.gradgraph.graph.Layout},
 * {@link org.gradgraph.graph.Indexing}, {@link org.gradgraph.graph.Constants}, {@link org.gradgraph.graph.RandomNumbers},
 * {@link org.gradgraph.graph.Losses} and {@link org.gradgraph.graph.Convolutions}. {@link org.gradgraph.graph.Node} has the
 * everyday operations as methods, so nodes and operations live together.
 */
@NullMarked
package org.gradgraph.graph;

import org.jspecify.annotations.NullMarked;
