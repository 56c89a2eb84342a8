package org.gradgraph.vector;

import static org.gradgraph.vector.Lanes.DOUBLES;
import static org.gradgraph.vector.Lanes.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import org.gradgraph.exec.kernel.MatrixProduct;

/** A row times a matrix: the rows of the matrix, each times a number, added up four at a time. */
final class RowSum implements MatrixProduct {
    private static final int STRIP = 32;

    private final int columns;
    private final int inner;
    private final boolean matrixIsLeft;

    RowSum(int columns, int inner, boolean matrixIsLeft) {
        this.columns = columns;
        this.inner = inner;
        this.matrixIsLeft = matrixIsLeft;
    }

    @Override
    public int strips() {
        return -Math.floorDiv(-columns, STRIP);
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        double[] matrix = matrixIsLeft ? a : b;
        double[] x = matrixIsLeft ? b : a;
        int start = from * STRIP;
        int end = Math.min(columns, to * STRIP);
        Arrays.fill(c, start, end, 0);
        int k = 0;
        for (; k <= inner - 4; k += 4) {
            addFour(matrix, x, k, c, start, end);
        }
        for (; k < inner; k++) {
            addOne(matrix, x, k, c, start, end);
        }
    }

    private void addFour(double[] matrix, double[] x, int k, double[] c, int start, int end) {
        int p = k * columns;
        int q = p + columns;
        int r = q + columns;
        int s = r + columns;
        int j = start;
        for (; j <= end - WIDTH; j += WIDTH) {
            DoubleVector sum = DoubleVector.fromArray(DOUBLES, c, j);
            sum = DoubleVector.fromArray(DOUBLES, matrix, p + j).mul(x[k]).add(sum);
            sum = DoubleVector.fromArray(DOUBLES, matrix, q + j).mul(x[k + 1]).add(sum);
            sum = DoubleVector.fromArray(DOUBLES, matrix, r + j).mul(x[k + 2]).add(sum);
            sum = DoubleVector.fromArray(DOUBLES, matrix, s + j).mul(x[k + 3]).add(sum);
            sum.intoArray(c, j);
        }
        for (; j < end; j++) {
            c[j] = (((c[j] + matrix[p + j] * x[k]) + matrix[q + j] * x[k + 1]) + matrix[r + j] * x[k + 2])
                    + matrix[s + j] * x[k + 3];
        }
    }

    private void addOne(double[] matrix, double[] x, int k, double[] c, int start, int end) {
        for (int j = start; j < end; j++) {
            c[j] += x[k] * matrix[k * columns + j];
        }
    }
}
