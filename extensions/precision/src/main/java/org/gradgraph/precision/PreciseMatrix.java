package org.gradgraph.precision;

import java.math.BigDecimal;
import org.apfloat.Apfloat;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Shape;

/**
 * A matrix of numbers with many digits.
 *
 * <pre>{@code
 * PreciseMatrix value = HighPrecision.of(cost).digits(50).at(feeds).value();
 * value.decimal(0, 0);     // a BigDecimal of 50 digits
 * value.rounded();         // the nearest doubles
 * }</pre>
 */
public final class PreciseMatrix {
    private final Shape shape;
    private final Real[] numbers;
    private final int digits;

    PreciseMatrix(Shape shape, Real[] numbers, int digits) {
        this.shape = shape;
        this.numbers = numbers;
        this.digits = digits;
    }

    /** Whether an element is neither NaN nor infinite. */
    public boolean isFinite(int row, int column) {
        return real(row, column).isFinite();
    }

    /**
     * An element, for further calculation.
     *
     * @throws ArithmeticException if the element is NaN or infinite
     */
    public Apfloat number(int row, int column) {
        return real(row, column).number();
    }

    /**
     * An element, rounded to the digits asked for.
     *
     * @throws ArithmeticException if the element is NaN or infinite
     */
    public BigDecimal decimal(int row, int column) {
        return real(row, column).decimal(digits);
    }

    /** The nearest doubles; infinite where a number is beyond their range. */
    public DMatrixRMaj rounded() {
        return Evaluator.rounded(shape, numbers);
    }

    private Real real(int row, int column) {
        int columns = shape.columns().size();
        if (row < 0 || row >= shape.rows().size() || column < 0 || column >= columns) {
            throw new IndexOutOfBoundsException("element (" + row + ", " + column + ") of a matrix " + shape);
        }
        return numbers[row * columns + column];
    }
}
