package org.gradgraph.graphviz;

/** Turns any string into text that is safe to show, in DOT, in XML and in JSON. */
final class Text {
    private static final int LONGEST = 60;
    private static final int REPLACEMENT = 0xFFFD;
    private static final int CONTROL_PICTURES = 0x2400;

    private Text() {}

    /** One visible line of bounded length: what would vanish, break the line or turn it round is written out. */
    static String shown(String text) {
        return shown(text, LONGEST);
    }

    static String shown(String text, int longest) {
        if (text.isBlank() && text.length() < longest) {
            return '"' + visible(text, longest) + '"';
        }
        return visible(text, longest);
    }

    private static String visible(String text, int longest) {
        StringBuilder line = new StringBuilder();
        int[] codePoints = text.codePoints().limit(longest + 1L).toArray();
        for (int i = 0; i < Math.min(longest, codePoints.length); i++) {
            appendVisible(line, codePoints[i]);
        }
        return codePoints.length > longest ? line.append('…').toString() : line.toString();
    }

    private static void appendVisible(StringBuilder line, int c) {
        int type = Character.getType(c);
        if (c < ' ') {
            line.appendCodePoint(CONTROL_PICTURES + c);
        } else if (type == Character.SURROGATE) {
            line.appendCodePoint(REPLACEMENT);
        } else if (type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (c & 0xFFFE) == 0xFFFE) {
            line.append(String.format("⟨U+%04X⟩", c));
        } else {
            line.appendCodePoint(c);
        }
    }

    /** A DOT string in quotes whose text appears as it is; line breaks are kept. */
    static String quoted(String text) {
        return inQuotes(escaped(text));
    }

    /** A DOT string of text that is escaped already. */
    static String inQuotes(String escaped) {
        return '"' + escaped.replace("\"", "\\\"") + '"';
    }

    /** Text that Graphviz shows as it is in a label or tooltip, once the quotes around it are taken care of. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** The same for a tooltip, in which Graphviz looks for escapes twice. */
    static String escapedTwice(String text) {
        return escaped(text.replace("\\", "\\\\"));
    }

    /** Text between the tags of an HTML-like label, in which Graphviz looks for escapes too. */
    static String html(String text) {
        StringBuilder html = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\\' -> html.append("\\\\");
                case '\n' -> html.append("<BR/>");
                default -> html.append(c);
            }
        }
        return html.toString();
    }
}
