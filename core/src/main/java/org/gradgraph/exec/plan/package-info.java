/** Plans: which step computes which values into which buffers, and the steps. */
@NullMarked
package org.gradgraph.exec.plan;

import org.jspecify.annotations.NullMarked;
