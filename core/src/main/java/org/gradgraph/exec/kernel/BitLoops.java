package org.gradgraph.exec.kernel;

/**
 * The loops that choose, or look at the bits of numbers: those that compilers do not turn into vector instructions.
 *
 * <p>All others are arithmetic, and as fast in plain Java as by any other means. These are the plain ones; a set of
 * kernels may override them, and must give the same bits. Each works on the elements {@code from} to {@code n} of arrays
 * of which no two are the same, except that the result may be an operand.
 *
 * <pre>{@code
 * final class Faster extends BitLoops {
 *     @Override
 *     protected void less(double[] a, double[] b, double[] out, int from, int n) {
 *         int whole = ...                             // as many as fill whole vectors
 *         super.less(a, b, out, whole, n);
 *     }
 * }
 * }</pre>
 */
public class BitLoops {
    private static final long ONE_BITS = 0x3FF0000000000000L;
    private static final long ROOT_HALF = 0x3FE6A09E667F3BCDL;
    private static final long FRACTION = 0x000FFFFFFFFFFFFFL;

    /** Plain Java loops. */
    public BitLoops() {}

    /** 1 where the first is less than the second, else 0. */
    protected void less(double[] a, double[] b, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            out[i] = a[i] < b[i] ? 1 : 0;
        }
    }

    /** 1 where the first is at most the second, else 0. */
    protected void lessOrEqual(double[] a, double[] b, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            out[i] = a[i] <= b[i] ? 1 : 0;
        }
    }

    /** 1 where both are equal, else 0. */
    protected void equal(double[] a, double[] b, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            out[i] = a[i] == b[i] ? 1 : 0;
        }
    }

    /** The second where the first is not 0, else the third. */
    protected void select(double[] a, double[] b, double[] c, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            out[i] = a[i] != 0 ? b[i] : c[i];
        }
    }

    /** The smaller one; NaN if one is NaN. */
    protected void min(double[] a, double[] b, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            out[i] = Math.min(a[i], b[i]);
        }
    }

    /** The larger one; NaN if one is NaN. */
    protected void max(double[] a, double[] b, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            out[i] = Math.max(a[i], b[i]);
        }
    }

    /**
     * exp(x) = 2ᵏ·exp(r).
     *
     * @param power k, in the last bits
     * @param rest exp(r) − 1
     */
    protected void exp(double[] x, double[] power, double[] rest, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            double v = x[i];
            double p = rest[i] + 1;
            long k = Double.doubleToRawLongBits(power[i]);
            out[i] = v > -708 && v < 709 ? p * twoTo(k) : extreme(v, p, k);
        }
    }

    /** exp(x) − 1; see {@link #exp}. */
    protected void expm1(double[] x, double[] power, double[] rest, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            double v = x[i];
            long k = Double.doubleToRawLongBits(power[i]);
            boolean usual = v > -40 && v < 709 && v != 0;
            out[i] = usual ? expm1(k, rest[i]) : v == 0 ? v : v <= -40 ? -1 : extreme(v, rest[i] + 1, k);
        }
    }

    /** 1 − exp(−2|x|) with the sign of x; the other arguments belong to −2|x|, see {@link #exp}. */
    protected void signedExpm1(double[] x, double[] power, double[] rest, double[] out, int from, int n) {
        for (int i = from; i < n; i++) {
            double v = x[i];
            long k = Double.doubleToRawLongBits(power[i]);
            out[i] = Math.abs(v) < 20 ? Math.copySign(expm1(k, rest[i]), v) : Math.signum(v);
        }
    }

    private static double expm1(long power, double rest) {
        return (rest + (1 - twoTo(-power))) * twoTo(power);
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

    /**
     * x = 2ᵏ·(1 + f) with √½ ≤ 1 + f ≤ √2.
     *
     * <p>What is no positive number is taken apart so that k·ln 2 + log(1 + f) is the right thing.
     *
     * @param power k
     * @param fraction f
     */
    protected void takeApart(double[] x, double[] power, double[] fraction, int from, int n) {
        for (int i = from; i < n; i++) {
            double v = x[i];
            boolean tiny = v > 0 && v < Double.MIN_NORMAL;
            double normal = tiny ? v * 0x1p54 : v;
            if (normal > 0 && normal <= Double.MAX_VALUE) {
                long bits = Double.doubleToRawLongBits(normal) + (ONE_BITS - ROOT_HALF);
                power[i] = (int) (bits >> 52) - (tiny ? 1023 + 54 : 1023);
                fraction[i] = Double.longBitsToDouble((bits & FRACTION) + ROOT_HALF) - 1;
            } else {
                power[i] = v > 0 ? v : Double.NEGATIVE_INFINITY;
                fraction[i] = v == 0 || v > 0 ? 0 : Double.NaN;
            }
        }
    }

    /**
     * The same for 1 + x, except that 0 keeps its sign.
     *
     * @param onePlus 1 + x
     * @param correction what is to be added to the logarithm; set to 0 where that is infinite
     */
    protected void takeApart(
            double[] x, double[] onePlus, double[] correction, double[] power, double[] fraction, int from, int n) {
        takeApart(onePlus, power, fraction, from, n);
        mend(x, correction, power, fraction, from, n);
    }

    /** The part of {@link #takeApart(double[], double[], double[], double[], double[], int, int)} for 0 and infinities. */
    protected final void mend(double[] x, double[] correction, double[] power, double[] fraction, int from, int n) {
        for (int i = from; i < n; i++) {
            if (x[i] == 0) {
                power[i] = x[i];
                fraction[i] = x[i];
            } else if (!(Math.abs(power[i]) < Double.POSITIVE_INFINITY)) {
                correction[i] = 0;
            }
        }
    }
}
