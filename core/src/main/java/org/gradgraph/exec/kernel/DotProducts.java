package org.gradgraph.exec.kernel;

/**
 * A matrix times a column: one dot product for each row of the matrix.
 *
 * <p>Four rows at a time with two running sums each, so that additions do not wait for each other; the order of each sum
 * depends on its length alone.
 */
final class DotProducts implements MatrixProduct {
    private static final int STRIP = 4;

    private final int rows;
    private final int inner;
    private final boolean swapped;

    /**
     * For results of one row or column.
     *
     * @param rows how many dot products
     * @param inner how long they are
     * @param swapped whether the matrix is the right operand
     */
    DotProducts(int rows, int inner, boolean swapped) {
        this.rows = rows;
        this.inner = inner;
        this.swapped = swapped;
    }

    @Override
    public int strips() {
        return -Math.floorDiv(-rows, STRIP);
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        double[] matrix = swapped ? b : a;
        double[] vector = swapped ? a : b;
        int end = Math.min(rows, to * STRIP);
        int i = from * STRIP;
        for (; i + 3 < end; i += 4) {
            fourRows(matrix, vector, c, i);
        }
        for (; i < end; i++) {
            c[i] = oneRow(matrix, vector, i * inner);
        }
    }

    private void fourRows(double[] matrix, double[] x, double[] c, int i) {
        int p = i * inner;
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
            double x0 = x[k];
            double x1 = x[k + 1];
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
            p0 += matrix[p + k] * x[k];
            q0 += matrix[q + k] * x[k];
            r0 += matrix[r + k] * x[k];
            s0 += matrix[s + k] * x[k];
        }
        c[i] = p0 + p1;
        c[i + 1] = q0 + q1;
        c[i + 2] = r0 + r1;
        c[i + 3] = s0 + s1;
    }

    private double oneRow(double[] matrix, double[] x, int at) {
        double s0 = 0;
        double s1 = 0;
        int k = 0;
        int pairs = inner - 1;
        for (; k < pairs; k += 2) {
            s0 += matrix[at + k] * x[k];
            s1 += matrix[at + k + 1] * x[k + 1];
        }
        if (k < inner) {
            s0 += matrix[at + k] * x[k];
        }
        return s0 + s1;
    }
}
