package org.gradgraph.examples.data;

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
 */
public record Table(String name, DMatrixRMaj x, DMatrixRMaj y) {
    /** The number of rows of numbers in the file. */
    public int examples() {
        return x.numCols;
    }

    /** The number of columns in the file before the label. */
    public int features() {
        return x.numRows;
    }

    /** Neighbouring examples, counted from 0, without the last; copied. */
    public Table examples(int from, int to) {
        return new Table(
                name, CommonOps_DDRM.extract(x, 0, x.numRows, from, to), CommonOps_DDRM.extract(y, 0, 1, from, to));
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
