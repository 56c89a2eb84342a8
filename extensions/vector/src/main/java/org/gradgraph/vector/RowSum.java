package org.gradgraph.vector;

import static org.gradgraph.vector.Lanes.DOUBLES;
import static org.gradgraph.vector.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import org.gradgraph.exec.kernel.RowCombination;

/** A row times a matrix. One row at a time: the processor fetches ahead best what is read as it lies in memory. */
final class RowSum extends RowCombination {
    RowSum(int columns, int inner, boolean matrixIsLeft) {
        super(columns, inner, matrixIsLeft);
    }

    @Override
    public String name() {
        return Lanes.NAME;
    }

    @Override
    protected void addRows(double[] matrix, int at, int step, double[] x, int from, int to, double[] sums, int n) {
        int row = at;
        for (int k = from; k < to; k++) {
            addRow(matrix, row, x[k], sums, n);
            row += step;
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
