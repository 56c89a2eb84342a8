package org.gradgraph.vector;

/** The functions of {@link Elementary} for one number, step by step the same and so with the same bits. */
final class Scalars {
    static final double LOG2_E = 1.4426950408889634;
    static final double LN2 = 0.6931471805599453;
    static final double LN2_REST = 2.3190468138462996e-17;
    static final double OVERFLOW = 709.782712893384;
    static final double UNDERFLOW = -745.1332191019412;

    /** Adding it to a small number leaves the nearest integer in the last bits. */
    static final double ROUNDER = 0x1.8p52;

    static final double ROUNDER_AND_BIAS = 0x1.8p52 + 1023;
    static final double LN2_HIGH = 0.6931471803691238;
    static final double LN2_LOW = 1.9082149292705877e-10;
    static final double BIAS = 0x1p52 + 1023;
    static final long ROOT_HALF = 0x3FE6A09E667F3BCDL;
    static final long ONE_BITS = 0x3FF0000000000000L;
    static final long FRACTION = 0x000FFFFFFFFFFFFFL;
    static final long TWO_TO_52 = 0x4330000000000000L;

    /** 1/2!, 1/3!, … , 1/13!. */
    static final double[] TAYLOR = {
        1.0 / 2,
        1.0 / 6,
        1.0 / 24,
        1.0 / 120,
        1.0 / 720,
        1.0 / 5040,
        1.0 / 40320,
        1.0 / 362880,
        1.0 / 3628800,
        1.0 / 39916800,
        1.0 / 479001600,
        1.0 / 6227020800.0
    };

    static final double[] LOG = {
        0.6666666666666735,
        0.3999999999940942,
        0.2857142874366239,
        0.22222198432149784,
        0.1818357216161805,
        0.15313837699209373,
        0.14798198605116586
    };

    private Scalars() {}

    static double exp(double x) {
        if (x < UNDERFLOW) {
            return 0;
        }
        if (x > OVERFLOW) {
            return Double.POSITIVE_INFINITY;
        }
        double k = Math.fma(x, LOG2_E, ROUNDER) - ROUNDER;
        return scale(expm1OfRest(rest(x, k)) + 1, k);
    }

    static double expm1(double x) {
        if (x < -40) {
            return -1;
        }
        if (x == 0 || x > OVERFLOW) {
            return x == 0 ? x : Double.POSITIVE_INFINITY;
        }
        double k = Math.fma(x, LOG2_E, ROUNDER) - ROUNDER;
        double rest = k > 60 ? 1 : 1 - powerOfTwo(-k);
        return scale(expm1OfRest(rest(x, k)) + rest, k);
    }

    static double tanh(double x) {
        double argument = -2 * Math.abs(x);
        double k = Math.fma(argument, LOG2_E, ROUNDER) - ROUNDER;
        double p = expm1OfRest(rest(argument, k)) + (1 - powerOfTwo(-k));
        double t = Math.copySign(argument < -40 ? 1 : p * powerOfTwo(k), x);
        return t / (2 - Math.abs(t));
    }

    private static double rest(double x, double k) {
        return Math.fma(k, -LN2_REST, Math.fma(k, -LN2, x));
    }

    private static double expm1OfRest(double r) {
        double p = TAYLOR[11];
        for (int i = 10; i >= 0; i--) {
            p = Math.fma(p, r, TAYLOR[i]);
        }
        return Math.fma(p, r * r, r);
    }

    /** In two steps: a power of two beyond the range of numbers may still make a number. */
    private static double scale(double x, double k) {
        double half = Math.fma(k, 0.5, ROUNDER) - ROUNDER;
        return x * powerOfTwo(half) * powerOfTwo(k - half);
    }

    private static double powerOfTwo(double k) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(k + ROUNDER_AND_BIAS) << 52);
    }

    static double log(double x) {
        if (x == 0 || x < 0) {
            return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        if (!(x < Double.POSITIVE_INFINITY)) {
            return x;
        }
        return x < Double.MIN_NORMAL ? logOfNormal(x * 0x1p54, BIAS + 54) : logOfNormal(x, BIAS);
    }

    static double log1p(double x) {
        double u = x + 1;
        if (u == 0 || u < 0) {
            return u == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        if (x == 0 || !(x < Double.POSITIVE_INFINITY)) {
            return x;
        }
        return logOfNormal(u, BIAS) + (x - (u - 1)) / u;
    }

    private static double logOfNormal(double x, double bias) {
        long bits = Double.doubleToRawLongBits(x) + (ONE_BITS - ROOT_HALF);
        double k = Double.longBitsToDouble((bits >>> 52) | TWO_TO_52) - bias;
        double f = Double.longBitsToDouble((bits & FRACTION) + ROOT_HALF) - 1;
        double s = f / (f + 2);
        double z = s * s;
        double r = LOG[6];
        for (int i = 5; i >= 0; i--) {
            r = Math.fma(r, z, LOG[i]);
        }
        double halfSquare = f * f * 0.5;
        double low = Math.fma(k, LN2_LOW, s * (halfSquare + r * z));
        return Math.fma(k, LN2_HIGH, f - (halfSquare - low));
    }
}
