/** Differentiation: functions from graph to graph, which never see a number. */
@NullMarked
package org.gradgraph.diff;

import org.jspecify.annotations.NullMarked;
