package org.gradgraph.graph;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The contract of {@link ChoiceOps}, but for what rounds: that is in {@link ElementaryRows}. */
final class StepRows {
    private StepRows() {}

    static List<OperationRow> rows() {
        List<OperationRow> rows = new ArrayList<>();
        addComparison(rows, "less", "<", Comparisons::less, x -> Comparisons.less(x, 2), 1, 0, 0, 0);
        addComparison(
                rows, "lessOrEqual", "≤", Comparisons::lessOrEqual, x -> Comparisons.lessOrEqual(x, 2), 1, 1, 0, 0);
        addComparison(rows, "equal", "=", Comparisons::equal, x -> Comparisons.equal(x, 2), 0, 1, 0, 0);
        addComparison(rows, "notEqual", "≠", Comparisons::notEqual, x -> Comparisons.notEqual(x, 2), 1, 0, 1, 1);
        addComparison(
                rows,
                "greaterOrEqual",
                "≥",
                Comparisons::greaterOrEqual,
                x -> Comparisons.greaterOrEqual(x, 2),
                0,
                1,
                1,
                0);
        addComparison(rows, "greater", ">", Comparisons::greater, x -> Comparisons.greater(x, 2), 0, 0, 1, 0);
        rows.add(OperationRow.unary("step", x -> Comparisons.step(x, -3, 0.5, 4))
                .page("one number for x < 0, x = 0, x > 0", "0", "NaN propagates")
                .text("step(-3, 0.5, 4)")
                .withoutGradient()
                .point(2, 4, 0)
                .point(-2, -3, 0)
                .point(0, 0.5, 0)
                .point(-0.0, 0.5, 0)
                .point(NaN, NaN, 0)
                .point(POSITIVE_INFINITY, 4, 0)
                .point(NEGATIVE_INFINITY, -3, 0));
        rows.add(OperationRow.binary("inner share", (a, b) -> Node.apply(ChoiceOps.SHARE, a, b))
                .text("share")
                .withoutBroadcasting()
                .withoutGradient()
                .point(3, 2, 1, 0, 0)
                .point(2, 3, 0, 0, 0)
                .point(2, 2, 0.5, 0, 0)
                .point(NaN, 2, NaN, 0, 0)
                .point(2, NaN, NaN, 0, 0)
                .point(POSITIVE_INFINITY, 2, 1, 0, 0)
                .point(NEGATIVE_INFINITY, 2, 0, 0, 0)
                .point(2, POSITIVE_INFINITY, 0, 0, 0)
                .point(2, NEGATIVE_INFINITY, 1, 0, 0)
                .point(NEGATIVE_INFINITY, NEGATIVE_INFINITY, 0.5, 0, 0));
        rows.add(OperationRow.unary("inner within", x -> Node.apply(new ChoiceOps.Within(-1, 2), x))
                .text("within(-1, 2)")
                .withoutGradient()
                .point(0, 1, 0)
                .point(-1, 1, 0)
                .point(2, 1, 0)
                .point(-1.5, 0, 0)
                .point(2.5, 0, 0)
                .point(NaN, NaN, 0)
                .point(POSITIVE_INFINITY, 0, 0)
                .point(NEGATIVE_INFINITY, 0, 0));
        return rows;
    }

    /** The answers for a number below, equal, above, and for NaN; once between nodes, once against the number 2. */
    private static void addComparison(
            List<OperationRow> rows,
            String method,
            String sign,
            BinaryOperator<Node> nodes,
            UnaryOperator<Node> againstTwo,
            int below,
            int equal,
            int above,
            int withNaN) {
        rows.add(OperationRow.binary(method, nodes)
                .page("1 if a " + sign + " b, else 0; b a node or a number", "0", "NaN gives " + withNaN)
                .withoutGradient()
                .point(1, 2, below, 0, 0)
                .point(2, 2, equal, 0, 0)
                .point(-0.0, 0, equal, 0, 0)
                .point(3, 2, above, 0, 0)
                .point(NaN, 2, withNaN, 0, 0)
                .point(2, NaN, withNaN, 0, 0)
                .point(NaN, NaN, withNaN, 0, 0)
                .point(POSITIVE_INFINITY, 2, above, 0, 0)
                .point(NEGATIVE_INFINITY, 2, below, 0, 0)
                .point(2, POSITIVE_INFINITY, below, 0, 0)
                .point(2, NEGATIVE_INFINITY, above, 0, 0)
                .point(POSITIVE_INFINITY, POSITIVE_INFINITY, equal, 0, 0));
        rows.add(OperationRow.unary(method, againstTwo)
                .variant("a number")
                .text(method + "(2)")
                .withoutGradient()
                .point(1, below, 0)
                .point(2, equal, 0)
                .point(3, above, 0)
                .point(NaN, withNaN, 0)
                .point(POSITIVE_INFINITY, above, 0)
                .point(NEGATIVE_INFINITY, below, 0));
    }
}
