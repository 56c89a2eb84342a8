package org.gradgraph.graph;

import java.util.function.DoubleFunction;

/**
 * Derivatives from differences: central ones at three step sizes, extrapolated twice (Richardson).
 *
 * <p>The difference between the two best extrapolations bounds the truncation error; the size of the values and the
 * smallest step give the rounding error. So the tolerance is derived.
 */
final class Differences {
    /** The derivative and how far the true one may be away. */
    static final class Estimate {
        private final double[] derivative;
        private final double[] tolerance;

        private Estimate(double[] derivative, double[] tolerance) {
            this.derivative = derivative;
            this.tolerance = tolerance;
        }

        double derivative(int k) {
            return derivative[k];
        }

        double tolerance(int k) {
            return tolerance[k];
        }
    }

    /** Rounding errors of a value, in units in the last place, that the library is allowed to make. */
    private static final double NOISE = 64;

    private Differences() {}

    /** The derivative at 0 of a curve through vectors. */
    static Estimate at0(DoubleFunction<double[]> curve, double step) {
        double[][] d = new double[3][];
        double[] size = curve.apply(0).clone();
        for (int level = 0; level < 3; level++) {
            double h = step / (1 << level);
            double[] up = curve.apply(h);
            double[] down = curve.apply(-h);
            d[level] = new double[up.length];
            for (int i = 0; i < up.length; i++) {
                d[level][i] = (up[i] - down[i]) / (2 * h);
                size[i] = Math.max(Math.abs(size[i]), Math.max(Math.abs(up[i]), Math.abs(down[i])));
            }
        }
        double largest = 0;
        for (double s : size) {
            largest = Math.max(largest, s);
        }
        double rounding = NOISE * Math.ulp(1.0) * largest / (step / 4);
        double[] derivative = new double[size.length];
        double[] tolerance = new double[size.length];
        for (int i = 0; i < derivative.length; i++) {
            double coarse = (4 * d[1][i] - d[0][i]) / 3;
            double fine = (4 * d[2][i] - d[1][i]) / 3;
            derivative[i] = (16 * fine - coarse) / 15;
            tolerance[i] = 10 * Math.abs(derivative[i] - fine) + rounding;
        }
        return new Estimate(derivative, tolerance);
    }
}
