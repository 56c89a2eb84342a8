package org.gradgraph.examples.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.Texts;

/**
 * Matrices beside each other as grey fields, the largest element white, the smallest black, as SVG.
 *
 * <pre>{@code
 * String svg = new GridPicture("Edges").add("picture", x, true).add("result", y, true).toString();
 * }</pre>
 */
public final class GridPicture {
    private static final int FIELD = 30;
    private static final int GAP = 30;
    private static final int TOP = 70;

    private final String title;
    private final StringBuilder content = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private int right = GAP;
    private int bottom = TOP;

    /** A picture without matrices yet. */
    public GridPicture(String title) {
        this.title = title;
    }

    /**
     * One more matrix, to the right of the others.
     *
     * @param numbers whether every field also shows its number
     */
    public GridPicture add(String name, DMatrixRMaj matrix, boolean numbers) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < matrix.getNumElements(); i++) {
            lowest = Math.min(lowest, matrix.get(i));
            highest = Math.max(highest, matrix.get(i));
        }
        line("<text x=\"%d\" y=\"%d\">%s</text>", right, TOP - 10, escaped(name));
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < matrix.numCols; j++) {
                double value = matrix.get(i, j);
                double share = highest > lowest ? (value - lowest) / (highest - lowest) : 0.5;
                field(
                        right + j * FIELD,
                        TOP + i * FIELD,
                        (int) Math.round(255 * share),
                        numbers ? Texts.number(value) : "");
            }
        }
        names.add(name);
        right += Math.max(matrix.numCols * FIELD, 8 * name.length()) + GAP;
        bottom = Math.max(bottom, TOP + matrix.numRows * FIELD);
        return this;
    }

    private void field(int x, int y, int grey, String number) {
        line(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"rgb(%d,%d,%d)\" stroke=\"#888\"/>",
                x, y, FIELD, FIELD, grey, grey, grey);
        if (!number.isEmpty()) {
            line(
                    "<text x=\"%d\" y=\"%d\" dy=\"0.35em\" text-anchor=\"middle\" fill=\"%s\">%s</text>",
                    x + FIELD / 2, y + FIELD / 2, grey < 128 ? "white" : "black", number);
        }
    }

    private void line(String format, Object... arguments) {
        content.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The SVG text. */
    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\""
                                + " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\" fill=\"#333\">%n"
                                + "<title>%3$s: %4$s</title>%n<rect width=\"%1$d\" height=\"%2$d\" fill=\"white\"/>%n"
                                + "<text x=\"%5$d\" y=\"30\" font-size=\"16\">%3$s</text>%n",
                        right,
                        bottom + GAP,
                        escaped(title),
                        escaped(String.join(", ", names)),
                        GAP)
                + content
                + "</svg>\n";
    }
}
