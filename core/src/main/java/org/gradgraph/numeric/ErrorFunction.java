package org.gradgraph.numeric;

/**
 * The error function, to 2 units in the last place, and its complement, to 5.
 *
 * <p>Both are the rational Chebyshev approximations of W. J. Cody, Rational Chebyshev Approximations for the Error
 * Function, Mathematics of Computation 23 (1969), 631–637: one below 15/32, one up to 4, one beyond.
 *
 * <pre>{@code
 * double p = ErrorFunction.erfc(-z * Math.sqrt(0.5)) / 2;          // the normal distribution function
 * }</pre>
 */
public final class ErrorFunction {
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

    private ErrorFunction() {}

    /** The error function. */
    public static double erf(double x) {
        double size = Math.abs(x);
        if (size <= 0.46875) {
            return x * near(x);
        }
        double value = 0.5 - tail(size) + 0.5;
        return x < 0 ? -value : value;
    }

    /** 1 − erf(x), accurate where that is tiny. */
    public static double erfc(double x) {
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

    /** exp(−x²), without the rounding error of x²: a part of x that has an exact square is taken first. */
    private static double gauss(double x) {
        double head = Math.floor(x * 16) / 16;
        double rest = (x - head) * (x + head);
        return Exponential.exp(-head * head) * Exponential.exp(-rest);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }
}
