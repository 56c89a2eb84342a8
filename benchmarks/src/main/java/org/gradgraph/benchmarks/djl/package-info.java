/** The workloads by PyTorch, through DJL. */
@NullMarked
package org.gradgraph.benchmarks.djl;

import org.jspecify.annotations.NullMarked;
