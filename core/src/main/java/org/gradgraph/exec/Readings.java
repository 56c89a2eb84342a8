package org.gradgraph.exec;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.ShapeException;

/** Values and gradients as Java's own types, copied; a buffer may be longer than its matrix. */
final class Readings {
    private Readings() {}

    static double scalar(Node node, DMatrixRMaj matrix, String otherwise) {
        if (matrix.getNumElements() != 1) {
            throw new ShapeException(
                    node.describe() + " is " + size(matrix) + ", not a single number", "read it with " + otherwise);
        }
        return matrix.data[0];
    }

    static double element(Node node, DMatrixRMaj matrix, int row, int column) {
        if (row < 0 || row >= matrix.numRows || column < 0 || column >= matrix.numCols) {
            throw new IndexOutOfBoundsException("Run.element: " + node.describe() + " is " + size(matrix)
                    + " and has no element (" + row + "," + column + "); rows and columns are counted from 0");
        }
        return matrix.data[row * matrix.numCols + column];
    }

    static double[] elements(DMatrixRMaj matrix) {
        return Arrays.copyOf(matrix.data, matrix.getNumElements());
    }

    static double[][] rows(DMatrixRMaj matrix) {
        double[][] rows = new double[matrix.numRows][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(matrix.data, i * matrix.numCols, (i + 1) * matrix.numCols);
        }
        return rows;
    }

    private static String size(DMatrixRMaj matrix) {
        return matrix.numRows + "×" + matrix.numCols;
    }
}
