package org.gradgraph.examples.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A matrix as aligned text, one line for each row.
 *
 * <pre>{@code
 * MatrixText.of(new DMatrixRMaj(new double[][] {{0, 0.6}, {10, 0.123456789}}), 8);
 * //   [  0         0.6]
 * //   [ 10  0.12345679]
 * }</pre>
 */
public final class MatrixText {
    private MatrixText() {}

    /**
     * The rows, indented, each ended by a line break.
     *
     * @param decimals how many digits after the point at most; zeros at the end are left out
     */
    public static String of(DMatrixRMaj matrix, int decimals) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < matrix.getNumElements(); i++) {
            cells.add(number(matrix.get(i), decimals));
        }
        int width = cells.stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < matrix.numRows; i++) {
            text.append("  [");
            for (int j = 0; j < matrix.numCols; j++) {
                String cell = cells.get(i * matrix.numCols + j);
                text.append(" ".repeat(width - cell.length() + (j == 0 ? 0 : 2)))
                        .append(cell);
            }
            text.append("]\n");
        }
        return text.toString();
    }

    private static String number(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
