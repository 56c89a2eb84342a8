/** Graphs made simpler and numerically safer without changing what they mean. */
@NullMarked
package org.gradgraph.rewrite;

import org.jspecify.annotations.NullMarked;
