package org.gradgraph.examples.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.UserError;

/**
 * Reads a table of numbers whose last column is a label, 0 or 1, from comma-separated UTF-8 text.
 *
 * <p>The first line is a header, and skipped, if its last cell is text; it may have any number of cells. Empty lines are
 * skipped. All other lines have as many cells as the first of them, and each cell is a finite number. What is wrong is
 * reported with file, line and column, counted from 1 as editors and spreadsheets do.
 *
 * <pre>{@code
 * Table table = TableReader.read(Path.of("people.csv"));
 * }</pre>
 */
public final class TableReader {
    private final String name;
    private final int classes;
    private final List<double[]> rows = new ArrayList<>();
    private long firstLine;
    private int columns;

    private TableReader(String name, int classes) {
        this.name = name;
        this.classes = classes;
    }

    /**
     * Reads a file.
     *
     * @throws UserError if it is missing or not such a table
     */
    public static Table read(Path file) {
        if (file.toString().isEmpty()) {
            throw new UserError("the name of the CSV file is empty");
        }
        if (!Files.exists(file)) {
            throw new UserError(file + ": there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new UserError(file + ": this is a folder; name a CSV file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new TableReader(file.toString(), 2).read(in);
        } catch (IOException | UncheckedIOException unreadable) {
            throw new UserError(file + ": the file cannot be read (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    /** Reads a table with labels 0 and 1 that is shipped with the examples. */
    public static Table shipped(String name) {
        return shipped(name, 2);
    }

    /**
     * Reads a table that is shipped with the examples.
     *
     * @param name its name; one that ends in {@code .gz} is compressed
     * @param classes how many labels there are, 0 among them
     */
    public static Table shipped(String name, int classes) {
        try (InputStream in = TableReader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no table " + name + " is shipped");
            }
            return new TableReader(name, classes).read(name.endsWith(".gz") ? new GZIPInputStream(in) : in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Table read(InputStream in) throws IOException {
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .detectBomHeader(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(in, StandardCharsets.UTF_8)) {
            boolean first = true;
            for (CsvRecord line : records) {
                if (!first || !isHeader(line)) {
                    add(line);
                }
                first = false;
            }
            if (first) {
                throw new UserError(name + ": the file is empty");
            }
        } catch (CsvParseException malformed) {
            throw new UserError(name + ": " + reason(malformed), malformed);
        }
        if (rows.isEmpty()) {
            throw new UserError(name + ", line 2, column 1: there is only a header, no row of numbers");
        }
        return table();
    }

    private static String reason(CsvParseException malformed) {
        Throwable deepest = malformed;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return malformed.getMessage() + (deepest == malformed ? "" : " " + deepest.getMessage());
    }

    private static boolean isHeader(CsvRecord line) {
        return Cells.isText(line.getField(line.getFieldCount() - 1));
    }

    private void add(CsvRecord line) {
        int count = line.getFieldCount();
        long number = line.getStartingLineNumber();
        if (rows.isEmpty()) {
            firstLine = number;
            columns = count;
        }
        if (count != columns) {
            int place = Math.min(count, columns) + 1;
            throw new UserError(place(number, place) + ": the row has " + count + (count == 1 ? " column" : " columns")
                    + ", line " + firstLine + " has " + columns);
        }
        if (columns < 2) {
            throw new UserError(place(number, 1) + ": a row needs a feature and a label, separated by a comma");
        }
        double[] row = new double[columns];
        for (int j = 0; j < columns - 1; j++) {
            row[j] = Cells.number(line.getField(j), place(number, j + 1));
        }
        row[columns - 1] = Cells.label(line.getField(columns - 1), place(number, columns), classes);
        rows.add(row);
    }

    private String place(long line, int column) {
        return name + ", line " + line + ", column " + column;
    }

    private Table table() {
        DMatrixRMaj x = new DMatrixRMaj(columns - 1, rows.size());
        DMatrixRMaj y = new DMatrixRMaj(1, rows.size());
        for (int j = 0; j < rows.size(); j++) {
            double[] row = rows.get(j);
            for (int i = 0; i < columns - 1; i++) {
                x.set(i, j, row[i]);
            }
            y.set(0, j, row[columns - 1]);
        }
        return new Table(name, x, y);
    }
}
