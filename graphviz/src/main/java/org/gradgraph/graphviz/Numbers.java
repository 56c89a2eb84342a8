package org.gradgraph.graphviz;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How numbers are written in pictures. */
final class Numbers {
    private static final MathContext BRIEF = new MathContext(5, RoundingMode.HALF_EVEN);
    private static final int LONGEST_PLAIN = 9;

    private Numbers() {}

    /** All digits that tell the number from its neighbours, without a superfluous {@code .0}. */
    static String full(double value) {
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Five significant digits, for the cells of a table; the sign of a zero would only be noise there. */
    static String brief(double value) {
        if (value == 0) {
            return "0";
        }
        if (!Double.isFinite(value)) {
            return full(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(BRIEF).stripTrailingZeros();
        String plain = rounded.toPlainString();
        return plain.length() <= LONGEST_PLAIN ? plain : full(rounded.doubleValue());
    }
}
