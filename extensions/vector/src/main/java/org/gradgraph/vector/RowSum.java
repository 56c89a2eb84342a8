package org.gradgraph.vector;

import static org.gradgraph.vector.Lanes.DOUBLES;
import static org.gradgraph.vector.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import org.gradgraph.exec.kernel.RowCombination;

/**
 * A product with few rows or columns: the rows of a matrix, each times some numbers, added up.
 *
 * <p>One row at a time: the processor fetches ahead best what is read as it lies in memory.
 */
final class RowSum extends RowCombination {
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
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < numbers.length; i++) {
                addRow(matrix, at + k * step, numbers[i][k], sums[i * running + k % running], n);
            }
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
