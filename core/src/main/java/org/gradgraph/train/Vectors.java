package org.gradgraph.train;

/** The two operations on long vectors that L-BFGS needs. */
final class Vectors {
    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** {@code y ← y + factor·x}. */
    static void add(double[] y, double factor, double[] x) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * x[i];
        }
    }

    static double largest(double[] a) {
        double largest = 0;
        for (double element : a) {
            largest = Math.max(largest, Math.abs(element));
        }
        return largest;
    }
}
