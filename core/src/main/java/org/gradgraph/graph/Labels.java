package org.gradgraph.graph;

import java.util.Locale;
import java.util.StringJoiner;

/** How names and numbers are written in messages and in the text form. */
final class Labels {
    private static final int LONGEST = 60;

    private Labels() {}

    static String of(Node.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** A name in quotes on one line, shortened if it is very long. */
    static String quoted(String name) {
        StringBuilder text = new StringBuilder("\"");
        int length = name.codePointCount(0, name.length());
        int end = name.offsetByCodePoints(0, Math.min(LONGEST, length));
        for (int at = 0, c; at < end; at += Character.charCount(c)) {
            c = name.codePointAt(at);
            if (c == '"' || c == '\\') {
                text.append('\\').appendCodePoint(c);
            } else if (breaksTheLine(c)) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.appendCodePoint(c);
            }
        }
        return text.append(length > LONGEST ? "…\"" : "\"").toString();
    }

    /** A number that follows a sign of its own if it is negative, and {@code plus} if not. */
    static String signed(double value, String plus) {
        String text = number(value);
        return text.startsWith("-") ? "−" + text.substring(1) : plus + text;
    }

    /** A name with numbers as attributes, for example {@code clip(0, 1)}. */
    static String call(String name, double... numbers) {
        StringJoiner text = new StringJoiner(", ", name + "(", ")");
        for (double each : numbers) {
            text.add(number(each));
        }
        return text.toString();
    }

    private static boolean breaksTheLine(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    static String number(double value) {
        return Notation.number(value);
    }
}
