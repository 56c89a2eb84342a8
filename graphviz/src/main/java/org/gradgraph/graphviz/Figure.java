package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
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

    /** A value that is not known. */
    static final Figure UNKNOWN = new Figure(0, 0, List.of(), 0, 0, 0);

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

    /** The sum of two parts of a gradient; empty if the elements are not known. */
    static Optional<Figure> sum(Figure a, Figure b) {
        if (a.elements.isEmpty() || a.elements.size() != b.elements.size()) {
            return Optional.empty();
        }
        DMatrixRMaj sum = new DMatrixRMaj(a.rows, a.columns);
        for (int i = 0; i < sum.data.length; i++) {
            sum.data[i] = a.elements.get(i) + b.elements.get(i);
        }
        return Optional.of(of(sum));
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

    double element(int row, int column) {
        return elements.get(row * columns + column);
    }

    /** The number, or the elements row by row, or the range. */
    String text() {
        return text(value -> Notation.number(value, DIGITS));
    }

    /** The same with every digit. */
    String inFull() {
        return text(Notation::number);
    }

    private String text(DoubleFunction<String> number) {
        if (isNumber()) {
            return number.apply(min);
        }
        if (elements.isEmpty()) {
            return size() + ", " + range();
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            lines.add(String.join("  ", row(i, number)));
        }
        return String.join("\n", lines);
    }

    List<String> row(int i) {
        return row(i, value -> Notation.number(value, DIGITS));
    }

    private List<String> row(int i, DoubleFunction<String> number) {
        return elements.subList(i * columns, (i + 1) * columns).stream()
                .map(number::apply)
                .toList();
    }
}
