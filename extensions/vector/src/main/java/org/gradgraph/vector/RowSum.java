package org.gradgraph.vector;

import static org.gradgraph.vector.Lanes.DOUBLES;
import static org.gradgraph.vector.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import org.gradgraph.exec.kernel.RowCombination;

/**
 * A product with few rows or columns: the rows of a matrix, each times some numbers, added up.
 *
 * <p>Four rows at a time, so that a sum is loaded and stored for every fourth row.
 */
final class RowSum extends RowCombination {
    private static final int TOGETHER = 4;

    RowSum(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        super(rows, columns, inner, transposeA, transposeB);
    }

    @Override
    public String name() {
        return Lanes.NAME;
    }

    @Override
    protected void addRows(
            double[] matrix, int at, int step, double[][] numbers, int count, double[][] sums, int running, int n) {
        int k = 0;
        for (; k <= count - TOGETHER * running; k += TOGETHER * running) {
            for (int l = k; l < k + running; l++) {
                for (int i = 0; i < numbers.length; i++) {
                    double[] x = numbers[i];
                    addFour(
                            matrix,
                            at + l * step,
                            running * step,
                            x[l],
                            x[l + running],
                            x[l + 2 * running],
                            x[l + 3 * running],
                            sums[i * running + l - k],
                            n);
                }
            }
        }
        for (; k < count; k++) {
            for (int i = 0; i < numbers.length; i++) {
                addRow(matrix, at + k * step, numbers[i][k], sums[i * running + k % running], n);
            }
        }
    }

    private static void addFour(
            double[] matrix, int at, int step, double x0, double x1, double x2, double x3, double[] sums, int n) {
        int first = at;
        int second = first + step;
        int third = second + step;
        int fourth = third + step;
        int j = 0;
        for (; j <= n - WIDTH; j += WIDTH) {
            DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, j);
            sum = DoubleVector.fromArray(DOUBLES, matrix, first + j).fma(DoubleVector.broadcast(DOUBLES, x0), sum);
            sum = DoubleVector.fromArray(DOUBLES, matrix, second + j).fma(DoubleVector.broadcast(DOUBLES, x1), sum);
            sum = DoubleVector.fromArray(DOUBLES, matrix, third + j).fma(DoubleVector.broadcast(DOUBLES, x2), sum);
            sum = DoubleVector.fromArray(DOUBLES, matrix, fourth + j).fma(DoubleVector.broadcast(DOUBLES, x3), sum);
            sum.intoArray(sums, j);
        }
        for (; j < n; j++) {
            double sum = Math.fma(x1, matrix[second + j], Math.fma(x0, matrix[first + j], sums[j]));
            sums[j] = Math.fma(x3, matrix[fourth + j], Math.fma(x2, matrix[third + j], sum));
        }
    }

    private static void addRow(double[] matrix, int at, double x, double[] sums, int n) {
        DoubleVector factor = DoubleVector.broadcast(DOUBLES, x);
        int j = 0;
        for (; j <= n - WIDTH; j += WIDTH) {
            DoubleVector.fromArray(DOUBLES, matrix, at + j)
                    .fma(factor, DoubleVector.fromArray(DOUBLES, sums, j))
                    .intoArray(sums, j);
        }
        for (; j < n; j++) {
            sums[j] = Math.fma(x, matrix[at + j], sums[j]);
        }
    }
}
