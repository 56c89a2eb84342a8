package org.gradgraph.exec.kernel;

/**
 * log and log1p, to two units in the last place.
 *
 * <p>log(2ᵏ·(1 + f)) = k·ln 2 + log(1 + f), and the latter is the series in s = f/(2 + f) with the coefficients of fdlibm's
 * e_log.c (Sun Microsystems, 1993). log1p adds the rounding error of 1 + x, put right to first order (W. Kahan).
 */
final class LogarithmLoops {
    private static final double LN2_HIGH = 0.6931471803691238;
    private static final double LN2_LOW = 1.9082149292705877e-10;
    private static final double L1 = 0.6666666666666735;
    private static final double L2 = 0.3999999999940942;
    private static final double L3 = 0.2857142874366239;
    private static final double L4 = 0.22222198432149784;
    private static final double L5 = 0.1818357216161805;
    private static final double L6 = 0.15313837699209373;
    private static final double L7 = 0.14798198605116586;

    private final BitLoops bits;
    private final double[] power;
    private final double[] fraction;
    private final double[] onePlus;
    private final double[] correction;

    LogarithmLoops(BitLoops bits, int longest) {
        this.bits = bits;
        this.power = new double[longest];
        this.fraction = new double[longest];
        this.onePlus = new double[longest];
        this.correction = new double[longest];
    }

    void log(double[] x, double[] out, int n) {
        bits.takeApart(x, power, fraction, 0, n);
        logarithm(power, fraction, out, n);
    }

    void log1p(double[] x, double[] out, int n) {
        addOne(x, onePlus, correction, n);
        bits.takeApart(x, onePlus, correction, power, fraction, 0, n);
        logarithm(power, fraction, out, n);
        ArithmeticLoops.add(out, correction, out, n);
    }

    private static void addOne(double[] x, double[] onePlus, double[] correction, int n) {
        for (int i = 0; i < n; i++) {
            double u = x[i] + 1;
            onePlus[i] = u;
            correction[i] = (x[i] - (u - 1)) / u;
        }
    }

    private static void logarithm(double[] power, double[] fraction, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            double f = fraction[i];
            double s = f / (f + 2);
            double z = s * s;
            double r = L7;
            r = r * z + L6;
            r = r * z + L5;
            r = r * z + L4;
            r = r * z + L3;
            r = r * z + L2;
            r = r * z + L1;
            double halfSquare = 0.5 * f * f;
            double low = power[i] * LN2_LOW + s * (halfSquare + r * z);
            out[i] = power[i] * LN2_HIGH + (f - (halfSquare - low));
        }
    }
}
