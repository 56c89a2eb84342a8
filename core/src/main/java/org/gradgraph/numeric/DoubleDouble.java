package org.gradgraph.numeric;

/**
 * An unevaluated sum of two doubles, about 32 digits, for what cancels in double arithmetic.
 *
 * <p>The algorithms are those of T. J. Dekker, A Floating-Point Technique for Extending the Available Precision, Numerische
 * Mathematik 18 (1971), with fused multiply-adds. Numbers beyond 1e300 give NaN.
 *
 * @param high the nearest double
 * @param low the rest
 */
record DoubleDouble(double high, double low) {
    static final DoubleDouble ONE = of(1);
    static final DoubleDouble PI = new DoubleDouble(3.141592653589793, 1.2246467991473532e-16);
    private static final DoubleDouble LOG_2 = new DoubleDouble(0.6931471805599453, 2.3190468138462996e-17);

    /** Terms of series are left out below this part of the sum. */
    private static final double NEGLIGIBLE = 0x1p-110;

    static DoubleDouble of(double x) {
        return new DoubleDouble(x, 0);
    }

    private static DoubleDouble normalised(double high, double low) {
        double sum = high + low;
        return new DoubleDouble(sum, high - sum + low);
    }

    DoubleDouble negate() {
        return new DoubleDouble(-high, -low);
    }

    DoubleDouble plus(DoubleDouble other) {
        DoubleDouble highs = sum(high, other.high);
        DoubleDouble lows = sum(low, other.low);
        DoubleDouble first = normalised(highs.high, highs.low + lows.high);
        return normalised(first.high, first.low + lows.low);
    }

    /** The sum without rounding. */
    static DoubleDouble sum(double a, double b) {
        double sum = a + b;
        double part = sum - a;
        return new DoubleDouble(sum, a - (sum - part) + (b - part));
    }

    DoubleDouble plus(double other) {
        return plus(of(other));
    }

    DoubleDouble minus(DoubleDouble other) {
        return plus(other.negate());
    }

    DoubleDouble times(DoubleDouble other) {
        double product = high * other.high;
        double rest = Math.fma(high, other.high, -product);
        return normalised(product, Math.fma(high, other.low, Math.fma(low, other.high, rest)));
    }

    DoubleDouble times(double other) {
        return times(of(other));
    }

    DoubleDouble dividedBy(DoubleDouble other) {
        double first = high / other.high;
        DoubleDouble rest = minus(other.times(first));
        double second = rest.high / other.high;
        double third = rest.minus(other.times(second)).high / other.high;
        return normalised(first, second).plus(third);
    }

    DoubleDouble reciprocal() {
        return ONE.dividedBy(this);
    }

    /** This to a power of 0 or more. */
    DoubleDouble power(int exponent) {
        DoubleDouble result = ONE;
        for (int i = 0; i < exponent; i++) {
            result = result.times(this);
        }
        return result;
    }

    DoubleDouble abs() {
        return high < 0 ? negate() : this;
    }

    /** The natural logarithm of a normal number above 0: 2·artanh((m − 1)/(m + 1)) + k·log 2 for m·2ᵏ. */
    DoubleDouble log() {
        int exponent = Math.getExponent(high / Math.sqrt(0.5));
        double scale = Math.scalb(1.0, -exponent);
        DoubleDouble mantissa = new DoubleDouble(high * scale, low * scale);
        DoubleDouble ratio = mantissa.plus(-1).dividedBy(mantissa.plus(1));
        return ratio.oddSeries(2, (k, square) -> square.times(k).dividedBy(of(k + 2)))
                .plus(LOG_2.times(exponent));
    }

    /** The sine of a number between −π/2 and π/2. */
    DoubleDouble sin() {
        return oddSeries(1, (k, square) -> square.negate().dividedBy(of((k + 1) * (k + 2))));
    }

    /** The cosine of a number between −π/2 and π/2: the sine of what is left to π/2. */
    DoubleDouble cos() {
        return PI.times(0.5).minus(abs()).sin();
    }

    /** The factor from one term of a series to the next. */
    private interface Ratio {
        DoubleDouble of(double k, DoubleDouble square);
    }

    /** {@code first·x·(1 + r₁ + r₁·r₃ + …)}. */
    private DoubleDouble oddSeries(double first, Ratio ratio) {
        DoubleDouble square = times(this);
        DoubleDouble term = times(first);
        DoubleDouble sum = term;
        for (int k = 1; Math.abs(term.high) > NEGLIGIBLE * Math.abs(sum.high); k += 2) {
            term = term.times(ratio.of(k, square));
            sum = sum.plus(term);
        }
        return sum;
    }
}
