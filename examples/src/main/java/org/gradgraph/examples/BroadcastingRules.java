package org.gradgraph.examples;

import static org.gradgraph.examples.Values.column;
import static org.gradgraph.examples.Values.row;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.Figures;
import org.gradgraph.examples.console.MatrixText;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.ShapeException;
import picocli.CommandLine.Command;

/** What a smaller operand is repeated for, and what is refused. */
@Command(
        name = "broadcasting",
        description = "The calorie table and the other sums of the course, and the sum of a column and a row, refused.",
        sortOptions = false)
final class BroadcastingRules implements Callable<Integer> {
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

    private final PrintWriter out;
    private final Figures figures = new Figures();

    BroadcastingRules(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        calories();
        Node table = Node.constant(new double[][] {{1, 2, 3}, {4, 5, 6}});
        sum("a column 4×1 and a number", column(1, 2, 3, 4), Node.constant(100), new double[][] {
            {101}, {102}, {103}, {104}
        });
        sum("a table 2×3 and a row 1×3", table, row(100, 200, 300), new double[][] {{101, 202, 303}, {104, 205, 306}});
        sum("a table 2×3 and a column 2×1", table, column(100, 200), new double[][] {{101, 102, 103}, {204, 205, 206}});
        otherOperations(table);
        refused();
        out.print(figures);
        return figures.exitCode();
    }

    private void calories() {
        Node calories = Node.constant(CALORIES);
        Node total = calories.columnSums();
        out.println("calories of apples, beef, eggs and potatoes from carbohydrates, proteins and fat");
        out.print(MatrixText.of(new DMatrixRMaj(CALORIES), 8));
        show("sums of the columns, calories.columnSums()", total);
        figures.check("sums of columns", new double[][] {{59, 239, 155.4, 76.9}}, Values.of(total), ROUNDING);
        Node shares = calories.dividedBy(total);
        show("shares, calories.dividedBy(sums): 3×4 divided by 1×4", shares);
        figures.check("shares", SHARES, Values.of(shares), EIGHT_DIGITS);
    }

    private void sum(String what, Node left, Node right, double[][] expected) {
        show(what, left.plus(right));
        figures.check(what, expected, Values.of(left.plus(right)), 0);
    }

    /** The same stretching for − × ÷, here of 2×3 with 1×3 and 2×1. */
    private void otherOperations(Node table) {
        Node row = row(1, 2, 4);
        Node column = column(2, 4);
        figures.check("2×3 − 1×3", new double[][] {{0, 0, -1}, {3, 3, 2}}, Values.of(table.minus(row)), 0);
        figures.check("2×3 × 1×3", new double[][] {{1, 4, 12}, {4, 10, 24}}, Values.of(table.times(row)), 0);
        figures.check(
                "2×3 ÷ 2×1", new double[][] {{0.5, 1, 1.5}, {1, 1.25, 1.5}}, Values.of(table.dividedBy(column)), 0);
    }

    private void refused() {
        Node column = Node.input("column", 4, 1);
        Node row = Node.input("row", 1, 3);
        out.println();
        out.println("a column 4×1 and a row 1×3: NumPy makes a table of them without a word, here it is an error");
        boolean wasRefused = false;
        try {
            out.println(column.plus(row));
        } catch (ShapeException error) {
            wasRefused = true;
            String.valueOf(error.getMessage()).lines().forEach(line -> out.println("  " + line));
        }
        figures.holds("a column and a row are refused", wasRefused);
    }

    private void show(String what, Node node) {
        out.println();
        out.println(what);
        out.print(MatrixText.of(Values.of(node), 8));
    }
}
