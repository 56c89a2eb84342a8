package org.gradgraph.numeric;

/**
 * exp, to 1 unit in the last place, expm1, to 1.5, and tanh, to 2.5.
 *
 * <p>x = k·ln 2 + r, with ln 2 in two parts (Cody and Waite, Software Manual for the Elementary Functions, 1980), and the
 * Taylor polynomial of degree 13 for exp(r) − 1, whose remainder on |r| ≤ ln(2)/2 is below 5·10⁻¹⁸. tanh is −e/(2 + e)
 * with e = expm1(−2|x|).
 *
 * <pre>{@code
 * double rounded = Exponential.rounded(x);
 * double y = Exponential.exp(x, rounded, Exponential.rest(x, rounded));          // exp(x), in three passes
 * }</pre>
 */
public final class Exponential {
    private static final double LOG2_E = 1.4426950408889634;

    /** Its last 20 bits are 0, so its product with k has no rounding error. */
    private static final double LN2_HIGH = 0.6931471803691238;

    private static final double LN2_LOW = 1.9082149292705877e-10;

    /** Adding it to a small number leaves the nearest integer in the last bits. */
    private static final double ROUNDER = 0x1.8p52;

    private static final double T2 = 1.0 / 2;
    private static final double T3 = 1.0 / 6;
    private static final double T4 = 1.0 / 24;
    private static final double T5 = 1.0 / 120;
    private static final double T6 = 1.0 / 720;
    private static final double T7 = 1.0 / 5040;
    private static final double T8 = 1.0 / 40320;
    private static final double T9 = 1.0 / 362880;
    private static final double T10 = 1.0 / 3628800;
    private static final double T11 = 1.0 / 39916800;
    private static final double T12 = 1.0 / 479001600;
    private static final double T13 = 1.0 / 6227020800.0;

    private Exponential() {}

    /** e to the power x. */
    public static double exp(double x) {
        double rounded = rounded(x);
        return exp(x, rounded, rest(x, rounded));
    }

    /** exp(x) − 1. */
    public static double expm1(double x) {
        double rounded = rounded(x);
        return expm1(x, rounded, rest(x, rounded));
    }

    /** The hyperbolic tangent. */
    public static double tanh(double x) {
        double argument = tanhArgument(x);
        double rounded = rounded(argument);
        return fromSignedExpm1(signedExpm1(x, rounded, rest(argument, rounded)));
    }

    /** A number with k, the integer nearest to x/ln 2, in its last bits. */
    public static double rounded(double x) {
        return Math.fma(x, LOG2_E, ROUNDER);
    }

    /** exp(r) − 1 with r = x − k·ln 2. */
    public static double rest(double x, double rounded) {
        double k = ROUNDER - rounded;
        double r = Math.fma(k, LN2_LOW, Math.fma(k, LN2_HIGH, x));
        double p = Math.fma(T13, r, T12);
        p = Math.fma(p, r, T11);
        p = Math.fma(p, r, T10);
        p = Math.fma(p, r, T9);
        p = Math.fma(p, r, T8);
        p = Math.fma(p, r, T7);
        p = Math.fma(p, r, T6);
        p = Math.fma(p, r, T5);
        p = Math.fma(p, r, T4);
        p = Math.fma(p, r, T3);
        p = Math.fma(p, r, T2);
        return Math.fma(p, r * r, r);
    }

    /** exp(x), by its pieces. */
    public static double exp(double x, double rounded, double rest) {
        double p = rest + 1;
        long k = Double.doubleToRawLongBits(rounded);
        return x > -708 && x < 709 ? p * twoTo(k) : extreme(x, p, k);
    }

    /** exp(x) − 1, by its pieces. */
    public static double expm1(double x, double rounded, double rest) {
        long k = Double.doubleToRawLongBits(rounded);
        boolean usual = x > -40 && x < 709 && x != 0;
        return usual ? scaled(rest, k) : x == 0 ? x : x <= -40 ? -1 : extreme(x, rest + 1, k);
    }

    /** What the exponential function is taken of for the hyperbolic tangent: −2|x|. */
    public static double tanhArgument(double x) {
        return -2 * Math.abs(x);
    }

    /** 1 − exp(−2|x|) with the sign of x, by the pieces of −2|x|. */
    public static double signedExpm1(double x, double rounded, double rest) {
        long k = Double.doubleToRawLongBits(rounded);
        return Math.abs(x) < 20 ? Math.copySign(scaled(rest, k), x) : Math.signum(x);
    }

    /** The hyperbolic tangent by {@link #signedExpm1}. */
    public static double fromSignedExpm1(double signedExpm1) {
        return signedExpm1 / (2 - Math.abs(signedExpm1));
    }

    /** 2ᵏ·(rest + 1) − 1; 2ᵏ − 1 is exact unless it is no part of the result. */
    private static double scaled(double rest, long k) {
        double scale = twoTo(k);
        return Math.fma(rest, scale, scale - 1);
    }

    /** 2 to the power in the last bits. */
    private static double twoTo(long power) {
        return Double.longBitsToDouble((power + 1023) << 52);
    }

    /** In two steps: a power of two beyond the range of numbers may still make a number. */
    private static double extreme(double x, double p, long power) {
        if (x < -746) {
            return 0;
        }
        if (!(x < 710)) {
            return x > 0 ? Double.POSITIVE_INFINITY : x;
        }
        int half = (int) power >> 1;
        return p * twoTo(half) * twoTo((int) power - half);
    }
}
