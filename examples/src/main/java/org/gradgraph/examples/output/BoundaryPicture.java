package org.gradgraph.examples.output;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * Points of two colours in the plane, and where a classifier draws the line between them, as SVG.
 *
 * <pre>{@code
 * String svg = BoundaryPicture.draw("4 hidden units", points, labels, classifier);
 * }</pre>
 */
public final class BoundaryPicture {
    private static final int SIZE = 480;
    private static final int TOP = 48;
    private static final int FIELDS = 160;
    private static final double MARGIN = 0.5;

    /** Two colours that stay apart for colour-blind eyes, and their pale forms. */
    private static final String[] DOTS = {"#c8361d", "#1f5fbf"};

    private static final String[] AREAS = {"#f7d9d0", "#d3e2f7"};

    private final double left;
    private final double bottom;
    private final double width;
    private final double height;
    private final StringBuilder svg = new StringBuilder();

    private BoundaryPicture(DMatrixRMaj points) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int j = 0; j < points.numCols; j++) {
            for (int i = 0; i < 2; i++) {
                low[i] = Math.min(low[i], points.get(i, j) - MARGIN);
                high[i] = Math.max(high[i], points.get(i, j) + MARGIN);
            }
        }
        left = low[0];
        bottom = low[1];
        width = high[0] - low[0];
        height = high[1] - low[1];
    }

    /**
     * Draws the picture.
     *
     * @param points 2×m
     * @param labels 0 or 1, 1×m
     * @param classifier gives the probability of label 1, a row, for points in columns
     */
    public static String draw(
            String title, DMatrixRMaj points, DMatrixRMaj labels, UnaryOperator<DMatrixRMaj> classifier) {
        return new BoundaryPicture(points).text(title, points, labels, classifier);
    }

    private String text(String title, DMatrixRMaj points, DMatrixRMaj labels, UnaryOperator<DMatrixRMaj> classifier) {
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\""
                        + " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"16\" fill=\"#333\">",
                SIZE, SIZE + TOP);
        line("<title>%s</title>", GridPicture.escaped(title));
        line("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", SIZE, SIZE + TOP);
        line("<text x=\"16\" y=\"30\">%s</text>", GridPicture.escaped(title));
        areas(classifier.apply(fields()));
        for (int j = 0; j < points.numCols; j++) {
            line(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\" stroke=\"white\" stroke-width=\"0.7\"/>",
                    (points.get(0, j) - left) / width * SIZE,
                    TOP + SIZE - (points.get(1, j) - bottom) / height * SIZE,
                    DOTS[labels.get(j) == 1 ? 1 : 0]);
        }
        return svg.append("</svg>\n").toString();
    }

    /** The middle of each field, row by row from the top. */
    private DMatrixRMaj fields() {
        DMatrixRMaj middle = new DMatrixRMaj(2, FIELDS * FIELDS);
        for (int i = 0; i < FIELDS; i++) {
            for (int j = 0; j < FIELDS; j++) {
                middle.set(0, i * FIELDS + j, left + (j + 0.5) / FIELDS * width);
                middle.set(1, i * FIELDS + j, bottom + (FIELDS - i - 0.5) / FIELDS * height);
            }
        }
        return middle;
    }

    /** Neighbouring fields of one colour become one rectangle. */
    private void areas(DMatrixRMaj probabilities) {
        double side = (double) SIZE / FIELDS;
        for (int i = 0; i < FIELDS; i++) {
            int from = 0;
            for (int j = 1; j <= FIELDS; j++) {
                boolean one = probabilities.get(i * FIELDS + from) > 0.5;
                if (j == FIELDS || probabilities.get(i * FIELDS + j) > 0.5 != one) {
                    line(
                            "<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" fill=\"%s\" shape-rendering=\"crispEdges\"/>",
                            from * side, TOP + i * side, (j - from) * side, side, AREAS[one ? 1 : 0]);
                    from = j;
                }
            }
        }
    }

    private void line(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
