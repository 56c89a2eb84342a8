package org.gradgraph.examples.data;

import org.ejml.data.DMatrixRMaj;

/**
 * Examples in columns, as the course stacks them: X is features × m, Y is 1 × m with labels 0 and 1.
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

    /** How many examples have this label. */
    public int count(int label) {
        int count = 0;
        for (int j = 0; j < y.numCols; j++) {
            count += y.get(0, j) == label ? 1 : 0;
        }
        return count;
    }
}
