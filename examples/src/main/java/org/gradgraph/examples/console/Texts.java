package org.gradgraph.examples.console;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * How numbers and foreign text are shown.
 *
 * <pre>{@code
 * Texts.number(33.00300000000001);      // 33.003
 * Texts.quoted("a\tb");                 // "a b"
 * }</pre>
 */
public final class Texts {
    private static final MathContext DIGITS = new MathContext(12);
    private static final int LONGEST = 40;

    private Texts() {}

    /** A number with at most twelve digits and without trailing zeros. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return rounded.abs().compareTo(BigDecimal.ONE.movePointLeft(6)) < 0 && rounded.signum() != 0
                ? rounded.toString()
                : rounded.toPlainString();
    }

    /** A number of things, such as {@code 1 error} or {@code 7 errors}. */
    public static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** A piece of user input in quotes, shortened if it is long. */
    public static String quoted(String text) {
        String line = oneLine(text);
        return '"' + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + '"';
    }

    /** The text with line breaks and other control characters as spaces. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
