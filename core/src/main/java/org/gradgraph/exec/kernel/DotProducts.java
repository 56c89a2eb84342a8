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
    private static final int STRIP = 8;

    private final int many;
    private final int few;
    private final int inner;
    private final boolean manyAreRight;
    private final boolean copiesMany;
    private final boolean copiesFew;
    private final double[] manyRows;
    private final double[] fewRows;
    private final boolean isChain;
    private final double[][] chunks;

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
        this.isChain = Kernels.running(many, inner) == 1;
        this.chunks = new double[STRIP][Kernels.chunks(inner)];
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
        for (int strip = from; strip < to; strip++) {
            for (int j = 0; j < few; j++) {
                strip(x, strip * STRIP, Math.min(many, (strip + 1) * STRIP), y, j, c);
            }
        }
    }

    private void strip(double[] x, int first, int end, double[] y, int j, double[] c) {
        for (int chunk = 0; chunk < chunks[0].length; chunk++) {
            int k = chunk * Kernels.CHUNK;
            int n = Math.min(Kernels.CHUNK, inner - k);
            int q = j * inner + k;
            if (isChain && end - first == STRIP) {
                chains(x, first * inner + k, y, q, n, chunk);
                continue;
            }
            for (int i = first; i < end; i++) {
                int p = i * inner + k;
                chunks[i - first][chunk] = isChain ? chain(x, p, y, q, n) : dot(x, p, y, q, n);
            }
        }
        for (int i = first; i < end; i++) {
            c[manyAreRight ? j * many + i : i * few + j] = tree(chunks[i - first]);
        }
    }

    private void transpose(double[] columns, double[] rows, int count) {
        for (int k = 0; k < inner; k++) {
            for (int i = 0; i < count; i++) {
                rows[i * inner + k] = columns[k * count + i];
            }
        }
    }

    private static double tree(double[] parts) {
        for (int step = 1; step < parts.length; step *= 2) {
            for (int i = 0; i + step < parts.length; i += 2 * step) {
                parts[i] += parts[i + step];
            }
        }
        return parts[0];
    }

    /** Eight rows: their multiply-adds do not wait for each other. */
    private void chains(double[] x, int p, double[] y, int q, int n, int chunk) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int p1 = p + inner;
        int p2 = p1 + inner;
        int p3 = p2 + inner;
        int p4 = p3 + inner;
        int p5 = p4 + inner;
        int p6 = p5 + inner;
        int p7 = p6 + inner;
        for (int k = 0; k < n; k++) {
            double factor = y[q + k];
            s0 = Math.fma(x[p + k], factor, s0);
            s1 = Math.fma(x[p1 + k], factor, s1);
            s2 = Math.fma(x[p2 + k], factor, s2);
            s3 = Math.fma(x[p3 + k], factor, s3);
            s4 = Math.fma(x[p4 + k], factor, s4);
            s5 = Math.fma(x[p5 + k], factor, s5);
            s6 = Math.fma(x[p6 + k], factor, s6);
            s7 = Math.fma(x[p7 + k], factor, s7);
        }
        chunks[0][chunk] = s0;
        chunks[1][chunk] = s1;
        chunks[2][chunk] = s2;
        chunks[3][chunk] = s3;
        chunks[4][chunk] = s4;
        chunks[5][chunk] = s5;
        chunks[6][chunk] = s6;
        chunks[7][chunk] = s7;
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
