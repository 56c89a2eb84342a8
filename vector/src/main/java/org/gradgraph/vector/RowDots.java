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

    /** Running sums end up here: a vector that is passed on to another method may end up on the heap. */
    private final double[] lanes = new double[STRIP * WIDTH];

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
        ps.intoArray(lanes, 0);
        qs.intoArray(lanes, WIDTH);
        rs.intoArray(lanes, 2 * WIDTH);
        ss.intoArray(lanes, 3 * WIDTH);
        for (int row = 0; row < STRIP; row++) {
            c[i + row] = withRest(row * WIDTH, matrix, x, p + row * inner, k);
        }
    }

    /** Lane by lane: {@code reduceLanes} may add in any order. */
    private double withRest(int lane, double[] matrix, double[] x, int at, int start) {
        double total = lanes[lane];
        for (int i = 1; i < WIDTH; i++) {
            total += lanes[lane + i];
        }
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
        sum.intoArray(lanes, 0);
        return withRest(0, matrix, x, at, k);
    }
}
