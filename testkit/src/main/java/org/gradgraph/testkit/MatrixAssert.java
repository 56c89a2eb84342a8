package org.gradgraph.testkit;

import java.util.Locale;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Matrices;
import org.gradgraph.graph.Require;

/**
 * Assertions for a matrix.
 *
 * <pre>{@code
 * assertThat(matrix).hasShape(2, 1).isCloseTo(new double[][] {{1}, {2}}, within(1e-12));
 * }</pre>
 */
public class MatrixAssert extends AbstractAssert<MatrixAssert, DMatrixRMaj> {
    /**
     * Assertions for a matrix.
     *
     * @param actual what is asserted about
     */
    public MatrixAssert(DMatrixRMaj actual) {
        super(actual, MatrixAssert.class);
    }

    /**
     * Fails unless the matrix has so many rows and columns.
     *
     * @param rows the expected number of rows
     * @param columns the expected number of columns
     * @return this assertion
     */
    public MatrixAssert hasShape(int rows, int columns) {
        isNotNull();
        if (actual.numRows != rows || actual.numCols != columns) {
            failWithMessage("Expecting a %s×%s matrix but it is %s×%s", rows, columns, actual.numRows, actual.numCols);
        }
        return this;
    }

    /**
     * Fails unless each element is as near as that; see {@link #isCloseTo(DMatrixRMaj, Offset)}.
     *
     * @param expectedRows the expected values, row by row
     * @param offset the largest difference that passes
     * @return this assertion
     */
    public MatrixAssert isCloseTo(double[][] expectedRows, Offset<Double> offset) {
        return isCloseTo(Matrices.ofRows(expectedRows), offset);
    }

    /**
     * Fails unless each element is as near as that to the expected one; equal infinities and two NaN are near.
     *
     * <p>The message names the worst element.
     *
     * @param expected a matrix of the same shape
     * @param offset the largest difference that passes
     * @return this assertion
     */
    public MatrixAssert isCloseTo(DMatrixRMaj expected, Offset<Double> offset) {
        isNotNull();
        Require.given(expected, "isCloseTo: the expected matrix");
        Require.given(offset, "isCloseTo: the offset");
        hasShape(expected.numRows, expected.numCols);
        String far = farElements(actual, expected, offset);
        if (!far.isEmpty()) {
            failWithMessage("%s", far);
        }
        return this;
    }

    /** What differs between two matrices of the same shape, or nothing. */
    static String farElements(DMatrixRMaj actual, DMatrixRMaj expected, Offset<Double> offset) {
        int far = 0;
        int worst = -1;
        double largest = -1;
        for (int i = 0; i < expected.getNumElements(); i++) {
            double distance = distance(actual.data[i], expected.data[i]);
            boolean near = offset.strict ? distance < offset.value : distance <= offset.value;
            far += near ? 0 : 1;
            if (!near && distance > largest) {
                worst = i;
                largest = distance;
            }
        }
        return far == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "Expecting each element to be within %s but %s of %s %s not;%nthe worst is (%s,%s): expected %s but"
                                + " was %s, off by %s",
                        offset.value,
                        far,
                        expected.getNumElements(),
                        far == 1 ? "is" : "are",
                        worst / expected.numCols,
                        worst % expected.numCols,
                        expected.data[worst],
                        actual.data[worst],
                        largest);
    }

    /**
     * Fails if an element is NaN or infinite, and names the first.
     *
     * @return this assertion
     */
    public MatrixAssert isFinite() {
        isNotNull();
        for (int i = 0; i < actual.getNumElements(); i++) {
            if (!Double.isFinite(actual.data[i])) {
                failWithMessage(
                        "Expecting each element to be finite but (%s,%s) is %s",
                        i / actual.numCols, i % actual.numCols, actual.data[i]);
            }
        }
        return this;
    }

    private static double distance(double a, double b) {
        if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
            return 0;
        }
        double distance = Math.abs(a - b);
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }
}
