package org.gradgraph.check;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Node;

/**
 * How far rounding moves a result: each value is off by one unit, and its cotangent says what that does to the result.
 *
 * <p>Rounding errors are taken as independent, so squares are added up. An operation that does not work element by
 * element adds up many terms; its operands count with the norm of the whole, times the square root of the number of
 * terms.
 */
final class RoundingError {
    private static final double UNIT = Math.ulp(1.0) / 2;

    private RoundingError() {}

    /**
     * What rounding one value adds to the variance of a result.
     *
     * @param node a node that the result is made of
     * @param value its value
     * @param cotangent the derivative of the result by it
     */
    static double variance(Node node, DMatrixRMaj value, DMatrixRMaj cotangent) {
        double sum = 0;
        for (int i = 0; i < value.getNumElements(); i++) {
            sum += square(value.data[i] * cotangent.data[i]);
        }
        return UNIT * UNIT * sum;
    }

    /** What the inside of an operation adds, given the values and cotangents of its operands. */
    static double varianceInside(Node node, List<DMatrixRMaj> inputs, List<DMatrixRMaj> cotangents) {
        boolean elementwise = node.op().orElse(null) instanceof Elementwise;
        double sum = 0;
        for (int k = 0; k < inputs.size(); k++) {
            sum += elementwise
                    ? variance(node, inputs.get(k), cotangents.get(k))
                    : UNIT * UNIT * terms(inputs.get(k)) * squareNorm(inputs.get(k)) * squareNorm(cotangents.get(k));
        }
        return sum;
    }

    private static double terms(DMatrixRMaj input) {
        return Math.max(input.numRows, input.numCols);
    }

    private static double squareNorm(DMatrixRMaj matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.getNumElements(); i++) {
            sum += square(matrix.data[i]);
        }
        return sum;
    }

    /** Values that are not finite are no matter of rounding. */
    private static double square(double x) {
        return Double.isFinite(x) ? x * x : 0;
    }
}
