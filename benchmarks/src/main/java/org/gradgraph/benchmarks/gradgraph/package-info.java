/** The workloads by gradgraph, with its public API only. */
@NullMarked
package org.gradgraph.benchmarks.gradgraph;

import org.jspecify.annotations.NullMarked;
