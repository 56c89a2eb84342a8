package org.gradgraph.examples;

import static org.gradgraph.examples.lesson.Values.column;
import static org.gradgraph.examples.lesson.Values.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.MatrixText;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.lesson.Values;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.ShapeException;
import picocli.CommandLine.Command;

/** What a smaller operand is repeated for, and what is refused. */
@Command(
        name = "broadcasting",
        description = "An operand with one row, one column or one number is repeated to the size of the other.")
@Question("A 3×4 table can be divided by its column sums, 1×4. Why not by a row of three, 1×3?")
final class Broadcasting extends Lesson {
    /** Half a unit of the last digit printed. */
    private static final double EIGHT_DIGITS = 0.5e-8;

    /** Sums such as 4.4 + 52 + 99 are rounded. */
    private static final double ROUNDING = 1e-13;

    private static final double[][] CALORIES = {{56, 0, 4.4, 68}, {1.2, 104, 52, 8}, {1.8, 135, 99, 0.9}};
    private static final double[][] SHARES = {
        {0.94915254, 0, 0.02831403, 0.88426528},
        {0.02033898, 0.43514644, 0.33462033, 0.10403121},
        {0.03050847, 0.56485356, 0.63706564, 0.01170351}
    };

    @Override
    protected void teach() {
        calories();
        Node table = Node.constant(new double[][] {{1, 2, 3}, {4, 5, 6}});
        sum("a column 4×1 and a number", column(1, 2, 3, 4), Node.constant(100), new double[][] {
            {101}, {102}, {103}, {104}
        });
        sum("a table 2×3 and a row 1×3", table, row(100, 200, 300), new double[][] {{101, 202, 303}, {104, 205, 306}});
        sum("a table 2×3 and a column 2×1", table, column(100, 200), new double[][] {{101, 102, 103}, {204, 205, 206}});
        generalRule(table);
        refused();
    }

    private void calories() {
        Node calories = Node.constant(CALORIES);
        // tag::java[]
        Node total = calories.columnSums();
        Node shares = calories.dividedBy(total);
        // end::java[]
        out().println("calories of apples, beef, eggs and potatoes from carbohydrates, proteins and fat");
        out().print(MatrixText.of(new DMatrixRMaj(CALORIES), 8));
        out().println();
        show("sums of the columns, calories.columnSums()", Values.of(total), 8);
        figures.check("sums of columns", new double[][] {{59, 239, 155.4, 76.9}}, Values.of(total), ROUNDING);
        out().println();
        show("shares, calories.dividedBy(sums): 3×4 divided by 1×4", Values.of(shares), 8);
        figures.check("shares", SHARES, Values.of(shares), EIGHT_DIGITS);
    }

    private void sum(String what, Node left, Node right, double[][] expected) {
        out().println();
        show(what, Values.of(left.plus(right)), 8);
        figures.check(what, expected, Values.of(left.plus(right)), 0);
    }

    /** (m,n) with (1,n), (m,1) and (1,1), for + − × ÷. */
    private void generalRule(Node table) {
        out().println();
        out().println("the general rule, with the table [1 2 3; 4 5 6], + − × ÷ with another operand:");
        everyOperation("the row 1×3 of 1, 2, 4", table, row(1, 2, 4));
        everyOperation("the column 2×1 of 2, 4", table, column(2, 4));
        everyOperation("the number 2", table, Node.constant(2));
        everyOperation(
                "the number 2, and a column 2×1 of 3 and 5 in place of the table", column(3, 5), Node.constant(2));
    }

    private void everyOperation(String what, Node left, Node right) {
        // tag::java[]
        Map<String, Node> results = new LinkedHashMap<>();
        results.put("+", left.plus(right));
        results.put("−", left.minus(right));
        results.put("×", left.times(right));
        results.put("÷", left.dividedBy(right));
        // end::java[]
        DMatrixRMaj a = Values.of(left);
        DMatrixRMaj b = Values.of(right);
        results.forEach((sign, node) -> {
            DMatrixRMaj found = Values.of(node);
            for (int i = 0; i < a.numRows; i++) {
                for (int k = 0; k < a.numCols; k++) {
                    double other = b.get(b.numRows == 1 ? 0 : i, b.numCols == 1 ? 0 : k);
                    double expected = switch (sign) {
                        case "+" -> a.get(i, k) + other;
                        case "−" -> a.get(i, k) - other;
                        case "×" -> a.get(i, k) * other;
                        default -> a.get(i, k) / other;
                    };
                    figures.check(what + ", + − × ÷", expected, found.get(i, k), 0);
                }
            }
        });
        sideBySide(what, results);
    }

    private void sideBySide(String what, Map<String, Node> results) {
        out().println("  with " + what);
        List<String> lines = new ArrayList<>(Collections.nCopies(2, "  "));
        results.forEach((sign, node) -> {
            List<String> rows = MatrixText.of(Values.of(node), 8).lines().toList();
            for (int i = 0; i < rows.size(); i++) {
                lines.set(i, lines.get(i) + "  " + (i == 0 ? sign : " ") + rows.get(i));
            }
        });
        lines.forEach(out()::println);
    }

    private void refused() {
        Node column = Node.input("column", 4, 1);
        Node row = Node.input("row", 1, 3);
        out().println();
        out().println("a column 4×1 and a row 1×3: NumPy makes a table of them without a word, here it is an error");
        boolean wasRefused = false;
        try {
            out().println(column.plus(row));
        } catch (ShapeException error) {
            wasRefused = true;
            String.valueOf(error.getMessage()).lines().forEach(line -> out().println("  " + line));
        }
        figures.holds("a column and a row are refused", wasRefused);
    }
}
