package org.gradgraph.graph;

import org.ejml.data.DMatrixRMaj;

/**
 * Matrices from nested arrays.
 *
 * <pre>{@code
 * DMatrixRMaj x = Matrices.ofRows(new double[][] {{1, 2}, {3, 4}});
 * }</pre>
 */
public final class Matrices {
    private Matrices() {}

    /**
     * {@return a matrix from its rows, as the value of a node}
     *
     * @param node the node, which errors name
     * @param rows rows of equal length, copied
     * @throws ShapeException if there is no element or the rows differ in length or are null
     */
    public static DMatrixRMaj ofRows(Node node, double[][] rows) {
        Require.given(node, "the node for a value");
        try {
            return ofRows(rows);
        } catch (ShapeException wrong) {
            throw new ShapeException(
                    "the value for " + node.describe() + ", made at " + node.source() + ": " + wrong.problem(),
                    wrong.hint());
        }
    }

    /**
     * {@return a matrix from its rows}
     *
     * @param rows rows of equal length, copied
     * @throws ShapeException if there is no element or the rows differ in length or are null
     */
    public static DMatrixRMaj ofRows(double[][] rows) {
        if (rows == null) {
            throw new ShapeException("the array of rows is null", "give a value");
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == null) {
                throw new ShapeException("row " + i + " is null", "give a value");
            }
        }
        if (rows.length == 0 || rows[0].length == 0) {
            throw new ShapeException(
                    "a matrix without elements is refused", "every matrix has at least one row and one column");
        }
        Shape shape = Shape.of(rows.length, rows[0].length);
        DMatrixRMaj matrix =
                new DMatrixRMaj(shape.rows().size(), shape.columns().size());
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != rows[0].length) {
                throw new ShapeException(
                        "row " + i + " has " + rows[i].length + " elements, row 0 has " + rows[0].length,
                        "all rows of a matrix are equally long");
            }
            System.arraycopy(rows[i], 0, matrix.data, i * rows[0].length, rows[0].length);
        }
        return matrix;
    }
}
