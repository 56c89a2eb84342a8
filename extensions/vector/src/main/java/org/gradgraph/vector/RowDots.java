package org.gradgraph.vector;

import static org.gradgraph.vector.Lanes.DOUBLES;
import static org.gradgraph.vector.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import org.gradgraph.exec.kernel.MatrixProduct;

/**
 * A matrix times the transpose of another, one of which has few rows: a dot product for each two rows.
 *
 * <p>One row at a time: the processor fetches ahead best what is read as it lies in memory.
 */
final class RowDots implements MatrixProduct {
    private static final int STRIP = 4;

    /** Running sums of a row, on vectors of any width. */
    private static final int SUMS = 8;

    private final int many;
    private final int few;
    private final int inner;
    private final boolean manyAreRight;

    /** Where running sums are put together: a vector that is passed on to another method may end up on the heap. */
    private final double[] sums = new double[SUMS];

    RowDots(int rows, int columns, int inner) {
        this.manyAreRight = columns > rows;
        this.many = Math.max(rows, columns);
        this.few = Math.min(rows, columns);
        this.inner = inner;
    }

    @Override
    public String name() {
        return Lanes.NAME;
    }

    @Override
    public int strips() {
        return -Math.floorDiv(-many, STRIP);
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        double[] matrix = manyAreRight ? b : a;
        double[] other = manyAreRight ? a : b;
        int end = Math.min(many, to * STRIP);
        for (int i = from * STRIP; i < end; i++) {
            for (int j = 0; j < few; j++) {
                c[manyAreRight ? j * many + i : i * few + j] = dot(matrix, i * inner, other, j * inner);
            }
        }
    }

    private double dot(double[] matrix, int at, double[] x, int from) {
        DoubleVector s0 = DoubleVector.zero(DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int k = 0;
        for (; k <= inner - SUMS; k += SUMS) {
            s0 = DoubleVector.fromArray(DOUBLES, x, from + k).fma(DoubleVector.fromArray(DOUBLES, matrix, at + k), s0);
            if (WIDTH < SUMS) {
                s1 = DoubleVector.fromArray(DOUBLES, x, from + k + WIDTH)
                        .fma(DoubleVector.fromArray(DOUBLES, matrix, at + k + WIDTH), s1);
            }
            if (WIDTH < SUMS / 2) {
                s2 = DoubleVector.fromArray(DOUBLES, x, from + k + 2 * WIDTH)
                        .fma(DoubleVector.fromArray(DOUBLES, matrix, at + k + 2 * WIDTH), s2);
                s3 = DoubleVector.fromArray(DOUBLES, x, from + k + 3 * WIDTH)
                        .fma(DoubleVector.fromArray(DOUBLES, matrix, at + k + 3 * WIDTH), s3);
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
        for (int l = 0; k < inner; k++, l++) {
            sums[l] = Math.fma(matrix[at + k], x[from + k], sums[l]);
        }
        return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
    }
}
