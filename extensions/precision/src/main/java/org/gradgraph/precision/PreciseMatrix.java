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

    /**
     * {@return whether an element is neither NaN nor infinite}
     *
     * @param row counted from 0
     * @param column counted from 0
     */
    public boolean isFinite(int row, int column) {
        return real(row, column).isFinite();
    }

    /**
     * {@return an element, for further calculation}
     *
     * @param row counted from 0
     * @param column counted from 0
     * @throws ArithmeticException if the element is NaN or infinite
     */
    public Apfloat number(int row, int column) {
        return real(row, column).number();
    }

    /**
     * {@return an element, rounded to the digits asked for}
     *
     * @param row counted from 0
     * @param column counted from 0
     * @throws ArithmeticException if the element is NaN or infinite
     */
    public BigDecimal decimal(int row, int column) {
        return real(row, column).decimal(digits);
    }

    /** {@return the nearest doubles; infinite where a number is beyond their range} */
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
