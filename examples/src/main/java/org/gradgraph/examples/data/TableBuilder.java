package org.gradgraph.examples.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.console.UserError;

/** Makes a table of the lines of a CSV file, given one after the other. */
final class TableBuilder {
    private static final int NAMED = 5;
    private static final String OTHER_SEPARATORS = ";\t|,";

    private final String name;
    private final CsvFormat format;
    private final LabelReader labels;
    private final List<double[]> rows = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private List<String> header = List.of();
    private long headerLine;
    private long firstLine;
    private int columns;
    private int labelColumn;
    private String numberInFirstLine = "";

    TableBuilder(String name, CsvFormat format, int classes) {
        this.name = name;
        this.format = format;
        this.labels = new LabelReader(classes);
    }

    /** Takes the next line, the first of which may be a header. */
    void add(long line, List<String> cells) {
        boolean isFirst = columns == 0;
        if (isFirst && isHeader(cells)) {
            header = cells.stream().map(String::strip).toList();
            headerLine = line;
            columns = cells.size();
            notes.add("line " + line + " is a header and was skipped: " + Texts.quoted(String.join(", ", header)));
            return;
        }
        if (rows.isEmpty() && missing.isEmpty()) {
            begin(line, cells);
        }
        if (cells.size() != columns) {
            throw new UserError(place(line, Math.min(cells.size(), columns) + 1) + ": the row has "
                    + Texts.count(cells.size(), "column") + ", " + before() + " has " + columns);
        }
        if (columns < 2) {
            throw new UserError(place(line, 1) + ": a row needs a feature and a label, separated by "
                    + (format.separator() == ',' ? "a comma" : separator(format.separator()))
                    + otherSeparator(cells.get(0)));
        }
        read(line, cells);
    }

    private static boolean isHeader(List<String> cells) {
        return cells.stream().noneMatch(Cells::isNumber) && cells.stream().anyMatch(Cells::isText);
    }

    private void begin(long line, List<String> cells) {
        firstLine = line;
        if (header.isEmpty()) {
            columns = cells.size();
            numberInFirstLine = IntStream.range(0, columns)
                    .filter(j -> Cells.isNumber(cells.get(j)))
                    .mapToObj(j ->
                            "; line " + line + " is data, not a header, because column " + (j + 1) + " is a number")
                    .findFirst()
                    .orElse("");
        }
        labelColumn = labelColumn(line);
    }

    private int labelColumn(long line) {
        String label = format.label();
        if (label.equals(CsvFormat.FIRST) || label.equals(CsvFormat.LAST)) {
            return label.equals(CsvFormat.FIRST) ? 0 : columns - 1;
        }
        if (header.isEmpty()) {
            throw new UserError(name + ", line " + line + ": there is no header that names the label "
                    + Texts.quoted(label) + "; choose the column by --label first or --label last");
        }
        int count = Collections.frequency(header, label);
        if (count != 1) {
            String problem = count == 0 ? "no column is" : count + " columns are";
            throw new UserError(name + ", line " + headerLine + ": " + problem + " named " + Texts.quoted(label)
                    + "; the header is " + Texts.quoted(String.join(", ", header)));
        }
        return header.indexOf(label);
    }

    private String before() {
        return header.isEmpty() ? "line " + firstLine : "the header in line " + headerLine;
    }

    private void read(long line, List<String> cells) {
        double[] row = new double[columns - 1];
        int before = missing.size();
        for (int j = 0; j < columns; j++) {
            String cell = cells.get(j);
            if (cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0) {
                throw new UserError(place(line, j + 1) + ": a quotation mark is not closed in this line");
            }
            if (Cells.isMissing(cell)) {
                missing.add("line " + line + ", " + column(j));
            } else if (j != labelColumn) {
                row[j < labelColumn ? j : j - 1] = number(line, cell, j);
            }
        }
        if (missing.size() == before) {
            labels.add(cells.get(labelColumn), place(line, labelColumn + 1));
            rows.add(row);
        }
    }

    private double number(long line, String cell, int column) {
        try {
            return Cells.number(cell, place(line, column + 1));
        } catch (UserError wrong) {
            boolean mayBeHeader = line == firstLine && Cells.isText(cell);
            throw mayBeHeader ? new UserError(wrong.getMessage() + numberInFirstLine, wrong) : wrong;
        }
    }

    private String column(int column) {
        String number = "column " + (column + 1);
        return header.isEmpty() ? number : number + " (" + Texts.quoted(header.get(column)) + ")";
    }

    private String place(long line, int column) {
        return name + ", line " + line + ", column " + column;
    }

    private String otherSeparator(String cell) {
        return OTHER_SEPARATORS
                .chars()
                .filter(sign -> sign != format.separator() && cell.indexOf(sign) >= 0)
                .mapToObj(sign -> "; this file seems to use " + separator((char) sign) + ", see --separator")
                .findFirst()
                .orElse("");
    }

    private static String separator(char sign) {
        return sign == '\t' ? "a tab" : "\"" + sign + "\"";
    }

    /** The table, when all lines are there. */
    Table build() {
        if (!missing.isEmpty()) {
            throw new UserError(name + missingCells());
        }
        if (columns == 0) {
            throw new UserError(name + ": the file is empty");
        }
        if (rows.isEmpty()) {
            if (header.stream().anyMatch(cell -> cell.contains("\n") || cell.contains("\r"))) {
                throw new UserError(place(headerLine, 1) + ": a quotation mark is not closed in this line");
            }
            throw new UserError(place(headerLine + 1, 1) + ": there is only a header, no row of numbers"
                    + (header.size() == 1 ? otherSeparator(header.get(0)) : ""));
        }
        DMatrixRMaj x = new DMatrixRMaj(columns - 1, rows.size());
        for (int j = 0; j < rows.size(); j++) {
            for (int i = 0; i < columns - 1; i++) {
                x.set(i, j, rows.get(j)[i]);
            }
        }
        DMatrixRMaj y = new DMatrixRMaj(1, rows.size(), true, labels.numbers());
        labels.note().ifPresent(notes::add);
        return new Table(name, x, y, labelColumn, notes);
    }

    private String missingCells() {
        if (missing.size() == 1) {
            return ", " + missing.get(0) + ": the cell is empty; every cell needs a number";
        }
        String first = missing.stream().limit(NAMED).collect(Collectors.joining("; "));
        String more = missing.size() > NAMED ? "; and " + (missing.size() - NAMED) + " more" : "";
        return ": " + missing.size() + " cells have no value (" + first + more + "); fill them, or remove their rows";
    }
}
