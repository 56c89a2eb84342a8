package org.gradgraph.exec.kernel;

import java.util.Arrays;

/**
 * A row times a matrix: the rows of the matrix, each times a number, added up.
 *
 * <p>Such a product waits for memory. So a matrix of many rows is read as it lies there, each thread some whole rows of
 * it, and every strip has a result of its own; other matrices are cut into strips of columns. A set of kernels may
 * override how some rows are added.
 *
 * <pre>{@code
 * MatrixProduct product = new RowCombination(209, 12288, false);
 * }</pre>
 */
public class RowCombination implements MatrixProduct {
    /** Rows of a strip that has a result of its own. */
    private static final int CHUNK = 256;

    private static final int STRIP_COLUMNS = 32;

    /** What is added to stays in the first-level cache. */
    private static final int BLOCK_COLUMNS = 1024;

    private static final int TOGETHER = 4;

    private final int columns;
    private final int inner;
    private final boolean matrixIsLeft;
    private final boolean cutsInner;
    private final double[][] copies;
    private final double[] sums;

    /**
     * For results of one row or column.
     *
     * @param columns how long the rows of the matrix are
     * @param inner how many they are
     * @param matrixIsLeft whether the matrix is the left operand, transposed
     */
    public RowCombination(int columns, int inner, boolean matrixIsLeft) {
        this.columns = columns;
        this.inner = inner;
        this.matrixIsLeft = matrixIsLeft;
        this.cutsInner = inner >= 2 * CHUNK && columns <= inner;
        int width = Math.min(BLOCK_COLUMNS, columns);
        this.copies = new double[TOGETHER][width];
        this.sums = new double[width];
    }

    @Override
    public int strips() {
        return -Math.floorDiv(-(cutsInner ? inner : columns), cutsInner ? CHUNK : STRIP_COLUMNS);
    }

    @Override
    public int partials() {
        return cutsInner ? strips() : 1;
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        double[] matrix = matrixIsLeft ? a : b;
        double[] x = matrixIsLeft ? b : a;
        if (!cutsInner) {
            part(matrix, x, 0, inner, c, 0, from * STRIP_COLUMNS, Math.min(columns, to * STRIP_COLUMNS));
            return;
        }
        for (int strip = from; strip < to; strip++) {
            int end = Math.min(inner, (strip + 1) * CHUNK);
            part(matrix, x, strip * CHUNK, end, c, strip * columns, 0, columns);
        }
    }

    private void part(double[] matrix, double[] x, int k0, int k1, double[] c, int at, int start, int end) {
        for (int j = start; j < end; j += BLOCK_COLUMNS) {
            int n = Math.min(BLOCK_COLUMNS, end - j);
            Arrays.fill(sums, 0, n, 0);
            addRows(matrix, j + k0 * columns, columns, x, k0, k1, sums, n);
            System.arraycopy(sums, 0, c, at + j, n);
        }
    }

    /**
     * Adds rows, each times its number.
     *
     * @param matrix the matrix
     * @param at where the first row begins in it
     * @param step from there to where the next row begins
     * @param x the numbers
     * @param from the number of the first row
     * @param to the number after that of the last row
     * @param sums what is added to, modified
     * @param n how many elements of each row
     */
    protected void addRows(double[] matrix, int at, int step, double[] x, int from, int to, double[] sums, int n) {
        int row = at;
        int k = from;
        for (; k <= to - TOGETHER; k += TOGETHER) {
            for (int i = 0; i < TOGETHER; i++) {
                System.arraycopy(matrix, row + i * step, copies[i], 0, n);
            }
            addFour(copies[0], copies[1], copies[2], copies[3], x[k], x[k + 1], x[k + 2], x[k + 3], sums, n);
            row += TOGETHER * step;
        }
        for (; k < to; k++) {
            System.arraycopy(matrix, row, copies[0], 0, n);
            addOne(copies[0], x[k], sums, n);
            row += step;
        }
    }

    /** Arrays that begin at their first element are what the compiler turns into vector instructions. */
    private static void addFour(
            double[] p,
            double[] q,
            double[] r,
            double[] s,
            double x0,
            double x1,
            double x2,
            double x3,
            double[] sums,
            int n) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(x3, s[j], Math.fma(x2, r[j], Math.fma(x1, q[j], Math.fma(x0, p[j], sums[j]))));
        }
    }

    private static void addOne(double[] p, double x, double[] sums, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(x, p[j], sums[j]);
        }
    }
}
