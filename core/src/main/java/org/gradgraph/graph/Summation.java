package org.gradgraph.graph;

import org.ejml.data.DMatrixRMaj;

/**
 * Sums with small rounding errors and a fixed order.
 *
 * <p>Pairwise: halves are summed and then added, so the error grows with the logarithm of the number of terms (Higham,
 * Accuracy and Stability of Numerical Algorithms, chapter 4). The order depends on the size alone.
 */
final class Summation {
    private static final int DIRECT = 128;

    private Summation() {}

    static void sum(DMatrixRMaj x, ReductionOps.Over over, DMatrixRMaj out) {
        switch (over) {
            case ALL -> out.data[0] = sum(x.data, 0, x.getNumElements(), 1);
            case EACH_ROW -> {
                for (int i = 0; i < x.numRows; i++) {
                    out.data[i] = sum(x.data, i * x.numCols, x.numCols, 1);
                }
            }
            case EACH_COLUMN -> columnSums(x, out);
        }
    }

    /** The sum of {@code n} elements that lie {@code stride} apart. */
    static double sum(double[] data, int from, int n, int stride) {
        if (n <= DIRECT) {
            double total = n == 0 ? 0 : data[from];
            for (int i = 1; i < n; i++) {
                total += data[from + i * stride];
            }
            return total;
        }
        int half = n / 2;
        return sum(data, from, half, stride) + sum(data, from + half * stride, n - half, stride);
    }

    /** The mean of elements whose plain sum overflows, or is infinite indeed. */
    static double meanOfLarge(double[] data, int from, int n, int stride) {
        double total = 0;
        for (int i = 0; i < n; i++) {
            total += data[from + i * stride] / n;
        }
        return total;
    }

    private static void columnSums(DMatrixRMaj x, DMatrixRMaj out) {
        for (int j = 0; j < x.numCols; j++) {
            out.data[j] = sum(x.data, j, x.numRows, x.numCols);
        }
    }
}
