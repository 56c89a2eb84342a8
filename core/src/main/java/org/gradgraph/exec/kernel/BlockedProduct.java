package org.gradgraph.exec.kernel;

import java.util.Arrays;

/**
 * A matrix product in blocks that fit the first-level cache.
 *
 * <p>Four rows of the right operand at a time are added to some rows of the result. All of them are arrays of their own
 * with an index that starts at 0: only then does the compiler of the virtual machine know that they do not overlap, and
 * turns the loop into vector instructions.
 */
final class BlockedProduct implements MatrixProduct {
    /** A panel of the right operand and two rows of the result take 20 KB. */
    private static final int BLOCK_COLUMNS = 128;

    private static final int BLOCK_INNER = 16;
    private static final int STRIP_ROWS = 4;
    private static final int STRIP_COLUMNS = 32;

    private final int rows;
    private final int columns;
    private final int inner;
    private final int rowStep;
    private final int innerStep;
    private final boolean transposeB;
    private final boolean swapped;
    private final double[][] panel;
    private final double[] first;
    private final double[] second;

    /** A column on the right of a transposed matrix is the same work as a row on the left of the matrix. */
    static BlockedProduct of(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        return columns == 1 && transposeA
                ? new BlockedProduct(1, rows, inner, false, false, true)
                : new BlockedProduct(rows, columns, inner, transposeA, transposeB, false);
    }

    private BlockedProduct(int rows, int columns, int inner, boolean transposeA, boolean transposeB, boolean swapped) {
        this.rows = rows;
        this.columns = columns;
        this.inner = inner;
        this.rowStep = transposeA ? 1 : inner;
        this.innerStep = transposeA ? rows : 1;
        this.transposeB = transposeB;
        this.swapped = swapped;
        int width = Math.min(BLOCK_COLUMNS, columns);
        this.panel = new double[BLOCK_INNER][width];
        this.first = new double[width];
        this.second = new double[width];
    }

    @Override
    public int strips() {
        return rows == 1 ? -Math.floorDiv(-columns, STRIP_COLUMNS) : -Math.floorDiv(-rows, STRIP_ROWS);
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        double[] left = swapped ? b : a;
        double[] right = swapped ? a : b;
        if (rows == 1) {
            block(left, right, c, 0, 1, from * STRIP_COLUMNS, Math.min(columns, to * STRIP_COLUMNS));
        } else {
            block(left, right, c, from * STRIP_ROWS, Math.min(rows, to * STRIP_ROWS), 0, columns);
        }
    }

    private void block(double[] a, double[] b, double[] c, int row0, int row1, int column0, int column1) {
        for (int j = column0; j < column1; j += BLOCK_COLUMNS) {
            int n = Math.min(BLOCK_COLUMNS, column1 - j);
            for (int k = 0; k < inner; k += BLOCK_INNER) {
                int depth = Math.min(BLOCK_INNER, inner - k);
                fillPanel(b, k, depth, j, n);
                int i = row0;
                for (; i + 1 < row1; i += 2) {
                    twoRows(a, i, k, depth, c, j, n);
                }
                if (i < row1) {
                    oneRow(a, i, k, depth, c, j, n);
                }
            }
        }
    }

    /** The depth is filled up to a multiple of four with zeros. */
    private void fillPanel(double[] b, int k, int depth, int j, int n) {
        for (int d = 0; d < depth && !transposeB; d++) {
            System.arraycopy(b, (k + d) * columns + j, panel[d], 0, n);
        }
        for (int column = 0; column < n && transposeB; column++) {
            int at = (j + column) * inner + k;
            for (int d = 0; d < depth; d++) {
                panel[d][column] = b[at + d];
            }
        }
        for (int d = depth; d % 4 != 0; d++) {
            Arrays.fill(panel[d], 0, n, 0);
        }
    }

    private void twoRows(double[] a, int i, int k, int depth, double[] c, int j, int n) {
        load(c, i * columns + j, first, n, k);
        load(c, (i + 1) * columns + j, second, n, k);
        int at = i * rowStep + k * innerStep;
        int below = at + rowStep;
        for (int d = 0; d < depth; d += 4) {
            int left = Math.min(4, depth - d);
            addToTwo(
                    panel[d],
                    panel[d + 1],
                    panel[d + 2],
                    panel[d + 3],
                    a[at],
                    left > 1 ? a[at + innerStep] : 0,
                    left > 2 ? a[at + 2 * innerStep] : 0,
                    left > 3 ? a[at + 3 * innerStep] : 0,
                    first,
                    a[below],
                    left > 1 ? a[below + innerStep] : 0,
                    left > 2 ? a[below + 2 * innerStep] : 0,
                    left > 3 ? a[below + 3 * innerStep] : 0,
                    second,
                    n);
            at += 4 * innerStep;
            below += 4 * innerStep;
        }
        System.arraycopy(first, 0, c, i * columns + j, n);
        System.arraycopy(second, 0, c, (i + 1) * columns + j, n);
    }

    private void oneRow(double[] a, int i, int k, int depth, double[] c, int j, int n) {
        load(c, i * columns + j, first, n, k);
        int at = i * rowStep + k * innerStep;
        for (int d = 0; d < depth; d += 4) {
            int left = Math.min(4, depth - d);
            addToOne(
                    panel[d],
                    panel[d + 1],
                    panel[d + 2],
                    panel[d + 3],
                    a[at],
                    left > 1 ? a[at + innerStep] : 0,
                    left > 2 ? a[at + 2 * innerStep] : 0,
                    left > 3 ? a[at + 3 * innerStep] : 0,
                    first,
                    n);
            at += 4 * innerStep;
        }
        System.arraycopy(first, 0, c, i * columns + j, n);
    }

    private static void load(double[] c, int at, double[] row, int n, int k) {
        if (k == 0) {
            Arrays.fill(row, 0, n, 0);
        } else {
            System.arraycopy(c, at, row, 0, n);
        }
    }

    private static void addToTwo(
            double[] p,
            double[] q,
            double[] r,
            double[] s,
            double a0,
            double a1,
            double a2,
            double a3,
            double[] first,
            double b0,
            double b1,
            double b2,
            double b3,
            double[] second,
            int n) {
        for (int j = 0; j < n; j++) {
            first[j] += (a0 * p[j] + a1 * q[j]) + (a2 * r[j] + a3 * s[j]);
            second[j] += (b0 * p[j] + b1 * q[j]) + (b2 * r[j] + b3 * s[j]);
        }
    }

    private static void addToOne(
            double[] p,
            double[] q,
            double[] r,
            double[] s,
            double a0,
            double a1,
            double a2,
            double a3,
            double[] first,
            int n) {
        for (int j = 0; j < n; j++) {
            first[j] += (a0 * p[j] + a1 * q[j]) + (a2 * r[j] + a3 * s[j]);
        }
    }
}
