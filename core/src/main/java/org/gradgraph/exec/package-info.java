/** Running graphs: a program maps nodes to buffers, a run is one thread's workspace for it. */
@NullMarked
package org.gradgraph.exec;

import org.jspecify.annotations.NullMarked;
