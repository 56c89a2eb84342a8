package org.gradgraph.graph;

import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;

/**
 * Matrices from arrays.
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
        return forNode(node, () -> ofRows(rows));
    }

    /**
     * {@return a matrix from its elements row by row, as the value of a node}
     *
     * @param node the node, which errors name
     * @param rows the number of rows
     * @param columns the number of columns
     * @param elements rows·columns elements, the first row first; copied
     * @throws ShapeException if a side is below 1, or the number of elements is another
     */
    public static DMatrixRMaj ofElements(Node node, int rows, int columns, double[] elements) {
        return forNode(node, () -> ofElements(rows, columns, elements));
    }

    private static DMatrixRMaj forNode(Node node, Supplier<DMatrixRMaj> value) {
        Require.given(node, "the node for a value");
        try {
            return value.get();
        } catch (ShapeException wrong) {
            throw new ShapeException(
                    "the value for " + node.describe() + ", made at " + node.source() + ": " + wrong.problem(),
                    wrong.hint());
        }
    }

    /**
     * {@return a matrix from its elements row by row}
     *
     * @param rows the number of rows
     * @param columns the number of columns
     * @param elements rows·columns elements, the first row first; copied
     * @throws ShapeException if a side is below 1, or the number of elements is another
     */
    public static DMatrixRMaj ofElements(int rows, int columns, double[] elements) {
        Shape shape = Shape.of(rows, columns);
        if (elements == null) {
            throw new ShapeException("the array of elements is null", "give a value");
        }
        if (elements.length != rows * columns) {
            throw new ShapeException(
                    shape + " has " + rows * columns + " elements, the array has " + elements.length,
                    "give the elements row by row");
        }
        return new DMatrixRMaj(rows, columns, true, elements);
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
