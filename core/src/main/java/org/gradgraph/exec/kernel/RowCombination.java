package org.gradgraph.exec.kernel;

import java.util.Arrays;

/**
 * A row times a matrix: the rows of the matrix, each times a number, added up eight at a time.
 *
 * <p>The matrix is read where it is and once, which is what such a product waits for.
 */
final class RowCombination implements MatrixProduct {
    private static final int STRIP = 32;
    private static final int TOGETHER = 8;

    private final int columns;
    private final int inner;
    private final boolean matrixIsLeft;

    /**
     * For results of one row or column.
     *
     * @param columns how long the rows of the matrix are
     * @param inner how many they are
     * @param matrixIsLeft whether the matrix is the left operand, transposed
     */
    RowCombination(int columns, int inner, boolean matrixIsLeft) {
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
        for (; k <= inner - TOGETHER; k += TOGETHER) {
            addEight(matrix, k * columns, columns, x, k, c, start, end);
        }
        for (; k < inner; k++) {
            addOne(matrix, k * columns, x[k], c, start, end);
        }
    }

    private static void addEight(double[] m, int at, int step, double[] x, int k, double[] c, int start, int end) {
        int p1 = at + step;
        int p2 = p1 + step;
        int p3 = p2 + step;
        int p4 = p3 + step;
        int p5 = p4 + step;
        int p6 = p5 + step;
        int p7 = p6 + step;
        double x0 = x[k];
        double x1 = x[k + 1];
        double x2 = x[k + 2];
        double x3 = x[k + 3];
        double x4 = x[k + 4];
        double x5 = x[k + 5];
        double x6 = x[k + 6];
        double x7 = x[k + 7];
        for (int j = start; j < end; j++) {
            double first = (x0 * m[at + j] + x1 * m[p1 + j]) + (x2 * m[p2 + j] + x3 * m[p3 + j]);
            double second = (x4 * m[p4 + j] + x5 * m[p5 + j]) + (x6 * m[p6 + j] + x7 * m[p7 + j]);
            c[j] += first + second;
        }
    }

    private static void addOne(double[] m, int at, double x, double[] c, int start, int end) {
        for (int j = start; j < end; j++) {
            c[j] += x * m[at + j];
        }
    }
}
