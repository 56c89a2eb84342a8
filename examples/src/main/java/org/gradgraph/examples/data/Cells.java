package org.gradgraph.examples.data;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.console.UserError;

/** What a cell of a table of numbers may hold. */
final class Cells {
    /** Stricter than Java's own reading, which takes {@code 1d} and hexadecimal numbers for numbers too. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(nan|inf|infinity)");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d+,\\d+");
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "?", "null");

    private Cells() {}

    /** Whether the cell has no value: empty, or one of the usual words for that. */
    static boolean isMissing(String cell) {
        return MISSING.contains(cell.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether the cell has a value that is no number, not even a NaN. */
    static boolean isText(String cell) {
        return !isMissing(cell) && !isNumber(cell);
    }

    /** Whether the cell is any kind of number, a NaN included. */
    static boolean isNumber(String cell) {
        String text = cell.strip();
        return NUMBER.matcher(text).matches() || isNotFinite(text);
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
        if (!NUMBER.matcher(text).matches()) {
            throw new UserError(place + ": " + Texts.quoted(text) + whyNotANumber(text));
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new UserError(place + ": " + Texts.quoted(text) + " is too large for a double");
        }
        return value;
    }

    private static String whyNotANumber(String text) {
        if (isNotFinite(text)) {
            return " is not a finite number";
        }
        if (DECIMAL_COMMA.matcher(text).matches()) {
            return " is not a number; write a point before the decimals";
        }
        return text.codePoints()
                .filter(Cells::isInvisible)
                .mapToObj(sign -> " is not a number; it contains " + nameOf(sign))
                .findFirst()
                .orElse(" is not a number");
    }

    static boolean isInvisible(int sign) {
        int type = Character.getType(sign);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (type == Character.SPACE_SEPARATOR && sign != ' ')
                || sign == 0xFFFD;
    }

    private static String nameOf(int sign) {
        String code = String.format("(U+%04X)", sign);
        return switch (sign) {
            case 0 -> "a NUL character " + code + ", so the file is binary or in an encoding other than UTF-8";
            case 0xA0, 0x202F, 0x2007 -> "a no-break space " + code + ", which must be removed";
            case 0xFFFD -> "bytes that are not UTF-8; save the file in UTF-8";
            default -> "the invisible character " + code + ", which must be removed";
        };
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
