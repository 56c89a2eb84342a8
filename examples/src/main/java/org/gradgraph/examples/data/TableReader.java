package org.gradgraph.examples.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.gradgraph.examples.console.UserError;

/**
 * Reads a table of numbers with a column of labels, 0 and 1 or two texts, from separated UTF-8 text.
 *
 * <p>The first line is a header, and skipped, if none of its cells is a number; the table says so in its notes. Empty lines
 * are skipped. All lines have as many cells as the first of them, and each cell is a finite number. A file that is
 * compressed by gzip is unpacked, whatever its name. What is wrong is reported with file, line and column, counted from 1
 * as editors and spreadsheets do.
 *
 * <pre>{@code
 * Table table = TableReader.read(Path.of("people.csv"));
 * }</pre>
 */
public final class TableReader {
    /** Their first line has the numbers of rows and features, then the names of the labels. */
    private static final Set<String> SHIPPED_WITH_COUNTS = Set.of("breast_cancer.csv", "iris.csv");

    private static final Pattern LINE = Pattern.compile("line \\d+");
    private static final int GZIP = 0x1f8b;
    private static final int ZIP = 0x504b;

    private TableReader() {}

    /** Reads a file with commas and the label in the last column; see {@link #read(Path, CsvFormat)}. */
    public static Table read(Path file) {
        return read(file, CsvFormat.standard());
    }

    /**
     * Reads a file.
     *
     * @throws UserError if it is missing or not such a table
     */
    public static Table read(Path file, CsvFormat format) {
        if (file.toString().isEmpty()) {
            throw new UserError("the name of the CSV file is empty");
        }
        if (!Files.exists(file)) {
            throw new UserError(file + ": there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new UserError(file + ": this is a folder; name a CSV file");
        }
        String name = file.toString();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(unpacked(name, in), new TableBuilder(name, format, 2), name, format.separator(), false);
        } catch (IOException | UncheckedIOException unreadable) {
            Throwable cause = deepest(unreadable);
            boolean isDamaged = cause instanceof ZipException || cause instanceof EOFException;
            throw new UserError(
                    file + (isDamaged ? ": the compressed file is damaged (" : ": the file cannot be read (")
                            + cause.getMessage() + ")",
                    unreadable);
        }
    }

    private static InputStream unpacked(String name, InputStream in) throws IOException {
        in.mark(2);
        int start = (in.read() << 8) | in.read();
        in.reset();
        if (start == ZIP) {
            throw new UserError(name + ": this is a ZIP file, such as a spreadsheet; save the table as CSV");
        }
        return start == GZIP ? new GZIPInputStream(in) : in;
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
            InputStream text = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
            TableBuilder builder = new TableBuilder(name, CsvFormat.standard(), classes);
            return read(text, builder, name, ',', SHIPPED_WITH_COUNTS.contains(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Table read(InputStream in, TableBuilder builder, String name, char separator, boolean withoutFirst)
            throws IOException {
        QuoteCounter counter = new QuoteCounter(in);
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .fieldSeparator(separator)
                .detectBomHeader(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(counter, StandardCharsets.UTF_8)) {
            Iterator<CsvRecord> lines = records.iterator();
            if (withoutFirst) {
                lines.next();
            }
            while (lines.hasNext()) {
                CsvRecord line = lines.next();
                try {
                    builder.add(line.getStartingLineNumber(), line.getFields());
                } catch (UserError wrong) {
                    if (!lines.hasNext() && counter.isOdd()) {
                        throw new UserError(
                                name + ", line " + line.getStartingLineNumber() + ": a quotation mark is not closed",
                                wrong);
                    }
                    throw wrong;
                }
            }
        } catch (CsvParseException malformed) {
            throw new UserError(name + reason(malformed), malformed);
        }
        return builder.build();
    }

    private static String reason(CsvParseException malformed) {
        String message = String.valueOf(deepest(malformed).getMessage());
        Matcher line = LINE.matcher(message);
        String place = line.find() ? ", " + line.group() : "";
        return place + (message.contains("buffer size") ? ": a quotation mark is not closed" : ": " + message);
    }

    private static Throwable deepest(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    /** Counts quotation marks, of which a well-formed file has an even number. */
    private static final class QuoteCounter extends FilterInputStream {
        private long count;

        QuoteCounter(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count += next == '"' ? 1 : 0;
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            for (int i = offset; i < offset + read; i++) {
                count += buffer[i] == '"' ? 1 : 0;
            }
            return read;
        }

        boolean isOdd() {
            return count % 2 != 0;
        }
    }
}
