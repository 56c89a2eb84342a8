package org.gradgraph.exec.kernel;

/**
 * A matrix times the transpose of another, one of which has few rows: a dot product for each two rows.
 *
 * <p>Eight running sums for a row: multiply-adds do not wait for each other. The processor fetches ahead best what is
 * read as it lies in memory, so one row at a time.
 */
final class DotProducts implements MatrixProduct {
    private static final int STRIP = 4;

    private final int many;
    private final int few;
    private final int inner;
    private final boolean manyAreRight;

    DotProducts(int rows, int columns, int inner) {
        this.manyAreRight = columns > rows;
        this.many = Math.max(rows, columns);
        this.few = Math.min(rows, columns);
        this.inner = inner;
    }

    @Override
    public int strips() {
        return -Math.floorDiv(-many, STRIP);
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        double[] matrix = manyAreRight ? b : a;
        double[] other = manyAreRight ? a : b;
        int end = Math.min(many, to * STRIP);
        for (int i = from * STRIP; i < end; i++) {
            for (int j = 0; j < few; j++) {
                c[manyAreRight ? j * many + i : i * few + j] = dot(matrix, i * inner, other, j * inner, inner);
            }
        }
    }

    private static double dot(double[] x, int p, double[] y, int q, int n) {
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
