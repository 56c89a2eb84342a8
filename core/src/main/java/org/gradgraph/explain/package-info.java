/** Graphs, derivations and passes as text for people. */
@NullMarked
package org.gradgraph.explain;

import org.jspecify.annotations.NullMarked;
