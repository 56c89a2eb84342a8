/** What is timed: the workloads, their data, and what a contestant has to do. */
@NullMarked
package org.gradgraph.benchmarks.step;

import org.jspecify.annotations.NullMarked;
