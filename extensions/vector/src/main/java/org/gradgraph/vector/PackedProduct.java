package org.gradgraph.vector;

import static org.gradgraph.vector.Lanes.DOUBLES;
import static org.gradgraph.vector.Lanes.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import org.gradgraph.exec.kernel.MatrixProduct;

/**
 * A matrix product by packed panels and a kernel that holds 6 rows × 2 vectors of the result in registers.
 *
 * <p>The scheme is that of Goto and van de Geijn (Anatomy of High-Performance Matrix Multiplication, 2008): a block of
 * the right operand stays in the second-level cache, six rows of the left one in the first. Only what must be is copied:
 * an operand that is not transposed is read where it is, the right one only if few rows are multiplied with it.
 */
final class PackedProduct implements MatrixProduct {
    private static final int ROWS = 6;
    private static final int COLUMNS = 2 * WIDTH;
    private static final int BLOCK_INNER = 256;
    private static final int BLOCK_COLUMNS = 16 * COLUMNS;

    /** So many strips of columns are preferred to more strips of rows: each thread then packs columns of its own only. */
    private static final int ENOUGH_STRIPS = 8;

    /** With fewer rows a panel is not read often enough to be worth a copy. */
    private static final int WORTH_PACKING = 3 * ROWS;

    private final int rows;
    private final int columns;
    private final int inner;
    private final boolean transposeA;
    private final boolean transposeB;

    /** Whether strips are some columns of the result, else they are some rows. */
    private final boolean cutsColumns;

    private final double[] panelA;
    private final double[] panelsB;

    /** A part of the result that is smaller than what the kernel computes. */
    private final double[] edge = new double[ROWS * COLUMNS];

    PackedProduct(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        this.rows = rows;
        this.columns = columns;
        this.inner = inner;
        this.transposeA = transposeA;
        this.transposeB = transposeB;
        int across = divideUp(columns, COLUMNS);
        int down = divideUp(rows, ROWS);
        this.cutsColumns = across >= (transposeA ? down : Math.min(ENOUGH_STRIPS, down));
        int depth = Math.min(BLOCK_INNER, inner);
        this.panelA = new double[transposeA ? ROWS * depth : 0];
        this.panelsB = new double[divideUp(Math.min(BLOCK_COLUMNS, columns), COLUMNS) * COLUMNS * depth];
    }

    @Override
    public String name() {
        return Lanes.NAME;
    }

    @Override
    public int strips() {
        return cutsColumns ? divideUp(columns, COLUMNS) : divideUp(rows, ROWS);
    }

    private static int divideUp(int a, int b) {
        return -Math.floorDiv(-a, b);
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        if (cutsColumns) {
            part(a, b, c, 0, rows, from * COLUMNS, Math.min(columns, to * COLUMNS));
        } else {
            part(a, b, c, from * ROWS, Math.min(rows, to * ROWS), 0, columns);
        }
    }

    private void part(double[] a, double[] b, double[] c, int firstRow, int endRow, int firstColumn, int endColumn) {
        for (int i = firstRow; i < endRow; i++) {
            Arrays.fill(c, i * columns + firstColumn, i * columns + endColumn, 0);
        }
        boolean packs = transposeB || endRow - firstRow >= WORTH_PACKING;
        for (int j = firstColumn; j < endColumn; j += BLOCK_COLUMNS) {
            int width = Math.min(BLOCK_COLUMNS, endColumn - j);
            for (int k = 0; k < inner; k += BLOCK_INNER) {
                int depth = Math.min(BLOCK_INNER, inner - k);
                packB(b, k, depth, j, width, packs);
                for (int i = firstRow; i < endRow; i += ROWS) {
                    strip(a, b, c, i, Math.min(ROWS, endRow - i), j, width, k, depth, packs);
                }
            }
        }
    }

    /** Packs all panels, or only the last one if that is narrow; what is missing there is left as it is. */
    private void packB(double[] b, int k, int depth, int j, int width, boolean packs) {
        for (int panel = 0; panel < width; panel += COLUMNS) {
            int n = Math.min(COLUMNS, width - panel);
            int to = panel * depth;
            if (transposeB) {
                transpose(b, (j + panel) * inner + k, n, depth, to);
            } else if (packs || n < COLUMNS) {
                for (int d = 0; d < depth; d++) {
                    System.arraycopy(b, (k + d) * columns + j + panel, panelsB, to + d * COLUMNS, n);
                }
            }
        }
    }

    private void transpose(double[] b, int at, int n, int depth, int to) {
        int column = 0;
        for (; column <= n - 4; column += 4) {
            int p = at + column * inner;
            int q = p + inner;
            int r = q + inner;
            int s = r + inner;
            int into = to + column;
            for (int d = 0; d < depth; d++) {
                panelsB[into + d * COLUMNS] = b[p + d];
                panelsB[into + d * COLUMNS + 1] = b[q + d];
                panelsB[into + d * COLUMNS + 2] = b[r + d];
                panelsB[into + d * COLUMNS + 3] = b[s + d];
            }
        }
        for (; column < n; column++) {
            for (int d = 0; d < depth; d++) {
                panelsB[to + d * COLUMNS + column] = b[at + column * inner + d];
            }
        }
    }

    private void strip(
            double[] a, double[] b, double[] c, int i, int n, int j, int width, int k, int depth, boolean packs) {
        double[] left = a;
        int at = i * inner + k;
        int rowStep = inner;
        int step = 1;
        if (transposeA) {
            for (int d = 0; d < depth; d++) {
                System.arraycopy(a, (k + d) * rows + i, panelA, d * ROWS, n);
            }
            left = panelA;
            at = 0;
            rowStep = 1;
            step = ROWS;
        }
        for (int panel = 0; panel < width; panel += COLUMNS) {
            int m = Math.min(COLUMNS, width - panel);
            boolean isPacked = packs || m < COLUMNS;
            double[] right = isPacked ? panelsB : b;
            int rightAt = isPacked ? panel * depth : k * columns + j + panel;
            int rightStep = isPacked ? COLUMNS : columns;
            int to = i * columns + j + panel;
            if (n == ROWS && m == COLUMNS) {
                kernel(left, at, rowStep, step, ROWS, right, rightAt, rightStep, depth, c, to, columns);
            } else {
                for (int row = 0; row < n; row++) {
                    System.arraycopy(c, to + row * columns, edge, row * COLUMNS, m);
                }
                kernel(left, at, rowStep, step, n, right, rightAt, rightStep, depth, edge, 0, COLUMNS);
                for (int row = 0; row < n; row++) {
                    System.arraycopy(edge, row * COLUMNS, c, to + row * columns, m);
                }
            }
        }
    }

    /** Rows beyond the last are the last one once more: they are not looked at afterwards. */
    private static void kernel(
            double[] a,
            int at,
            int rowStep,
            int step,
            int rows,
            double[] b,
            int from,
            int rightStep,
            int depth,
            double[] c,
            int to,
            int resultStep) {
        int i0 = at;
        int i1 = at + Math.min(1, rows - 1) * rowStep;
        int i2 = at + Math.min(2, rows - 1) * rowStep;
        int i3 = at + Math.min(3, rows - 1) * rowStep;
        int i4 = at + Math.min(4, rows - 1) * rowStep;
        int i5 = at + Math.min(5, rows - 1) * rowStep;
        int to1 = to + resultStep;
        int to2 = to1 + resultStep;
        int to3 = to2 + resultStep;
        int to4 = to3 + resultStep;
        int to5 = to4 + resultStep;
        DoubleVector c00 = DoubleVector.fromArray(DOUBLES, c, to);
        DoubleVector c01 = DoubleVector.fromArray(DOUBLES, c, to + WIDTH);
        DoubleVector c10 = DoubleVector.fromArray(DOUBLES, c, to1);
        DoubleVector c11 = DoubleVector.fromArray(DOUBLES, c, to1 + WIDTH);
        DoubleVector c20 = DoubleVector.fromArray(DOUBLES, c, to2);
        DoubleVector c21 = DoubleVector.fromArray(DOUBLES, c, to2 + WIDTH);
        DoubleVector c30 = DoubleVector.fromArray(DOUBLES, c, to3);
        DoubleVector c31 = DoubleVector.fromArray(DOUBLES, c, to3 + WIDTH);
        DoubleVector c40 = DoubleVector.fromArray(DOUBLES, c, to4);
        DoubleVector c41 = DoubleVector.fromArray(DOUBLES, c, to4 + WIDTH);
        DoubleVector c50 = DoubleVector.fromArray(DOUBLES, c, to5);
        DoubleVector c51 = DoubleVector.fromArray(DOUBLES, c, to5 + WIDTH);
        for (int d = 0, i = 0, j = from; d < depth; d++, i += step, j += rightStep) {
            DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, j);
            DoubleVector b1 = DoubleVector.fromArray(DOUBLES, b, j + WIDTH);
            DoubleVector a0 = DoubleVector.broadcast(DOUBLES, a[i0 + i]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(DOUBLES, a[i1 + i]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            DoubleVector a2 = DoubleVector.broadcast(DOUBLES, a[i2 + i]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            DoubleVector a3 = DoubleVector.broadcast(DOUBLES, a[i3 + i]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            DoubleVector a4 = DoubleVector.broadcast(DOUBLES, a[i4 + i]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            DoubleVector a5 = DoubleVector.broadcast(DOUBLES, a[i5 + i]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
        }
        c00.intoArray(c, to);
        c01.intoArray(c, to + WIDTH);
        c10.intoArray(c, to1);
        c11.intoArray(c, to1 + WIDTH);
        c20.intoArray(c, to2);
        c21.intoArray(c, to2 + WIDTH);
        c30.intoArray(c, to3);
        c31.intoArray(c, to3 + WIDTH);
        c40.intoArray(c, to4);
        c41.intoArray(c, to4 + WIDTH);
        c50.intoArray(c, to5);
        c51.intoArray(c, to5 + WIDTH);
    }
}
