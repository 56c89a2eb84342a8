/**
 * Graphs as pictures: DOT, SVG and self-contained HTML pages.
 *
 * <p>Start with these types:
 *
 * <ol>
 *   <li>{@link org.gradgraph.graphviz.Dot}: the picture of a graph, a program or a run
 *   <li>{@link org.gradgraph.graphviz.Style}: colours, constants, clusters, tables and attributes
 *   <li>{@link org.gradgraph.graphviz.Curves}: learning curves as SVG
 *   <li>{@link org.gradgraph.graphviz.GraphvizException}: thrown if the program {@code dot} fails
 *   <li>{@link org.gradgraph.graph.Graph}: what is drawn
 * </ol>
 */
@NullMarked
package org.gradgraph.graphviz;

import org.jspecify.annotations.NullMarked;
