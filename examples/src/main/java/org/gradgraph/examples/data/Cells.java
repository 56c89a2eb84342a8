package org.gradgraph.examples.data;

import java.util.Locale;
import java.util.regex.Pattern;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.console.UserError;

/** What a cell of a table of numbers may hold. */
final class Cells {
    /** Stricter than Java's own reading, which takes {@code 1d} and hexadecimal numbers for numbers too. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(nan|inf|infinity)");

    private Cells() {}

    /** Whether the cell is neither empty nor any kind of number, not even a NaN. */
    static boolean isText(String cell) {
        String text = cell.strip();
        return !text.isEmpty() && !NUMBER.matcher(text).matches() && !isNotFinite(text);
    }

    private static boolean isNotFinite(String text) {
        return NOT_FINITE.matcher(text.toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * The number in a cell.
     *
     * @param place where the cell is, for the message
     */
    static double number(String cell, String place) {
        String text = cell.strip();
        if (text.isEmpty()) {
            throw new UserError(place + ": the cell is empty; every cell needs a number");
        }
        if (!NUMBER.matcher(text).matches()) {
            String problem = isNotFinite(text) ? " is not a finite number" : " is not a number";
            throw new UserError(place + ": " + Texts.quoted(text) + problem);
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new UserError(place + ": " + Texts.quoted(text) + " is too large for a double");
        }
        return value;
    }

    /** The label in a cell: a whole number from 0 to {@code classes} − 1, however it is written. */
    static double label(String cell, String place, int classes) {
        double value = number(cell, place);
        if (value != Math.rint(value) || value < 0 || value >= classes) {
            String problem = classes == 2 ? " is neither 0 nor 1" : " is no whole number from 0 to " + (classes - 1);
            throw new UserError(place + ": the label " + Texts.quoted(cell) + problem);
        }
        return Math.abs(value);
    }
}
