package org.gradgraph.vector;

import static org.gradgraph.vector.Lanes.DOUBLES;
import static org.gradgraph.vector.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import org.gradgraph.exec.kernel.DotProducts;

/** A product with few rows or columns, as a dot product for each two rows. */
final class RowDots extends DotProducts {
    /** Running sums of a chunk, on vectors of any width. */
    private static final int SUMS = 8;

    /** Where running sums are put together: a vector that is passed on to another method may end up on the heap. */
    private final double[] sums = new double[SUMS];

    RowDots(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        super(rows, columns, inner, transposeA, transposeB);
    }

    @Override
    public String name() {
        return Lanes.NAME;
    }

    @Override
    protected double dot(double[] x, int p, double[] y, int q, int n) {
        DoubleVector s0 = DoubleVector.zero(DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int k = 0;
        for (; k <= n - SUMS; k += SUMS) {
            s0 = DoubleVector.fromArray(DOUBLES, y, q + k).fma(DoubleVector.fromArray(DOUBLES, x, p + k), s0);
            if (WIDTH < SUMS) {
                s1 = DoubleVector.fromArray(DOUBLES, y, q + k + WIDTH)
                        .fma(DoubleVector.fromArray(DOUBLES, x, p + k + WIDTH), s1);
            }
            if (WIDTH < SUMS / 2) {
                s2 = DoubleVector.fromArray(DOUBLES, y, q + k + 2 * WIDTH)
                        .fma(DoubleVector.fromArray(DOUBLES, x, p + k + 2 * WIDTH), s2);
                s3 = DoubleVector.fromArray(DOUBLES, y, q + k + 3 * WIDTH)
                        .fma(DoubleVector.fromArray(DOUBLES, x, p + k + 3 * WIDTH), s3);
            }
        }
        s0.intoArray(sums, 0);
        if (WIDTH < SUMS) {
            s1.intoArray(sums, WIDTH);
        }
        if (WIDTH < SUMS / 2) {
            s2.intoArray(sums, 2 * WIDTH);
            s3.intoArray(sums, 3 * WIDTH);
        }
        for (int l = 0; k < n; k++, l++) {
            sums[l] = Math.fma(x[p + k], y[q + k], sums[l]);
        }
        return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
    }
}
