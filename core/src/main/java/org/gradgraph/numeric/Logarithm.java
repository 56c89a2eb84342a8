package org.gradgraph.numeric;

/**
 * log, to 1 unit in the last place, log1p, to 1.5, and log2, to 2.
 *
 * <p>x = 2ᵏ·(1 + f) with √½ ≤ 1 + f ≤ √2; log(2ᵏ·(1 + f)) = k·ln 2 + log(1 + f), and the latter is the series in
 * s = f/(2 + f) with the coefficients of fdlibm's e_log.c (Sun Microsystems, 1993). log1p adds the rounding error of
 * 1 + x to first order (W. Kahan).
 *
 * <pre>{@code
 * double y = Logarithm.log(Logarithm.power(x), Logarithm.fraction(x));          // log(x), in two passes
 * }</pre>
 */
public final class Logarithm {
    private static final double ONE_OVER_LN2 = 1.4426950408889634;
    private static final double LN2_HIGH = 0.6931471803691238;
    private static final double LN2_LOW = 1.9082149292705877e-10;
    private static final double L1 = 0.6666666666666735;
    private static final double L2 = 0.3999999999940942;
    private static final double L3 = 0.2857142874366239;
    private static final double L4 = 0.22222198432149784;
    private static final double L5 = 0.1818357216161805;
    private static final double L6 = 0.15313837699209373;
    private static final double L7 = 0.14798198605116586;
    private static final long ONE_BITS = 0x3FF0000000000000L;
    private static final long ROOT_HALF = 0x3FE6A09E667F3BCDL;
    private static final long FRACTION = 0x000FFFFFFFFFFFFFL;

    private Logarithm() {}

    /** The natural logarithm. */
    public static double log(double x) {
        return log(power(x), fraction(x));
    }

    /** log(1 + x). */
    public static double log1p(double x) {
        double u = onePlus(x);
        return log1p(x, log(u), correction(x, u));
    }

    /** The logarithm to base 2; k is added last, so powers of 2 are exact and nothing is lost near 1. */
    public static double log2(double x) {
        return Math.fma(log(0, fraction(x)), ONE_OVER_LN2, power(x));
    }

    /** k; infinite if the logarithm is, and −∞ if it is undefined. */
    public static double power(double x) {
        boolean tiny = x > 0 && x < Double.MIN_NORMAL;
        double normal = tiny ? x * 0x1p54 : x;
        if (normal > 0 && normal <= Double.MAX_VALUE) {
            return (int) (shifted(normal) >> 52) - (tiny ? 1023 + 54 : 1023);
        }
        return x > 0 ? x : Double.NEGATIVE_INFINITY;
    }

    /** f; 0 if the logarithm is infinite, and NaN if it is undefined. */
    public static double fraction(double x) {
        double normal = x > 0 && x < Double.MIN_NORMAL ? x * 0x1p54 : x;
        if (normal > 0 && normal <= Double.MAX_VALUE) {
            return Double.longBitsToDouble((shifted(normal) & FRACTION) + ROOT_HALF) - 1;
        }
        return x == 0 || x > 0 ? 0 : Double.NaN;
    }

    /** The bits of a number, moved so that the exponent changes at √½ instead of at 1. */
    private static long shifted(double normal) {
        return Double.doubleToRawLongBits(normal) + (ONE_BITS - ROOT_HALF);
    }

    /** k·ln 2 + log(1 + f). */
    public static double log(double power, double fraction) {
        double s = fraction / (fraction + 2);
        double z = s * s;
        double r = Math.fma(L7, z, L6);
        r = Math.fma(r, z, L5);
        r = Math.fma(r, z, L4);
        r = Math.fma(r, z, L3);
        r = Math.fma(r, z, L2);
        r = Math.fma(r, z, L1);
        double halfSquare = 0.5 * fraction * fraction;
        double low = Math.fma(s, Math.fma(r, z, halfSquare), power * LN2_LOW);
        return Math.fma(power, LN2_HIGH, fraction - (halfSquare - low));
    }

    /** 1 + x, rounded. */
    public static double onePlus(double x) {
        return x + 1;
    }

    /** What the rounding of 1 + x takes from the logarithm. */
    public static double correction(double x, double onePlus) {
        return (x - (onePlus - 1)) / onePlus;
    }

    /** log(1 + x) by the logarithm of the rounded 1 + x; 0 keeps its sign. */
    public static double log1p(double x, double log, double correction) {
        return x == 0 ? x : Math.abs(log) < Double.POSITIVE_INFINITY ? log + correction : log;
    }
}
