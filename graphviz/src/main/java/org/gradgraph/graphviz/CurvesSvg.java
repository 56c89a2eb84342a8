package org.gradgraph.graphviz;

import java.util.List;
import java.util.Locale;

/** Draws curves. */
final class CurvesSvg {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 432;
    private static final int LEFT = 72;
    private static final int TOP = 44;
    private static final int BOTTOM = 56;
    private static final int RIGHT = 20;
    private static final int LEGEND_LINE = 20;
    private static final int LEGEND_LETTER = 7;
    private static final int LONGEST_NAME = 32;

    /** Colours that colour-blind eyes tell apart (Okabe and Ito), the palest left out. */
    private static final List<String> COLORS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

    private static final List<String> DASHES = List.of("", "7 3", "2 3", "9 3 2 3", "12 4", "4 2 1 2 1 2");

    private static final String STYLE =
            "<style>text{font-family:Helvetica,Arial,sans-serif;font-size:13px;fill:#1b1f24}"
                    + ".title{font-size:16px;font-weight:bold}.tick{font-size:11px}.paper{fill:#fff}.grid{stroke:#d8dce1}"
                    + ".axis{stroke:#1b1f24;fill:none}.curve{fill:none;stroke-width:2;stroke-linejoin:round}"
                    + "@media (prefers-color-scheme:dark){text{fill:#e8eaed}.paper{fill:#15181c}.grid{stroke:#343a42}"
                    + ".axis{stroke:#e8eaed}}</style>\n";

    private final Curves plot;
    private final Scale xScale;
    private final Scale yScale;
    private final int right;
    private final StringBuilder svg = new StringBuilder();

    private CurvesSvg(Curves plot) {
        this.plot = plot;
        this.xScale = plot.xScale();
        this.yScale = plot.yScale();
        int longest = plot.curves().stream()
                .mapToInt(curve -> Text.shown(curve.name(), LONGEST_NAME).length())
                .max()
                .orElse(0);
        this.right = WIDTH - RIGHT - (longest == 0 ? 0 : 52 + longest * LEGEND_LETTER);
    }

    static String of(Curves plot) {
        return new CurvesSvg(plot).draw();
    }

    private String draw() {
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"")
                .append(WIDTH);
        svg.append("\" height=\"")
                .append(HEIGHT)
                .append("\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ');
        svg.append(HEIGHT)
                .append("\">\n<title>")
                .append(xml(plot.title()))
                .append("</title>\n")
                .append(STYLE);
        svg.append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        text("title", (LEFT + right) / 2.0, 26, "middle", Text.shown(plot.title()));
        axes();
        for (int i = 0; i < plot.curves().size(); i++) {
            curve(plot.curves().get(i), look(i));
            legend(plot.curves().get(i), i);
        }
        long notDrawn = plot.notDrawn();
        if (notDrawn > 0) {
            String what = notDrawn == 1 ? "1 value is not drawn" : notDrawn + " values are not drawn";
            text("tick", right, HEIGHT - 10, "end", what);
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes() {
        int bottom = HEIGHT - BOTTOM;
        for (Scale.Tick tick : yScale.ticks()) {
            double y = y(tick.value());
            line("grid", LEFT, y, right, y);
            text("tick", LEFT - 8, y + 4, "end", tick.text());
        }
        for (Scale.Tick tick : xScale.ticks()) {
            double x = x(tick.value());
            line("grid", x, TOP, x, bottom);
            text("tick", x, bottom + 16, "middle", tick.text());
        }
        svg.append("<path class=\"axis\" d=\"M")
                .append(LEFT)
                .append(' ')
                .append(TOP)
                .append('V')
                .append(bottom);
        svg.append('H').append(right).append("\"/>\n");
        text("name", (LEFT + right) / 2.0, HEIGHT - 18, "middle", Text.shown(plot.xName()));
        svg.append("<text class=\"name\" text-anchor=\"middle\" transform=\"translate(18 ");
        svg.append(number((TOP + bottom) / 2.0)).append(") rotate(-90)\">");
        svg.append(xml(plot.yName())).append("</text>\n");
    }

    private static String look(int i) {
        String dashes = DASHES.get(i % DASHES.size());
        return " stroke=\"" + COLORS.get(i % COLORS.size()) + "\""
                + (dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"");
    }

    /** A pen that is lifted where a value cannot be drawn; a lonely point becomes a dot. */
    private void curve(Curve curve, String look) {
        Thinned points = Thinned.of(curve, xScale, yScale, right - LEFT);
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
        svg.append("<path class=\"curve\" stroke-linecap=\"round\"").append(look);
        svg.append(" d=\"").append(path).append("\"/>\n");
    }

    private void legend(Curve curve, int i) {
        double y = TOP + 10 + (double) i * LEGEND_LINE;
        svg.append("<path class=\"curve\"")
                .append(look(i))
                .append(" d=\"M")
                .append(right + 14)
                .append(' ');
        svg.append(number(y)).append("h26\"/>\n");
        text("legend", right + 46, y + 4, "start", Text.shown(curve.name(), LONGEST_NAME));
    }

    private double x(double value) {
        return LEFT + xScale.place(value) * (right - LEFT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - yScale.place(value) * (HEIGHT - BOTTOM - TOP);
    }

    private void line(String type, double x1, double y1, double x2, double y2) {
        svg.append("<path class=\"")
                .append(type)
                .append("\" d=\"M")
                .append(number(x1))
                .append(' ');
        svg.append(number(y1))
                .append('L')
                .append(number(x2))
                .append(' ')
                .append(number(y2))
                .append("\"/>\n");
    }

    private void text(String type, double x, double y, String anchor, String text) {
        svg.append("<text class=\"")
                .append(type)
                .append("\" x=\"")
                .append(number(x))
                .append("\" y=\"");
        svg.append(number(y))
                .append("\" text-anchor=\"")
                .append(anchor)
                .append("\">")
                .append(escaped(text));
        svg.append("</text>\n");
    }

    private static String xml(String text) {
        return escaped(Text.shown(text));
    }

    private static String escaped(String shown) {
        return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
