/** Threads that share the units of one step. */
@NullMarked
package org.gradgraph.exec.thread;

import org.jspecify.annotations.NullMarked;
