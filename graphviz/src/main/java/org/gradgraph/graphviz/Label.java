package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of text, perhaps with a little table below and a gradient at the end.
 *
 * @param lines shown text
 * @param table the cells by row, empty for none
 * @param gradient the gradient, if there is one
 */
record Label(
        List<String> lines,
        List<List<String>> table,
        @Nullable Gradient gradient) {
    /**
     * A second text in the colour of gradients.
     *
     * @param lines shown text
     * @param table the cells by row, empty for none
     * @param color the colour
     */
    record Gradient(List<String> lines, List<List<String>> table, String color) {}

    private static final String TABLE = "<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\" CELLPADDING=\"3\">";

    static Label of(String... lines) {
        return of(List.of(lines));
    }

    static Label of(List<String> lines) {
        return new Label(List.copyOf(lines), List.of(), null);
    }

    /** A caption and a value, after the rules of the style. */
    static Label of(String name, String shape, Figure figure, Style style) {
        List<String> lines = new ArrayList<>();
        List<List<String>> table = new ArrayList<>();
        if (figure.isNumber()) {
            lines.add(name.isEmpty() ? figure.text() : name + " = " + figure.text());
        } else {
            lines.add(name.isEmpty() ? shape : name + "  " + shape);
            if (figure.fitsTable(style.tableRows(), style.tableColumns())) {
                for (int i = 0; i < figure.rows(); i++) {
                    table.add(figure.row(i));
                }
            } else {
                lines.add(figure.range());
            }
        }
        return new Label(List.copyOf(lines), List.copyOf(table), null);
    }

    Label withGradient(Label total, String color) {
        return new Label(lines, table, new Gradient(total.lines(), total.table(), color));
    }

    boolean isPlain() {
        return table.isEmpty() && gradient == null;
    }

    boolean isEmpty() {
        return isPlain() && plain().isEmpty();
    }

    String plain() {
        return String.join("\n", lines);
    }

    /** The text of an HTML-like label, without the angle brackets around it. */
    String html() {
        List<String> rows = new ArrayList<>(rows(lines, table, "%s"));
        if (gradient != null) {
            String font = "<FONT COLOR=\"" + Text.html(gradient.color()) + "\">%s</FONT>";
            rows.addAll(rows(gradient.lines(), gradient.table(), font));
        }
        return "<TABLE BORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\">" + String.join("", rows) + "</TABLE>";
    }

    private static List<String> rows(List<String> lines, List<List<String>> table, String font) {
        List<String> rows = new ArrayList<>();
        lines.stream().filter(line -> !line.isEmpty()).forEach(line -> rows.add(cell(font.formatted(Text.html(line)))));
        if (!table.isEmpty()) {
            String cells =
                    table.stream().map(row -> tableRow(row, font)).collect(Collectors.joining("", TABLE, "</TABLE>"));
            rows.add(cell(cells));
        }
        return rows;
    }

    private static String cell(String content) {
        return "<TR><TD>" + content + "</TD></TR>";
    }

    private static String tableRow(List<String> cells, String font) {
        return cells.stream()
                .map(cell -> "<TD ALIGN=\"RIGHT\">" + font.formatted(Text.html(cell)) + "</TD>")
                .collect(Collectors.joining("", "<TR>", "</TR>"));
    }

    /** The value of a DOT attribute, quoted or in angle brackets. */
    String dot() {
        return isPlain() ? Text.quoted(plain()) : "<" + html() + ">";
    }
}
