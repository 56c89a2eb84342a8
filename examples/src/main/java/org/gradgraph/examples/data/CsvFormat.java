package org.gradgraph.examples.data;

/**
 * How a CSV file is laid out.
 *
 * <pre>{@code
 * Table table = TableReader.read(file, new CsvFormat("diagnosis", ';'));
 * }</pre>
 *
 * @param label the column of the label: {@code first}, {@code last} or a name in the header
 * @param separator what separates the cells of a row
 */
public record CsvFormat(String label, char separator) {
    /** The word for the first column. */
    public static final String FIRST = "first";

    /** The word for the last column. */
    public static final String LAST = "last";

    /** Commas, and the label in the last column. */
    public static CsvFormat standard() {
        return new CsvFormat(LAST, ',');
    }
}
