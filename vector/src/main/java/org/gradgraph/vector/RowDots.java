package org.gradgraph.vector;

import static org.gradgraph.vector.Lanes.DOUBLES;
import static org.gradgraph.vector.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import org.gradgraph.exec.kernel.MatrixProduct;

/** A matrix times a column: one dot product for each row of the matrix, four rows at a time. */
final class RowDots implements MatrixProduct {
    private static final int STRIP = 4;

    private final int rows;
    private final int inner;
    private final boolean matrixIsRight;

    RowDots(int rows, int inner, boolean matrixIsRight) {
        this.rows = rows;
        this.inner = inner;
        this.matrixIsRight = matrixIsRight;
    }

    @Override
    public int strips() {
        return -Math.floorDiv(-rows, STRIP);
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        double[] matrix = matrixIsRight ? b : a;
        double[] x = matrixIsRight ? a : b;
        int end = Math.min(rows, to * STRIP);
        int i = from * STRIP;
        for (; i <= end - STRIP; i += STRIP) {
            fourRows(matrix, x, c, i);
        }
        for (; i < end; i++) {
            c[i] = oneRow(matrix, x, i * inner);
        }
    }

    private void fourRows(double[] matrix, double[] x, double[] c, int i) {
        int p = i * inner;
        int q = p + inner;
        int r = q + inner;
        int s = r + inner;
        DoubleVector ps = DoubleVector.zero(DOUBLES);
        DoubleVector qs = ps;
        DoubleVector rs = ps;
        DoubleVector ss = ps;
        int k = 0;
        for (; k <= inner - WIDTH; k += WIDTH) {
            DoubleVector xs = DoubleVector.fromArray(DOUBLES, x, k);
            ps = xs.fma(DoubleVector.fromArray(DOUBLES, matrix, p + k), ps);
            qs = xs.fma(DoubleVector.fromArray(DOUBLES, matrix, q + k), qs);
            rs = xs.fma(DoubleVector.fromArray(DOUBLES, matrix, r + k), rs);
            ss = xs.fma(DoubleVector.fromArray(DOUBLES, matrix, s + k), ss);
        }
        c[i] = withRest(ps, matrix, x, p, k);
        c[i + 1] = withRest(qs, matrix, x, q, k);
        c[i + 2] = withRest(rs, matrix, x, r, k);
        c[i + 3] = withRest(ss, matrix, x, s, k);
    }

    private double withRest(DoubleVector sum, double[] matrix, double[] x, int at, int start) {
        double total = LaneSum.of(sum);
        for (int k = start; k < inner; k++) {
            total += matrix[at + k] * x[k];
        }
        return total;
    }

    private double oneRow(double[] matrix, double[] x, int at) {
        DoubleVector sum = DoubleVector.zero(DOUBLES);
        int k = 0;
        for (; k <= inner - WIDTH; k += WIDTH) {
            sum = DoubleVector.fromArray(DOUBLES, x, k).fma(DoubleVector.fromArray(DOUBLES, matrix, at + k), sum);
        }
        return withRest(sum, matrix, x, at, k);
    }
}
