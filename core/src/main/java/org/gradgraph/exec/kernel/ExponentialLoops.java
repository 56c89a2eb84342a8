package org.gradgraph.exec.kernel;

/**
 * exp and expm1, to two units in the last place, and tanh, to three.
 *
 * <p>x = k·ln 2 + r, with ln 2 in two parts so that k times the first is exact (Cody and Waite, Software Manual for the
 * Elementary Functions, 1980), and the Taylor polynomial of degree 13 for exp(r) − 1, whose remainder on |r| ≤ ln(2)/2 is
 * below 5·10⁻¹⁸. tanh is −e/(2 + e) with e = expm1(−2|x|).
 *
 * <p>No product and sum have one rounding: where the processor has no such instruction, that would be very slow.
 */
final class ExponentialLoops {
    private static final double LOG2_E = 1.4426950408889634;

    /** Its last 20 bits are 0. */
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

    private final BitLoops bits;
    private final double[] power;
    private final double[] rest;
    private final double[] argument;

    ExponentialLoops(BitLoops bits, int longest) {
        this.bits = bits;
        this.power = new double[longest];
        this.rest = new double[longest];
        this.argument = new double[longest];
    }

    void exp(double[] x, double[] out, int n) {
        reduce(x, power, rest, n);
        bits.exp(x, power, rest, out, 0, n);
    }

    void expm1(double[] x, double[] out, int n) {
        reduce(x, power, rest, n);
        bits.expm1(x, power, rest, out, 0, n);
    }

    void tanh(double[] x, double[] out, int n) {
        twiceTheSizeBelowZero(x, argument, n);
        reduce(argument, power, rest, n);
        bits.signedExpm1(x, power, rest, out, 0, n);
        divideByWhatIsMissingToTwo(out, n);
    }

    private static void reduce(double[] x, double[] power, double[] rest, int n) {
        for (int i = 0; i < n; i++) {
            double rounded = x[i] * LOG2_E + ROUNDER;
            double k = rounded - ROUNDER;
            double r = (x[i] - k * LN2_HIGH) - k * LN2_LOW;
            double p = T13;
            p = p * r + T12;
            p = p * r + T11;
            p = p * r + T10;
            p = p * r + T9;
            p = p * r + T8;
            p = p * r + T7;
            p = p * r + T6;
            p = p * r + T5;
            p = p * r + T4;
            p = p * r + T3;
            p = p * r + T2;
            power[i] = rounded;
            rest[i] = p * (r * r) + r;
        }
    }

    private static void twiceTheSizeBelowZero(double[] x, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = -2 * Math.abs(x[i]);
        }
    }

    private static void divideByWhatIsMissingToTwo(double[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = out[i] / (2 - Math.abs(out[i]));
        }
    }
}
