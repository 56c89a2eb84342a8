package org.gradgraph.exec.kernel;

/**
 * A product with few rows or columns, as a dot product for each two rows; a set of kernels may override how one is made.
 *
 * <p>The many are read as they lie in memory, row by row: the processor fetches ahead best what it reads in order. What is
 * stored the other way is copied first.
 *
 * <pre>{@code
 * MatrixProduct product = new DotProducts(12288, 1, 209, false, false);
 * }</pre>
 */
public class DotProducts implements MatrixProduct {
    private static final int STRIP = 4;

    private final int many;
    private final int few;
    private final int inner;
    private final boolean manyAreRight;
    private final boolean copiesMany;
    private final boolean copiesFew;
    private final double[] manyRows;
    private final double[] fewRows;
    private final double[] chunks;

    /** See {@link Kernels#product}. */
    public DotProducts(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
        boolean copiesA = transposeA && rows > 1;
        boolean copiesB = !transposeB && columns > 1;
        this.manyAreRight = columns > rows;
        this.many = Math.max(rows, columns);
        this.few = Math.min(rows, columns);
        this.inner = inner;
        this.copiesMany = manyAreRight ? copiesB : copiesA;
        this.copiesFew = manyAreRight ? copiesA : copiesB;
        this.manyRows = new double[copiesMany ? many * inner : 0];
        this.fewRows = new double[copiesFew ? few * inner : 0];
        this.chunks = new double[Kernels.chunks(inner)];
    }

    @Override
    public int strips() {
        return -Math.floorDiv(-many, STRIP);
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        double[] x = manyAreRight ? b : a;
        double[] y = manyAreRight ? a : b;
        if (copiesMany) {
            transpose(x, manyRows, many);
            x = manyRows;
        }
        if (copiesFew) {
            transpose(y, fewRows, few);
            y = fewRows;
        }
        int end = Math.min(many, to * STRIP);
        for (int i = from * STRIP; i < end; i++) {
            for (int j = 0; j < few; j++) {
                double value = inner < Kernels.LONG
                        ? chain(x, i * inner, y, j * inner, inner)
                        : sum(x, i * inner, y, j * inner);
                c[manyAreRight ? j * many + i : i * few + j] = value;
            }
        }
    }

    private void transpose(double[] columns, double[] rows, int count) {
        for (int k = 0; k < inner; k++) {
            for (int i = 0; i < count; i++) {
                rows[i * inner + k] = columns[k * count + i];
            }
        }
    }

    private double sum(double[] x, int p, double[] y, int q) {
        for (int i = 0; i < chunks.length; i++) {
            int k = i * Kernels.CHUNK;
            chunks[i] = dot(x, p + k, y, q + k, Math.min(Kernels.CHUNK, inner - k));
        }
        for (int step = 1; step < chunks.length; step *= 2) {
            for (int i = 0; i + step < chunks.length; i += 2 * step) {
                chunks[i] += chunks[i + step];
            }
        }
        return chunks[0];
    }

    private static double chain(double[] x, int p, double[] y, int q, int n) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum = Math.fma(x[p + k], y[q + k], sum);
        }
        return sum;
    }

    /**
     * The sum of one chunk; multiply-adds of eight running sums do not wait for each other.
     *
     * @param x the one operand, read from index {@code p}
     * @param y the other, read from index {@code q}
     * @param n how many of each
     */
    protected double dot(double[] x, int p, double[] y, int q, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int k = 0;
        for (int end = n - 7; k < end; k += 8) {
            s0 = Math.fma(x[p + k], y[q + k], s0);
            s1 = Math.fma(x[p + k + 1], y[q + k + 1], s1);
            s2 = Math.fma(x[p + k + 2], y[q + k + 2], s2);
            s3 = Math.fma(x[p + k + 3], y[q + k + 3], s3);
            s4 = Math.fma(x[p + k + 4], y[q + k + 4], s4);
            s5 = Math.fma(x[p + k + 5], y[q + k + 5], s5);
            s6 = Math.fma(x[p + k + 6], y[q + k + 6], s6);
            s7 = Math.fma(x[p + k + 7], y[q + k + 7], s7);
        }
        int i = p + k;
        int j = q + k;
        if (n - k > 0) {
            s0 = Math.fma(x[i], y[j], s0);
        }
        if (n - k > 1) {
            s1 = Math.fma(x[i + 1], y[j + 1], s1);
        }
        if (n - k > 2) {
            s2 = Math.fma(x[i + 2], y[j + 2], s2);
        }
        if (n - k > 3) {
            s3 = Math.fma(x[i + 3], y[j + 3], s3);
        }
        if (n - k > 4) {
            s4 = Math.fma(x[i + 4], y[j + 4], s4);
        }
        if (n - k > 5) {
            s5 = Math.fma(x[i + 5], y[j + 5], s5);
        }
        if (n - k > 6) {
            s6 = Math.fma(x[i + 6], y[j + 6], s6);
        }
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }
}
