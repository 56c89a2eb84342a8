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
    /** A panel of the right operand takes 32 KB. */
    private static final int BLOCK_COLUMNS = 128;

    private static final int BLOCK_INNER = 32;
    private static final int STRIP_ROWS = 4;

    private final int rows;
    private final int columns;
    private final int inner;
    private final int rowStep;
    private final int innerStep;
    private final boolean transposeB;
    private final double[][] panel;
    private final double[] sums;

    BlockedProduct(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        this.rows = rows;
        this.columns = columns;
        this.inner = inner;
        this.rowStep = transposeA ? 1 : inner;
        this.innerStep = transposeA ? rows : 1;
        this.transposeB = transposeB;
        int width = Math.min(BLOCK_COLUMNS, columns);
        this.panel = new double[BLOCK_INNER][width];
        this.sums = new double[width];
    }

    @Override
    public int strips() {
        return -Math.floorDiv(-rows, STRIP_ROWS);
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        block(a, b, c, from * STRIP_ROWS, Math.min(rows, to * STRIP_ROWS));
    }

    private void block(double[] a, double[] b, double[] c, int row0, int row1) {
        for (int j = 0; j < columns; j += BLOCK_COLUMNS) {
            int n = Math.min(BLOCK_COLUMNS, columns - j);
            for (int k = 0; k < inner; k += BLOCK_INNER) {
                int depth = Math.min(BLOCK_INNER, inner - k);
                fillPanel(b, k, depth, j, n);
                for (int i = row0; i < row1; i++) {
                    row(a, i, k, depth, c, j, n);
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

    private void row(double[] a, int i, int k, int depth, double[] c, int j, int n) {
        load(c, i * columns + j, sums, n, k);
        int at = i * rowStep + k * innerStep;
        for (int d = 0; d < depth; d += 4) {
            int left = Math.min(4, depth - d);
            add(
                    panel[d],
                    panel[d + 1],
                    panel[d + 2],
                    panel[d + 3],
                    a[at],
                    left > 1 ? a[at + innerStep] : 0,
                    left > 2 ? a[at + 2 * innerStep] : 0,
                    left > 3 ? a[at + 3 * innerStep] : 0,
                    sums,
                    n);
            at += 4 * innerStep;
        }
        System.arraycopy(sums, 0, c, i * columns + j, n);
    }

    private static void load(double[] c, int at, double[] row, int n, int k) {
        if (k == 0) {
            Arrays.fill(row, 0, n, 0);
        } else {
            System.arraycopy(c, at, row, 0, n);
        }
    }

    private static void add(
            double[] p,
            double[] q,
            double[] r,
            double[] s,
            double a0,
            double a1,
            double a2,
            double a3,
            double[] sums,
            int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += (a0 * p[j] + a1 * q[j]) + (a2 * r[j] + a3 * s[j]);
        }
    }
}
