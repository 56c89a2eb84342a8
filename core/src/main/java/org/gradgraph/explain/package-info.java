/** Graphs, derivations and passes as readable text. */
@NullMarked
package org.gradgraph.explain;

import org.jspecify.annotations.NullMarked;
