package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Notation;

/**
 * What a picture shows of a matrix: its size, its range, and its elements if they are few.
 *
 * @param elements row by row, empty if there are many
 */
record Figure(int rows, int columns, List<Double> elements, double min, double mean, double max) {
    private static final int MOST_ELEMENTS = 400;
    private static final int DIGITS = 5;

    static Figure of(DMatrixRMaj matrix) {
        int count = matrix.getNumElements();
        DoubleSummaryStatistics all = Arrays.stream(matrix.data, 0, count).summaryStatistics();
        List<Double> elements = new ArrayList<>();
        for (int i = 0; i < count && count <= MOST_ELEMENTS; i++) {
            elements.add(matrix.data[i]);
        }
        return new Figure(
                matrix.numRows, matrix.numCols, List.copyOf(elements), all.getMin(), all.getAverage(), all.getMax());
    }

    boolean isNumber() {
        return rows == 1 && columns == 1;
    }

    boolean fitsTable(int mostRows, int mostColumns) {
        return rows <= mostRows && columns <= mostColumns && !elements.isEmpty();
    }

    String size() {
        return rows + "×" + columns;
    }

    String range() {
        return "min " + Notation.number(min, DIGITS) + "  mean " + Notation.number(mean, DIGITS) + "  max "
                + Notation.number(max, DIGITS);
    }

    /** The number in full, or the elements row by row, or the range. */
    String text() {
        if (isNumber()) {
            return Notation.number(min);
        }
        if (elements.isEmpty()) {
            return size() + ", " + range();
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            lines.add(String.join("  ", row(i)));
        }
        return String.join("\n", lines);
    }

    List<String> row(int i) {
        return elements.subList(i * columns, (i + 1) * columns).stream()
                .map(value -> Notation.number(value, DIGITS))
                .toList();
    }
}
