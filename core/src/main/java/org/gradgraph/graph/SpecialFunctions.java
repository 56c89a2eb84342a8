package org.gradgraph.graph;

/**
 * Functions of one number that {@link Math} does not have, or is slow at.
 *
 * <p>The error functions are the rational Chebyshev approximations of W. J. Cody, Rational Chebyshev Approximations for
 * the Error Function, Mathematics of Computation 23 (1969), 631–637: one below 15/32, one up to 4, one beyond.
 */
final class SpecialFunctions {
    private static final double LOG_2 = Math.log(2);
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double ONE_OVER_SQRT_PI = 0.5641895835477563;

    /** Beyond this, the tail of the error function underflows to 0. */
    private static final double LARGEST = 27.3;

    /** Numerators and denominators, highest power first. */
    private static final double[] NEAR_ABOVE = {
        0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694
    };

    private static final double[] NEAR_BELOW = {
        1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171
    };

    private static final double[] MIDDLE_ABOVE = {
        2.1531153547440383e-08,
        0.5641884969886701,
        8.883149794388377,
        66.11919063714163,
        298.6351381974001,
        881.952221241769,
        1712.0476126340707,
        2051.0783778260716,
        1230.3393547979972
    };

    private static final double[] MIDDLE_BELOW = {
        1,
        15.744926110709835,
        117.6939508913125,
        537.1811018620099,
        1621.3895745666903,
        3290.7992357334597,
        4362.619090143247,
        3439.3676741437216,
        1230.3393548037495
    };

    private static final double[] FAR_ABOVE = {
        0.016315387137302097,
        0.30532663496123236,
        0.36034489994980445,
        0.12578172611122926,
        0.016083785148742275,
        0.0006587491615298378
    };

    private static final double[] FAR_BELOW = {
        1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918
    };

    private SpecialFunctions() {}

    static double erf(double x) {
        double size = Math.abs(x);
        if (size <= 0.46875) {
            return x * near(x);
        }
        double value = 0.5 - tail(size) + 0.5;
        return x < 0 ? -value : value;
    }

    static double erfc(double x) {
        double size = Math.abs(x);
        if (size <= 0.46875) {
            return 1 - x * near(x);
        }
        return x < 0 ? 2 - tail(size) : tail(size);
    }

    private static double near(double x) {
        double square = x * x;
        return polynomial(NEAR_ABOVE, square) / polynomial(NEAR_BELOW, square);
    }

    /** erfc of a number above 15/32, or NaN. */
    private static double tail(double x) {
        if (x > LARGEST) {
            return 0;
        }
        if (x <= 4) {
            return gauss(x) * (polynomial(MIDDLE_ABOVE, x) / polynomial(MIDDLE_BELOW, x));
        }
        double t = 1 / (x * x);
        double correction = t * polynomial(FAR_ABOVE, t) / polynomial(FAR_BELOW, t);
        return gauss(x) * ((ONE_OVER_SQRT_PI - correction) / x);
    }

    /** exp(−x²), without the rounding error of x²: a part of x that has an exact square goes first. */
    private static double gauss(double x) {
        double head = Math.floor(x * 16) / 16;
        double rest = (x - head) * (x + head);
        return Math.exp(-head * head) * Math.exp(-rest);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }

    /** The exponent goes its own way, so that powers of 2 are exact and nothing is lost near 1. */
    static double log2(double x) {
        if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
            return Math.log(x);
        }
        double normal = x < Double.MIN_NORMAL ? x * 0x1p54 : x;
        int exponent = Math.getExponent(normal);
        double mantissa = Math.scalb(normal, -exponent);
        if (mantissa * SQRT_HALF > 1) {
            mantissa /= 2;
            exponent++;
        }
        return exponent - (x < Double.MIN_NORMAL ? 54 : 0) + Math.log(mantissa) / LOG_2;
    }

    /**
     * The hyperbolic tangent, to two units in the last place; several times as fast as that of {@link Math}.
     *
     * <p>Near 0 it is the rational approximation of the Cephes library (S. L. Moshier, 1989); elsewhere nothing cancels
     * in the formula by the exponential function.
     */
    static double tanh(double x) {
        double size = Math.abs(x);
        if (size >= 0.625) {
            return Math.copySign(1 - 2 / (Math.exp(2 * size) + 1), x);
        }
        double z = x * x;
        double above = (-0.9643991794250523 * z - 99.28772310019185) * z - 1614.6876844170845;
        double below = ((z + 112.81167849163293) * z + 2235.4883906010045) * z + 4844.063053251255;
        return Math.copySign(size + size * z * (above / below), x);
    }

    /**
     * log(1 + x), to two units in the last place; faster than that of {@link Math}.
     *
     * <p>The rounding error of 1 + x is known, and put right to first order (W. Kahan).
     */
    static double log1p(double x) {
        double u = 1 + x;
        if (u == 1) {
            return x;
        }
        double log = Math.log(u);
        return u > 0 && u < Double.POSITIVE_INFINITY ? log + (x - (u - 1)) / u : log;
    }
}
