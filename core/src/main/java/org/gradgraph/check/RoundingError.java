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
     * What rounding one value does to a result.
     *
     * @param value the value of a node that the result is made of
     * @param cotangent the derivative of the result by it
     */
    static double of(DMatrixRMaj value, DMatrixRMaj cotangent) {
        RootSum sum = new RootSum();
        for (int i = 0; i < value.getNumElements(); i++) {
            sum.add(UNIT * value.data[i], cotangent.data[i]);
        }
        return sum.value();
    }

    /** What the inside of an operation adds, given the values and cotangents of its operands. */
    static double inside(Node node, List<DMatrixRMaj> inputs, List<DMatrixRMaj> cotangents) {
        boolean elementwise = node.op().orElse(null) instanceof Elementwise;
        RootSum sum = new RootSum();
        for (int k = 0; k < inputs.size(); k++) {
            DMatrixRMaj input = inputs.get(k);
            DMatrixRMaj cotangent = cotangents.get(k);
            if (elementwise) {
                sum.add(of(input, cotangent));
            } else {
                sum.add(UNIT * Math.sqrt(terms(input)) * norm(input), norm(cotangent));
            }
        }
        return sum.value();
    }

    private static double terms(DMatrixRMaj input) {
        return Math.max(input.numRows, input.numCols);
    }

    private static double norm(DMatrixRMaj matrix) {
        RootSum sum = new RootSum();
        for (int i = 0; i < matrix.getNumElements(); i++) {
            sum.add(matrix.data[i]);
        }
        return sum.value();
    }
}
