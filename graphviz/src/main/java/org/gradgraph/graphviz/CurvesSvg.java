package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws curves. */
final class CurvesSvg {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 432;
    private static final int TOP = 44;
    private static final int BOTTOM = 64;
    private static final int MARGIN = 20;

    /** The line of the name of the vertical axis, which is turned by 90 degrees. */
    private static final int NAME = 26;

    private static final int LEGEND_LINE = 20;
    private static final int LEGEND_SIGN = 46;
    private static final int LONGEST_LEGEND = 260;
    private static final int TEXT = 13;
    private static final int SMALL_TEXT = 11;
    private static final int TITLE = 16;

    /** Colours that colour-blind eyes tell apart (Okabe and Ito), the palest left out. */
    private static final List<String> COLORS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

    private static final List<String> DASHES = List.of("", "7 3", "2 3", "9 3 2 3", "12 4", "4 2 1 2 1 2");

    private static final String STYLE =
            "<style>text{font-family:Helvetica,Arial,sans-serif;font-size:13px;fill:#1b1f24}"
                    + ".title{font-size:16px;font-weight:bold}.tick{font-size:11px}.paper{fill:#fff}.grid{stroke:#d8dce1}"
                    + ".axis{stroke:#1b1f24;fill:none}.curve{fill:none;stroke-width:2;stroke-linejoin:round}"
                    + ".pale{fill:none;stroke-width:1;opacity:.3}"
                    + "@media (prefers-color-scheme:dark){text{fill:#e8eaed}.paper{fill:#15181c}.grid{stroke:#343a42}"
                    + ".axis{stroke:#e8eaed}}</style>\n";

    private final Curves plot;
    private final Scale xScale;
    private final Scale yScale;
    private final List<String> xTexts;
    private final List<String> yTexts;
    private final double left;
    private final double right;
    private final double bottom;
    private final StringBuilder svg = new StringBuilder();

    private CurvesSvg(Curves plot) {
        this.plot = plot;
        this.xScale = plot.xScale();
        this.yScale = plot.yScale();
        this.xTexts = TickTexts.of(xScale);
        this.yTexts = TickTexts.of(yScale);
        this.left = NAME + 14 + widest(yTexts, SMALL_TEXT);
        List<String> names = plot.curves().stream().map(CurvesSvg::legendText).toList();
        this.right = WIDTH - MARGIN - (names.isEmpty() ? 0 : LEGEND_SIGN + widest(names, TEXT));
        this.bottom = Math.max(HEIGHT - BOTTOM, TOP + names.size() * LEGEND_LINE);
    }

    private static double widest(List<String> texts, int size) {
        return texts.stream()
                .mapToDouble(text -> TextWidth.of(text, size))
                .max()
                .orElse(0);
    }

    private static String legendText(Curve curve) {
        return TextWidth.fitted(Text.shown(curve.name()), TEXT, LONGEST_LEGEND);
    }

    static String of(Curves plot) {
        return new CurvesSvg(plot).draw();
    }

    private String draw() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%1$d\" height=\"%2$s\" viewBox=\"0 0 %1$d %2$s\">\n",
                WIDTH, number(bottom + BOTTOM));
        add("<title>%s</title>\n%s", escaped(Text.shown(plot.title())), STYLE);
        add("<rect class=\"paper\" width=\"100%%\" height=\"100%%\"/>\n");
        text("title", WIDTH / 2.0, 26, "middle", TextWidth.fitted(Text.shown(plot.title()), TITLE, WIDTH - 2 * MARGIN));
        axes();
        for (int i = 0; i < plot.curves().size(); i++) {
            curve(plot.curves().get(i), i);
            legend(plot.curves().get(i), i);
        }
        text("tick", right, bottom + BOTTOM - 8, "end", notes());
        return svg.append("</svg>\n").toString();
    }

    private String notes() {
        List<String> notes = new ArrayList<>();
        if (plot.smoothing() > 0) {
            notes.add("smoothed; the pale lines are the values");
        }
        long notDrawn = plot.notDrawn();
        if (notDrawn > 0) {
            notes.add(notDrawn == 1 ? "1 value is not drawn" : notDrawn + " values are not drawn");
        }
        return String.join("; ", notes);
    }

    private void axes() {
        for (int i = 0; i < yTexts.size(); i++) {
            double y = y(yScale.ticks().get(i).doubleValue());
            line(left, y, right, y);
            text("tick", left - 8, y + 4, "end", yTexts.get(i));
        }
        double room = (right - left) / Math.max(1, xTexts.size() - 1);
        int stride = (int) Math.ceil((widest(xTexts, SMALL_TEXT) + 6) / room);
        for (int i = 0; i < xTexts.size(); i++) {
            double x = x(xScale.ticks().get(i).doubleValue());
            line(x, TOP, x, bottom);
            text("tick", x, bottom + 16, "middle", i % stride == 0 ? xTexts.get(i) : "");
        }
        add("<path class=\"axis\" d=\"M%s %dV%sH%s\"/>\n", number(left), TOP, number(bottom), number(right));
        text("name", (left + right) / 2, bottom + 36, "middle", fitted(plot.xName(), right - left));
        add(
                "<text class=\"name\" text-anchor=\"middle\" transform=\"translate(%d %s) rotate(-90)\">%s</text>\n",
                NAME - 8, number((TOP + bottom) / 2), escaped(fitted(plot.yName(), bottom - TOP)));
    }

    private static String fitted(String name, double room) {
        return TextWidth.fitted(Text.shown(name), TEXT, room);
    }

    private static String color(int i) {
        return " stroke=\"" + COLORS.get(i % COLORS.size()) + "\"";
    }

    private static String look(int i) {
        String dashes = DASHES.get(i % DASHES.size());
        return color(i) + (dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"");
    }

    private void curve(Curve curve, int i) {
        boolean isSmoothed = plot.smoothing() > 0 && !curve.dots();
        if (isSmoothed) {
            add("<path class=\"pale\"%s d=\"%s\"/>\n", color(i), path(curve));
        }
        Curve drawn = isSmoothed ? curve.smoothed(plot.smoothing(), yScale) : curve;
        add("<path class=\"curve\" stroke-linecap=\"round\"%s d=\"%s\"/>\n", look(i), path(drawn));
        for (int k = 0; curve.dots() && k < curve.x().length; k++) {
            if (xScale.canDraw(curve.x()[k]) && yScale.canDraw(curve.y()[k])) {
                dot(x(curve.x()[k]), y(curve.y()[k]), i);
            }
        }
    }

    /** A pen that is lifted where a value cannot be drawn; a lonely point becomes a dot. */
    private String path(Curve curve) {
        Thinned points = Thinned.of(curve, xScale, yScale, (int) (right - left));
        StringBuilder path = new StringBuilder();
        boolean down = false;
        for (int i = 0; i < points.size(); i++) {
            if (!points.canDraw(i)) {
                down = false;
                continue;
            }
            path.append(down ? 'L' : 'M')
                    .append(number(x(points.x(i))))
                    .append(' ')
                    .append(number(y(points.y(i))));
            boolean lonely = !down && (i + 1 == points.size() || !points.canDraw(i + 1));
            path.append(lonely ? "h0" : "");
            down = true;
        }
        return path.toString();
    }

    private void legend(Curve curve, int i) {
        double y = TOP + 10 + (double) i * LEGEND_LINE;
        add("<path class=\"curve\"%s d=\"M%s %sh26\"/>\n", look(i), number(right + 14), number(y));
        if (curve.dots()) {
            dot(right + 27, y, i);
        }
        text("legend", right + LEGEND_SIGN, y + 4, "start", legendText(curve));
    }

    private void dot(double x, double y, int i) {
        add(
                "<circle cx=\"%s\" cy=\"%s\" r=\"3.5\" fill=\"%s\"/>\n",
                number(x), number(y), COLORS.get(i % COLORS.size()));
    }

    private double x(double value) {
        return left + xScale.place(value) * (right - left);
    }

    private double y(double value) {
        return bottom - yScale.place(value) * (bottom - TOP);
    }

    private void line(double x1, double y1, double x2, double y2) {
        add("<path class=\"grid\" d=\"M%s %sL%s %s\"/>\n", number(x1), number(y1), number(x2), number(y2));
    }

    private void text(String type, double x, double y, String anchor, String text) {
        if (!text.isEmpty()) {
            add(
                    "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n",
                    type, number(x), number(y), anchor, escaped(text));
        }
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments));
    }

    private static String escaped(String shown) {
        return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
