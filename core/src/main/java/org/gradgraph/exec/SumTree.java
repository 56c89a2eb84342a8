package org.gradgraph.exec;

import org.gradgraph.exec.kernel.Kernels;

/** Sums of partial results in an order that depends on their number alone. */
final class SumTree {
    private SumTree() {}

    /** Adds {@code count} groups of {@code width} numbers in pairs, pairs of pairs and so on, into the first. */
    static void add(Kernels kernels, double[] partial, int from, int count, int width) {
        for (int step = 1; step < count; step *= 2) {
            for (int i = 0; i + step < count; i += 2 * step) {
                int to = from + i * width;
                int other = from + (i + step) * width;
                kernels.add(partial, other, partial, to, width);
            }
        }
    }
}
