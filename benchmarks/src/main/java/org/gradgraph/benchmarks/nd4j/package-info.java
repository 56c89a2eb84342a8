/** The workloads by ND4J's SameDiff. */
@NullMarked
package org.gradgraph.benchmarks.nd4j;

import org.jspecify.annotations.NullMarked;
