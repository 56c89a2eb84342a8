package org.gradgraph.graph;

import java.util.Arrays;

/**
 * A function of one eigenvalue with its derivatives and divided differences.
 *
 * @param kind which one
 * @param exponent that of a power; 0 for others
 */
record SpectralFunction(Kind kind, double exponent) {
    static final SpectralFunction EXP = new SpectralFunction(Kind.EXP, 0);
    static final SpectralFunction LOG = new SpectralFunction(Kind.LOG, 0);

    /** Gauss's points and weights on [0, 1], 8 of them: exact for polynomials of degree 15. */
    private static final double[] POINTS = {
        1 - 0.9801449282487681,
        0.10166676129318664,
        0.2372337950418355,
        0.4082826787521751,
        0.591717321247825,
        0.7627662049581645,
        0.8983332387068134,
        0.9801449282487681
    };

    private static final double[] WEIGHTS = {
        0.05061426814518813,
        0.11119051722668724,
        0.15685332293894363,
        0.181341891689181,
        0.181341891689181,
        0.15685332293894363,
        0.11119051722668724,
        0.05061426814518813
    };

    /** Nearer than this, relative to what the function changes over, differences are integrals of derivatives. */
    private static final double NEAR = 0.25;

    enum Kind {
        EXP,
        LOG,
        POWER
    }

    static SpectralFunction power(double exponent) {
        return new SpectralFunction(Kind.POWER, exponent);
    }

    String name() {
        return switch (kind) {
            case EXP -> "symmetricExp";
            case LOG -> "symmetricLog";
            case POWER -> exponent == 0.5 ? "symmetricSqrt" : "symmetricPower";
        };
    }

    String label(String suffix) {
        return kind == Kind.POWER && exponent != 0.5 ? Labels.call(name() + suffix, exponent) : name() + suffix;
    }

    /** The derivative of any order. */
    double derivative(int order, double x) {
        return switch (kind) {
            case EXP -> StrictMath.exp(x);
            case LOG -> order == 0 ? StrictMath.log(x) : powerDerivative(-1, order - 1, x);
            case POWER -> powerDerivative(exponent, order, x);
        };
    }

    private static double powerDerivative(double exponent, int order, double x) {
        double factor = 1;
        for (int k = 0; k < order; k++) {
            factor *= exponent - k;
        }
        return factor == 0 ? 0 : factor * StrictMath.pow(x, exponent - order);
    }

    private boolean near(double a, double b) {
        double scale = kind == Kind.EXP ? 1 : Math.min(Math.abs(a), Math.abs(b));
        return a == b || Math.abs(a - b) <= NEAR * scale;
    }

    /** The divided difference of numbers in increasing order: of one its value, of two the quotient of differences. */
    double difference(double[] x) {
        int order = x.length - 1;
        double low = x[0];
        double high = x[order];
        if (order == 0 || near(low, high)) {
            return integral(x, low, 1, 1);
        }
        return (difference(Arrays.copyOfRange(x, 1, x.length)) - difference(Arrays.copyOf(x, order))) / (high - low);
    }

    /** The formula of Hermite and Genocchi, from the k-th number on: the derivative, averaged over all between. */
    private double integral(double[] x, double at, double range, int k) {
        if (k == x.length) {
            return derivative(k - 1, at);
        }
        double sum = 0;
        for (int i = 0; i < POINTS.length; i++) {
            double t = range * POINTS[i];
            sum += range * WEIGHTS[i] * integral(x, at + t * (x[k] - x[k - 1]), t, k + 1);
        }
        return sum;
    }
}
