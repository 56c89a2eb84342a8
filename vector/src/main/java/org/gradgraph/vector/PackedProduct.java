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
 * the right operand stays in the second-level cache, a panel of six rows of the left one in the first. What is missing
 * at the edges is packed as zeros and not stored.
 */
final class PackedProduct implements MatrixProduct {
    private static final int ROWS = 6;
    private static final int COLUMNS = 2 * WIDTH;
    private static final int BLOCK_INNER = 256;
    private static final int BLOCK_COLUMNS = 32 * COLUMNS;

    private final int rows;
    private final int columns;
    private final int inner;
    private final int rowStepA;
    private final int innerStepA;
    private final boolean transposeB;
    private final double[] panelA;
    private final double[] panelsB;
    private final double[] result = new double[ROWS * COLUMNS];

    PackedProduct(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        this.rows = rows;
        this.columns = columns;
        this.inner = inner;
        this.rowStepA = transposeA ? 1 : inner;
        this.innerStepA = transposeA ? rows : 1;
        this.transposeB = transposeB;
        int depth = Math.min(BLOCK_INNER, inner);
        int panels = -Math.floorDiv(-Math.min(BLOCK_COLUMNS, columns), COLUMNS);
        this.panelA = new double[ROWS * depth];
        this.panelsB = new double[panels * COLUMNS * depth];
    }

    @Override
    public int strips() {
        return -Math.floorDiv(-rows, ROWS);
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        for (int j = 0; j < columns; j += BLOCK_COLUMNS) {
            int width = Math.min(BLOCK_COLUMNS, columns - j);
            for (int k = 0; k < inner; k += BLOCK_INNER) {
                int depth = Math.min(BLOCK_INNER, inner - k);
                packB(b, k, depth, j, width);
                for (int strip = from; strip < to; strip++) {
                    packA(a, strip * ROWS, k, depth);
                    strip(c, strip * ROWS, j, width, depth, k > 0);
                }
            }
        }
    }

    private void packB(double[] b, int k, int depth, int j, int width) {
        for (int panel = 0; panel < width; panel += COLUMNS) {
            int n = Math.min(COLUMNS, width - panel);
            int to = panel * depth;
            if (n < COLUMNS) {
                Arrays.fill(panelsB, to, to + COLUMNS * depth, 0);
            }
            if (transposeB) {
                for (int column = 0; column < n; column++) {
                    int from = (j + panel + column) * inner + k;
                    for (int d = 0; d < depth; d++) {
                        panelsB[to + d * COLUMNS + column] = b[from + d];
                    }
                }
            } else {
                for (int d = 0; d < depth; d++) {
                    System.arraycopy(b, (k + d) * columns + j + panel, panelsB, to + d * COLUMNS, n);
                }
            }
        }
    }

    private void packA(double[] a, int row, int k, int depth) {
        int n = Math.min(ROWS, rows - row);
        for (int i = 0; i < ROWS; i++) {
            int from = (row + i) * rowStepA + k * innerStepA;
            for (int d = 0; d < depth; d++) {
                panelA[d * ROWS + i] = i < n ? a[from + d * innerStepA] : 0;
            }
        }
    }

    private void strip(double[] c, int row, int j, int width, int depth, boolean adds) {
        int n = Math.min(ROWS, rows - row);
        for (int panel = 0; panel < width; panel += COLUMNS) {
            int m = Math.min(COLUMNS, width - panel);
            kernel(panelA, panelsB, panel * depth, depth, result);
            for (int i = 0; i < n; i++) {
                int to = (row + i) * columns + j + panel;
                if (adds) {
                    add(result, i * COLUMNS, c, to, m);
                } else {
                    System.arraycopy(result, i * COLUMNS, c, to, m);
                }
            }
        }
    }

    private static void add(double[] x, int from, double[] c, int to, int n) {
        for (int i = 0; i < n; i++) {
            c[to + i] += x[from + i];
        }
    }

    /** Stores into an array of its own: vectors that are passed on to another method may end up on the heap. */
    private static void kernel(double[] a, double[] b, int from, int depth, double[] result) {
        DoubleVector c00 = DoubleVector.zero(DOUBLES);
        DoubleVector c01 = c00;
        DoubleVector c10 = c00;
        DoubleVector c11 = c00;
        DoubleVector c20 = c00;
        DoubleVector c21 = c00;
        DoubleVector c30 = c00;
        DoubleVector c31 = c00;
        DoubleVector c40 = c00;
        DoubleVector c41 = c00;
        DoubleVector c50 = c00;
        DoubleVector c51 = c00;
        for (int d = 0, i = 0, j = from; d < depth; d++, i += ROWS, j += COLUMNS) {
            DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, j);
            DoubleVector b1 = DoubleVector.fromArray(DOUBLES, b, j + WIDTH);
            DoubleVector a0 = DoubleVector.broadcast(DOUBLES, a[i]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(DOUBLES, a[i + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            DoubleVector a2 = DoubleVector.broadcast(DOUBLES, a[i + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            DoubleVector a3 = DoubleVector.broadcast(DOUBLES, a[i + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            DoubleVector a4 = DoubleVector.broadcast(DOUBLES, a[i + 4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            DoubleVector a5 = DoubleVector.broadcast(DOUBLES, a[i + 5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
        }
        c00.intoArray(result, 0);
        c01.intoArray(result, WIDTH);
        c10.intoArray(result, COLUMNS);
        c11.intoArray(result, COLUMNS + WIDTH);
        c20.intoArray(result, 2 * COLUMNS);
        c21.intoArray(result, 2 * COLUMNS + WIDTH);
        c30.intoArray(result, 3 * COLUMNS);
        c31.intoArray(result, 3 * COLUMNS + WIDTH);
        c40.intoArray(result, 4 * COLUMNS);
        c41.intoArray(result, 4 * COLUMNS + WIDTH);
        c50.intoArray(result, 5 * COLUMNS);
        c51.intoArray(result, 5 * COLUMNS + WIDTH);
    }
}
