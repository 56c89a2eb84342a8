package org.gradgraph.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** How numbers are written in reports: no more digits than mean something. */
final class Numbers {
    private Numbers() {}

    /** Ten significant digits, without zeros at the end. */
    static String of(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(10)).stripTrailingZeros();
        double size = Math.abs(value);
        return size >= 1e-4 && size < 1e10 ? rounded.toPlainString() : String.format(Locale.ROOT, "%.4e", value);
    }

    /** A value and how far it may be off; digits below the error are left out. */
    static String of(double value, double error) {
        if (!Double.isFinite(value) || !Double.isFinite(error) || error <= 0) {
            return of(value);
        }
        int digits = Math.min(300, Math.max(0, 1 - (int) Math.floor(Math.log10(error))));
        double rounded =
                new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
        return of(rounded) + String.format(Locale.ROOT, " ± %.0e", error);
    }
}
