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
    /** Elements of a panel of the right operand, 32 KB. */
    private static final int PANEL = 4096;

    private static final int BLOCK_INNER = 32;

    /** Each strip, or some of them together, copies all panels once. */
    private static final int STRIP_ROWS = 16;

    private final int rows;
    private final int columns;
    private final int inner;
    private final int rowStep;
    private final int innerStep;
    private final boolean transposeB;
    private final int blockColumns;
    private final double[][] panel;
    private final double[] sums;

    BlockedProduct(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        this.rows = rows;
        this.columns = columns;
        this.inner = inner;
        this.rowStep = transposeA ? 1 : inner;
        this.innerStep = transposeA ? rows : 1;
        this.transposeB = transposeB;
        int depth = Math.min(BLOCK_INNER, inner);
        int width = Math.min(PANEL / depth, columns);
        this.panel = new double[depth][width];
        this.blockColumns = width;
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
        for (int j = 0; j < columns; j += blockColumns) {
            int n = Math.min(blockColumns, columns - j);
            for (int k = 0; k < inner; k += BLOCK_INNER) {
                int depth = Math.min(BLOCK_INNER, inner - k);
                fillPanel(b, k, depth, j, n);
                for (int i = row0; i < row1; i++) {
                    row(a, i, k, depth, c, j, n);
                }
            }
        }
    }

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
    }

    private void row(double[] a, int i, int k, int depth, double[] c, int j, int n) {
        int at = i * rowStep + k * innerStep;
        if (k > 0) {
            System.arraycopy(c, i * columns + j, sums, 0, n);
        } else {
            Arrays.fill(sums, 0, n, 0);
        }
        int d = 0;
        for (; d <= depth - 4; d += 4) {
            int next = at + d * innerStep;
            add(
                    panel[d],
                    panel[d + 1],
                    panel[d + 2],
                    panel[d + 3],
                    a[next],
                    a[next + innerStep],
                    a[next + 2 * innerStep],
                    a[next + 3 * innerStep],
                    sums,
                    n);
        }
        for (; d < depth; d++) {
            add(panel[d], a[at + d * innerStep], sums, n);
        }
        System.arraycopy(sums, 0, c, i * columns + j, n);
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
            sums[j] = Math.fma(a3, s[j], Math.fma(a2, r[j], Math.fma(a1, q[j], Math.fma(a0, p[j], sums[j]))));
        }
    }

    private static void add(double[] p, double a0, double[] sums, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(a0, p[j], sums[j]);
        }
    }
}
