/** Graphs as pictures: DOT, SVG and self-contained HTML pages. */
@NullMarked
package org.gradgraph.graphviz;

import org.jspecify.annotations.NullMarked;
