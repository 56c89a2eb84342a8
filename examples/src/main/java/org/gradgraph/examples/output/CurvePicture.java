package org.gradgraph.examples.output;

import java.util.Locale;
import org.gradgraph.examples.console.Texts;

/**
 * A curve over the steps of some work, as an SVG picture with both axes labelled.
 *
 * <pre>{@code
 * String svg = new CurvePicture("Cost of each step", "step", "J").draw(costs);
 * }</pre>
 */
public final class CurvePicture {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int LEFT = 72;
    private static final int RIGHT = 24;
    private static final int TOP = 48;
    private static final int BOTTOM = 56;

    /** More than the picture has pixels across. */
    private static final int MOST_POINTS = 1000;

    private final String title;
    private final String across;
    private final String up;

    /** A picture with a title and the names of its axes. */
    public CurvePicture(String title, String across, String up) {
        this.title = escaped(title);
        this.across = escaped(across);
        this.up = escaped(up);
    }

    /**
     * Draws finite values, the first one at step 0, above a vertical axis that starts at 0 or below.
     *
     * @param values at least two
     */
    public String draw(double[] values) {
        double lowest = 0;
        double highest = 0;
        for (double value : values) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        Scale horizontal = new Scale(0, values.length - 1, LEFT, WIDTH - RIGHT);
        Scale vertical = new Scale(lowest, highest, HEIGHT - BOTTOM, TOP);
        StringBuilder svg = new StringBuilder();
        line(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\" fill=\"#333\">",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT);
        line(svg, "<title>%s</title>", title);
        line(svg, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
        line(svg, "<text x=\"%d\" y=\"28\" font-size=\"16\">%s</text>", LEFT, title);
        for (double tick : horizontal.ticks()) {
            line(
                    svg,
                    "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    pixel(horizontal.at(tick)),
                    HEIGHT - BOTTOM + 20,
                    Texts.number(tick));
        }
        for (double tick : vertical.ticks()) {
            String y = pixel(vertical.at(tick));
            line(svg, "<path d=\"M%d %sH%d\" stroke=\"%s\"/>", LEFT, y, WIDTH - RIGHT, tick == 0 ? "#333" : "#ddd");
            line(
                    svg,
                    "<text x=\"%d\" y=\"%s\" dy=\"0.35em\" text-anchor=\"end\">%s</text>",
                    LEFT - 10,
                    y,
                    Texts.number(tick));
        }
        line(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 12,
                across);
        line(svg, "<text x=\"20\" y=\"%d\" text-anchor=\"middle\">%s</text>", (TOP + HEIGHT - BOTTOM) / 2, up);
        line(
                svg,
                "<path d=\"%s\" fill=\"none\" stroke=\"#1f5fbf\" stroke-width=\"2\" stroke-linejoin=\"round\"/>",
                path(values, horizontal, vertical));
        return svg.append("</svg>\n").toString();
    }

    private static String path(double[] values, Scale horizontal, Scale vertical) {
        StringBuilder path = new StringBuilder();
        int last = values.length - 1;
        int points = Math.min(last, MOST_POINTS);
        for (int k = 0; k <= points; k++) {
            int i = (int) ((long) k * last / points);
            path.append(k == 0 ? 'M' : 'L')
                    .append(pixel(horizontal.at(i)))
                    .append(' ')
                    .append(pixel(vertical.at(values[i])));
        }
        return path.toString();
    }

    private static void line(StringBuilder svg, String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String pixel(double position) {
        return String.format(Locale.ROOT, "%.1f", position);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
