package org.gradgraph.examples.data;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Examples in columns, as the course stacks them: X is features × m, Y is 1 × m with labels 0, 1 and so on.
 *
 * <pre>{@code
 * Table table = TableReader.shipped("breast_cancer.csv");
 * table.x().numRows;          // 30
 * table.examples();           // 569
 * }</pre>
 *
 * @param name where it comes from, for messages
 * @param x the features
 * @param y the labels
 * @param labelColumn the column of the label in the file, counted from 0
 * @param notes what to know about how the file was read, such as a header that was skipped
 */
public record Table(String name, DMatrixRMaj x, DMatrixRMaj y, int labelColumn, List<String> notes) {
    /** A table with the label in the last column. */
    public Table(String name, DMatrixRMaj x, DMatrixRMaj y) {
        this(name, x, y, x.numRows, List.of());
    }

    /** Copies the list. */
    public Table {
        notes = List.copyOf(notes);
    }

    /** The number of rows of numbers in the file. */
    public int examples() {
        return x.numCols;
    }

    /** The number of columns in the file beside the label. */
    public int features() {
        return x.numRows;
    }

    /** The column of a feature in the file, counted from 1. */
    public int column(int feature) {
        return feature < labelColumn ? feature + 1 : feature + 2;
    }

    /** Neighbouring examples, counted from 0, without the last; copied. */
    public Table examples(int from, int to) {
        return new Table(
                name,
                CommonOps_DDRM.extract(x, 0, x.numRows, from, to),
                CommonOps_DDRM.extract(y, 0, 1, from, to),
                labelColumn,
                notes);
    }

    /** How many examples have this label. */
    public int count(int label) {
        int count = 0;
        for (int j = 0; j < y.numCols; j++) {
            count += y.get(0, j) == label ? 1 : 0;
        }
        return count;
    }
}
