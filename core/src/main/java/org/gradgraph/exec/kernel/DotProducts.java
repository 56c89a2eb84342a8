package org.gradgraph.exec.kernel;

/**
 * A matrix times the transpose of another, one of which has few rows: a dot product for each two rows.
 *
 * <p>Four rows at a time with two running sums each: additions do not wait for each other. Only a large matrix that is read
 * once is read row by row, as it lies in memory. The order of each sum depends on the sizes alone.
 */
final class DotProducts implements MatrixProduct {
    private static final int STRIP = 4;

    /** Elements of a matrix that is read again from a cache. */
    private static final long CACHED = 1 << 17;

    private final int many;
    private final int few;
    private final int inner;
    private final boolean manyAreRight;
    private final boolean fourAtATime;

    /**
     * For operands whose rows are multiplied.
     *
     * @param rows of the left operand
     * @param columns of the result, which are the rows of the right operand
     * @param inner how long the rows are
     */
    DotProducts(int rows, int columns, int inner) {
        this.manyAreRight = columns > rows;
        this.many = Math.max(rows, columns);
        this.few = Math.min(rows, columns);
        this.inner = inner;
        this.fourAtATime = few > 1 || (long) many * inner <= CACHED;
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
        int i = from * STRIP;
        for (; i <= end - STRIP && fourAtATime; i += STRIP) {
            for (int j = 0; j < few; j++) {
                fourRows(matrix, i * inner, other, j * inner, c, place(i, j), manyAreRight ? 1 : few);
            }
        }
        for (; i < end; i++) {
            for (int j = 0; j < few; j++) {
                c[place(i, j)] = fourAtATime
                        ? oneRow(matrix, i * inner, other, j * inner)
                        : longRow(matrix, i * inner, other, inner);
            }
        }
    }

    private int place(int i, int j) {
        return manyAreRight ? j * many + i : i * few + j;
    }

    private void fourRows(double[] matrix, int at, double[] x, int from, double[] c, int to, int step) {
        int p = at;
        int q = p + inner;
        int r = q + inner;
        int s = r + inner;
        double p0 = 0;
        double p1 = 0;
        double q0 = 0;
        double q1 = 0;
        double r0 = 0;
        double r1 = 0;
        double s0 = 0;
        double s1 = 0;
        int k = 0;
        int pairs = inner - 1;
        for (; k < pairs; k += 2) {
            double x0 = x[from + k];
            double x1 = x[from + k + 1];
            p0 += matrix[p + k] * x0;
            p1 += matrix[p + k + 1] * x1;
            q0 += matrix[q + k] * x0;
            q1 += matrix[q + k + 1] * x1;
            r0 += matrix[r + k] * x0;
            r1 += matrix[r + k + 1] * x1;
            s0 += matrix[s + k] * x0;
            s1 += matrix[s + k + 1] * x1;
        }
        if (k < inner) {
            p0 += matrix[p + k] * x[from + k];
            q0 += matrix[q + k] * x[from + k];
            r0 += matrix[r + k] * x[from + k];
            s0 += matrix[s + k] * x[from + k];
        }
        c[to] = p0 + p1;
        c[to + step] = q0 + q1;
        c[to + 2 * step] = r0 + r1;
        c[to + 3 * step] = s0 + s1;
    }

    /** In the order of four rows. */
    private double oneRow(double[] matrix, int at, double[] x, int from) {
        double s0 = 0;
        double s1 = 0;
        int k = 0;
        int pairs = inner - 1;
        for (; k < pairs; k += 2) {
            s0 += matrix[at + k] * x[from + k];
            s1 += matrix[at + k + 1] * x[from + k + 1];
        }
        if (k < inner) {
            s0 += matrix[at + k] * x[from + k];
        }
        return s0 + s1;
    }

    private static double longRow(double[] matrix, int at, double[] x, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        int fours = n - 3;
        for (; k < fours; k += 4) {
            s0 += matrix[at + k] * x[k];
            s1 += matrix[at + k + 1] * x[k + 1];
            s2 += matrix[at + k + 2] * x[k + 2];
            s3 += matrix[at + k + 3] * x[k + 3];
        }
        for (; k < n; k++) {
            s0 += matrix[at + k] * x[k];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
