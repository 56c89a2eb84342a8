package org.gradgraph.optim.solve;

/**
 * Operations on long vectors.
 *
 * <pre>{@code
 * double norm = Vectors.norm(gradient);
 * }</pre>
 */
public final class Vectors {
    /** Beyond these, squares overflow or vanish. */
    private static final double HUGE = 0x1p500;

    private static final double TINY = 0x1p-500;

    private Vectors() {}

    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** {@code y ← y + factor·x}. */
    public static void add(double[] y, double factor, double[] x) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * x[i];
        }
    }

    public static double largest(double[] a) {
        return largest(a, a.length);
    }

    /** The largest magnitude among the first elements; NaN if one is NaN. */
    public static double largest(double[] a, int n) {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(a[i]));
        }
        return largest;
    }

    /** A power of two to measure numbers of a size in, so that their squares are ordinary numbers; mostly 1. */
    public static double unitFor(double largest) {
        return (largest > HUGE || largest < TINY) && largest != 0 && Double.isFinite(largest)
                ? Math.scalb(1.0, Math.max(-1000, Math.min(1000, Math.getExponent(largest))))
                : 1;
    }

    /** The sum of the squares of the first elements, each measured in a unit. */
    public static double squares(double[] a, int n, double unit) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double element = a[i] / unit;
            sum += element * element;
        }
        return sum;
    }

    public static double norm(double[] a) {
        return norm(a, a.length);
    }

    /** The Euclidean norm of the first elements; it overflows only if it is itself too large. */
    public static double norm(double[] a, int n) {
        double unit = unitFor(largest(a, n));
        return unit * Math.sqrt(squares(a, n, unit));
    }
}
