/** The workloads by hand: EJML's products and plain loops, with gradients derived on paper. */
@NullMarked
package org.gradgraph.benchmarks.plain;

import org.jspecify.annotations.NullMarked;
