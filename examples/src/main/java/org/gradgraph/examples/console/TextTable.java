package org.gradgraph.examples.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text with aligned columns: the first one to the left, the others to the right.
 *
 * <pre>{@code
 * new TextTable("node", "value").row("a", "5").row("J", "33").toString();
 * // node  value
 * // a         5
 * // J        33
 * }</pre>
 */
public final class TextTable {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these column titles. */
    public TextTable(String... titles) {
        rows.add(List.of(titles));
    }

    /** Adds a row, with one cell for each title. */
    public TextTable row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells for " + rows.get(0).size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** The rows, each ended by a line break. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < row.size(); j++) {
                String cell = row.get(j);
                String padding = " ".repeat(width(j) - cell.length());
                line.append(j == 0 ? cell + padding : GAP + padding + cell);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
