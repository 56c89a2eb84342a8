package org.gradgraph.graphviz;

/** How much room a line of Helvetica needs at most, in the units of its size; drawing programs decide the rest. */
final class TextWidth {
    private static final double NARROW = 0.58;
    private static final double WIDE = 0.95;
    private static final double IDEOGRAPH = 1.05;
    private static final int FIRST_IDEOGRAPH = 0x2E80;

    private TextWidth() {}

    static double of(String text, double size) {
        return text.codePoints().mapToDouble(TextWidth::share).sum() * size;
    }

    private static double share(int c) {
        if (c >= FIRST_IDEOGRAPH) {
            return IDEOGRAPH;
        }
        return Character.isUpperCase(c) || "mw@%—…".indexOf(c) >= 0 ? WIDE : NARROW;
    }

    /** The text, or as much of its beginning as fits, and an ellipsis. */
    static String fitted(String text, double size, double room) {
        if (of(text, size) <= room) {
            return text;
        }
        int[] codePoints = text.codePoints().toArray();
        int length = codePoints.length;
        while (length > 0 && of(new String(codePoints, 0, length) + "…", size) > room) {
            length--;
        }
        return new String(codePoints, 0, length) + "…";
    }
}
