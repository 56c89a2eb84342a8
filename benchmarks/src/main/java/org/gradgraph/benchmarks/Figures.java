package org.gradgraph.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalDouble;

/** Figures with the digits that a reader can use. */
final class Figures {
    static final String NONE = "–";

    private Figures() {}

    /** Two digits, or three if the first is a 1; never in powers of ten. */
    static String digits(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        BigDecimal two = BigDecimal.valueOf(value).round(new MathContext(2));
        boolean small = two.unscaledValue().abs().toString().startsWith("1");
        return (small ? BigDecimal.valueOf(value).round(new MathContext(3)) : two)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** For example {@code 3.2 ms}. */
    static String time(OptionalDouble nanoseconds) {
        if (nanoseconds.isEmpty()) {
            return NONE;
        }
        double value = nanoseconds.getAsDouble();
        if (value < 1e3) {
            return digits(value) + " ns";
        }
        if (value < 1e6) {
            return digits(value / 1e3) + " µs";
        }
        return value < 1e9 ? digits(value / 1e6) + " ms" : digits(value / 1e9) + " s";
    }

    /** A ratio; a cross follows if it is above its goal. */
    static String ratio(OptionalDouble part, OptionalDouble whole, double goal) {
        if (part.isEmpty() || whole.isEmpty()) {
            return NONE;
        }
        double ratio = part.getAsDouble() / whole.getAsDouble();
        return digits(ratio) + (ratio > goal ? " ✗" : "");
    }

    static String milliseconds(double value) {
        String digits = digits(value);
        return digits.equals(NONE) ? NONE : digits + " ms";
    }

    static String goal(double goal) {
        return Double.isNaN(goal) ? NONE : "≤ " + digits(goal);
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", (double) bytes / 1e6);
    }
}
