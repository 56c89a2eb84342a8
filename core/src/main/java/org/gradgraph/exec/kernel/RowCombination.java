package org.gradgraph.exec.kernel;

import java.util.Arrays;

/**
 * A product with few rows or columns: the rows of a matrix, each times some numbers, added up.
 *
 * <p>Such a product waits for memory. So the matrix is read as it lies there, a chunk of whole rows after the other, except
 * that wide rows are cut. A set of kernels may override how some rows are added.
 *
 * <pre>{@code
 * MatrixProduct product = new RowCombination(1, 209, 12288, false, false);
 * }</pre>
 */
public class RowCombination implements MatrixProduct {
    /** Elements of the running sums of one row; 16 KB, so that those which are added to stay in the first-level cache. */
    private static final int SUMS = 2048;

    private static final int TOGETHER = 4;

    private final int many;
    private final int few;
    private final int inner;
    private final boolean manyAreRight;
    private final int oneToNext;
    private final int innerStep;
    private final int running;
    private final int width;
    private final int blocks;
    private final double[][] copies;
    private final double[][] sums;
    private final double[][] numbers;

    /** See {@link Kernels#product}; the operand of many rows or columns is stored with {@code inner} rows. */
    public RowCombination(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        this.manyAreRight = columns > rows;
        this.many = Math.max(rows, columns);
        this.few = Math.min(rows, columns);
        this.inner = inner;
        boolean areRows = manyAreRight ? !transposeA : transposeB;
        this.oneToNext = areRows ? inner : 1;
        this.innerStep = areRows ? 1 : few;
        this.running = Kernels.running(many, inner);
        this.width = Math.min(many, SUMS / running);
        this.blocks = -Math.floorDiv(-many, width);
        this.copies = new double[TOGETHER][width];
        this.sums = new double[few * running][width];
        this.numbers = new double[few][Math.min(inner, Kernels.CHUNK)];
    }

    @Override
    public int strips() {
        return partials() * blocks;
    }

    @Override
    public int partials() {
        return Kernels.chunks(inner);
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        double[] matrix = manyAreRight ? b : a;
        double[] other = manyAreRight ? a : b;
        for (int strip = from; strip < to; strip++) {
            int chunk = strip / blocks;
            int start = chunk * Kernels.CHUNK;
            int count = Math.min(Kernels.CHUNK, inner - start);
            int first = strip % blocks * width;
            int n = Math.min(width, many - first);
            for (int i = 0; i < few; i++) {
                for (int k = 0; k < count; k++) {
                    numbers[i][k] = other[i * oneToNext + (start + k) * innerStep];
                }
            }
            for (double[] sum : sums) {
                Arrays.fill(sum, 0, n, 0);
            }
            addRows(matrix, start * many + first, many, numbers, count, sums, running, n);
            for (int i = 0; i < few; i++) {
                write(i, c, chunk * few * many, first, n);
            }
        }
    }

    private void write(int i, double[] c, int at, int first, int n) {
        double[] sum = sums[i * running];
        if (running > 1) {
            int next = i * running;
            add(
                    sum,
                    sums[next + 1],
                    sums[next + 2],
                    sums[next + 3],
                    sums[next + 4],
                    sums[next + 5],
                    sums[next + 6],
                    sums[next + 7],
                    n);
        }
        if (manyAreRight || few == 1) {
            System.arraycopy(sum, 0, c, at + i * many + first, n);
        } else {
            for (int j = 0; j < n; j++) {
                c[at + (first + j) * few + i] = sum[j];
            }
        }
    }

    private static void add(
            double[] s0,
            double[] s1,
            double[] s2,
            double[] s3,
            double[] s4,
            double[] s5,
            double[] s6,
            double[] s7,
            int n) {
        for (int j = 0; j < n; j++) {
            s0[j] = ((s0[j] + s4[j]) + (s2[j] + s6[j])) + ((s1[j] + s5[j]) + (s3[j] + s7[j]));
        }
    }

    /**
     * Adds rows, each times its numbers: row k times {@code numbers[i][k]} to {@code sums[i * running + k % running]}.
     *
     * @param matrix the matrix
     * @param at where the first row begins in it
     * @param step from there to where the next row begins
     * @param numbers what rows are multiplied with
     * @param count how many rows
     * @param sums what is added to, modified
     * @param running how many running sums there are
     * @param n how many elements of each row
     */
    protected void addRows(
            double[] matrix, int at, int step, double[][] numbers, int count, double[][] sums, int running, int n) {
        int k = 0;
        for (; k <= count - TOGETHER * running; k += TOGETHER * running) {
            for (int l = k; l < k + running; l++) {
                for (int i = 0; i < TOGETHER; i++) {
                    System.arraycopy(matrix, at + (l + i * running) * step, copies[i], 0, n);
                }
                for (int i = 0; i < numbers.length; i++) {
                    double[] x = numbers[i];
                    addFour(
                            copies[0],
                            copies[1],
                            copies[2],
                            copies[3],
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
            System.arraycopy(matrix, at + k * step, copies[0], 0, n);
            for (int i = 0; i < numbers.length; i++) {
                addOne(copies[0], numbers[i][k], sums[i * running + k % running], n);
            }
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
