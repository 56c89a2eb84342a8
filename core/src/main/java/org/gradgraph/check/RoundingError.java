package org.gradgraph.check;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Node;

/**
 * How far rounding moves a result, as a standard deviation: each value is off by one unit, and its cotangent says what
 * that does to the result.
 *
 * <p>Rounding errors are taken as independent, so squares are added up, without overflow and underflow on the way.
 */
final class RoundingError {
    /** The unit of rounding, 2⁻⁵³. */
    static final double UNIT = Math.ulp(1.0) / 2;

    private double scale;
    private double squares = 1;

    double value() {
        return scale * Math.sqrt(squares);
    }

    /** Adds one error; infinities and NaN are not rounding errors and are left out. */
    RoundingError add(double error) {
        double size = Math.abs(error);
        if (size == 0 || !Double.isFinite(size)) {
            return this;
        }
        double ratio = scale < size ? scale / size : size / scale;
        if (scale < size) {
            squares = scale == 0 ? 1 : 1 + squares * ratio * ratio;
            scale = size;
        } else {
            squares += ratio * ratio;
        }
        return this;
    }

    /** Adds a product; if only the product overflows, it counts as the largest double. */
    RoundingError add(double a, double b) {
        boolean finite = Double.isFinite(a) && Double.isFinite(b);
        return finite ? add(Math.min(Math.abs(a * b), Double.MAX_VALUE)) : this;
    }

    /**
     * Adds the rounding of every element of a value.
     *
     * @param value the value of a node that the result depends on
     * @param cotangent the derivative of the result with respect to it
     */
    RoundingError addRounded(DMatrixRMaj value, DMatrixRMaj cotangent) {
        for (int i = 0; i < value.getNumElements(); i++) {
            add(UNIT * value.data[i], cotangent.data[i]);
        }
        return this;
    }

    /**
     * Adds what the inside of an operation does.
     *
     * <p>An operation that does not work element by element adds up many terms: its operands count with the norm of the
     * whole, times the square root of the number of terms.
     */
    RoundingError addInside(Node node, List<DMatrixRMaj> inputs, List<DMatrixRMaj> cotangents) {
        boolean elementwise = node.op().orElse(null) instanceof Elementwise;
        for (int k = 0; k < inputs.size(); k++) {
            DMatrixRMaj input = inputs.get(k);
            if (elementwise) {
                addRounded(input, cotangents.get(k));
            } else {
                double terms = Math.max(input.numRows, input.numCols);
                add(UNIT * Math.sqrt(terms) * norm(input), norm(cotangents.get(k)));
            }
        }
        return this;
    }

    private static double norm(DMatrixRMaj matrix) {
        RoundingError sum = new RoundingError();
        for (int i = 0; i < matrix.getNumElements(); i++) {
            sum.add(matrix.data[i]);
        }
        return sum.value();
    }
}
