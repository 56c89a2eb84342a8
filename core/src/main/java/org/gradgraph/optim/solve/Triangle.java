package org.gradgraph.optim.solve;

/**
 * The triangular factor of a matrix and the right side that belongs to it, by Householder reflections.
 *
 * <pre>{@code
 * double[] x = Triangle.of(jacobian, right).solution();
 * }</pre>
 */
public final class Triangle {
    private final double[][] r;
    private final double[] right;
    private final int n;

    private Triangle(double[][] r, double[] right, int n) {
        this.r = r;
        this.right = right;
        this.n = n;
    }

    /**
     * Factorises.
     *
     * @param matrix rows, at least as many as columns after rows of zeros are added; not modified
     * @param rightSide one number for each row; not modified
     */
    public static Triangle of(double[][] matrix, double[] rightSide) {
        int n = matrix[0].length;
        int m = Math.max(matrix.length, n);
        double[][] a = new double[m][];
        double[] b = new double[m];
        for (int i = 0; i < m; i++) {
            a[i] = i < matrix.length ? matrix[i].clone() : new double[n];
            b[i] = i < matrix.length ? rightSide[i] : 0;
        }
        double[] v = new double[m];
        for (int k = 0; k < n; k++) {
            reflect(a, b, v, k);
        }
        return new Triangle(a, b, n);
    }

    private static void reflect(double[][] a, double[] b, double[] v, int k) {
        double[] column = new double[a.length - k];
        for (int i = k; i < a.length; i++) {
            column[i - k] = a[i][k];
        }
        double norm = Vectors.norm(column);
        if (norm == 0) {
            return;
        }
        double alpha = a[k][k] > 0 ? -norm : norm;
        for (int i = k; i < a.length; i++) {
            v[i] = a[i][k] / norm;
        }
        v[k] -= alpha / norm;
        double half = -v[k] * (alpha / norm);
        for (int j = k; j < a[0].length; j++) {
            double dot = 0;
            for (int i = k; i < a.length; i++) {
                dot += v[i] * a[i][j];
            }
            for (int i = k; i < a.length; i++) {
                a[i][j] -= dot / half * v[i];
            }
        }
        double dot = 0;
        for (int i = k; i < a.length; i++) {
            dot += v[i] * b[i];
        }
        for (int i = k; i < a.length; i++) {
            b[i] -= dot / half * v[i];
        }
        a[k][k] = alpha;
    }

    /** The same for the matrix with a diagonal below it, and zeros on the right side there. */
    public Triangle withDiagonal(double[] diagonal) {
        double[][] longer = new double[2 * n][];
        double[] rightSide = new double[2 * n];
        for (int i = 0; i < n; i++) {
            longer[i] = new double[n];
            System.arraycopy(r[i], i, longer[i], i, n - i);
            rightSide[i] = right[i];
            longer[n + i] = new double[n];
            longer[n + i][i] = diagonal[i];
        }
        return of(longer, rightSide);
    }

    public boolean isSingular() {
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(r[i][i]));
            smallest = Math.min(smallest, Math.abs(r[i][i]));
        }
        return !(smallest > largest * n * Math.ulp(1.0));
    }

    /** The least-squares solution. */
    public double[] solution() {
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = right[i];
            for (int j = i + 1; j < n; j++) {
                sum -= r[i][j] * x[j];
            }
            x[i] = sum / r[i][i];
        }
        return x;
    }

    /** The solution of the system of the transpose. */
    public double[] transposedSolution(double[] b) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int j = 0; j < i; j++) {
                sum -= r[j][i] * x[j];
            }
            x[i] = sum / r[i][i];
        }
        return x;
    }
}
