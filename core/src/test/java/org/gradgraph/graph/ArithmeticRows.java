package org.gradgraph.graph;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;

/** The contract of {@link Arithmetic}. */
final class ArithmeticRows {
    private ArithmeticRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.binary("add", Arithmetic::add)
                        .page("a + b", "1, 1")
                        .point(5, 6, 11, 1, 1)
                        .point(NaN, 6, NaN, 1, 1)
                        .point(5, NaN, NaN, 1, 1)
                        .point(POSITIVE_INFINITY, 6, POSITIVE_INFINITY, 1, 1)
                        .point(NEGATIVE_INFINITY, 6, NEGATIVE_INFINITY, 1, 1)
                        .point(5, POSITIVE_INFINITY, POSITIVE_INFINITY, 1, 1)
                        .point(5, NEGATIVE_INFINITY, NEGATIVE_INFINITY, 1, 1)
                        .point(POSITIVE_INFINITY, NEGATIVE_INFINITY, NaN, 1, 1),
                OperationRow.binary("subtract", Arithmetic::subtract)
                        .page("a − b", "1, −1")
                        .point(5, 7, -2, 1, -1)
                        .point(NaN, 7, NaN, 1, -1)
                        .point(5, NaN, NaN, 1, -1)
                        .point(POSITIVE_INFINITY, 7, POSITIVE_INFINITY, 1, -1)
                        .point(NEGATIVE_INFINITY, 7, NEGATIVE_INFINITY, 1, -1)
                        .point(5, POSITIVE_INFINITY, NEGATIVE_INFINITY, 1, -1)
                        .point(5, NEGATIVE_INFINITY, POSITIVE_INFINITY, 1, -1)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, NaN, 1, -1),
                OperationRow.binary("multiply", Arithmetic::multiply)
                        .page("a·b, elementwise", "b, a")
                        .point(3, 2, 6, 2, 3)
                        .point(NaN, 2, NaN, 2, NaN)
                        .point(3, NaN, NaN, NaN, 3)
                        .point(POSITIVE_INFINITY, 2, POSITIVE_INFINITY, 2, POSITIVE_INFINITY)
                        .point(NEGATIVE_INFINITY, 2, NEGATIVE_INFINITY, 2, NEGATIVE_INFINITY)
                        .point(3, POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY, 3)
                        .point(3, NEGATIVE_INFINITY, NEGATIVE_INFINITY, NEGATIVE_INFINITY, 3)
                        .point(0, POSITIVE_INFINITY, NaN, POSITIVE_INFINITY, 0),
                OperationRow.binary("divide", Arithmetic::divide)
                        .page("a/b", "1/b, −a/b²")
                        .domains(-2, 2, 0.5, 2)
                        .point(3, 2, 1.5, 0.5, -0.75)
                        .point(1, 0, POSITIVE_INFINITY, POSITIVE_INFINITY, NEGATIVE_INFINITY)
                        .point(-1, 0, NEGATIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .point(0, 0, NaN, POSITIVE_INFINITY, NaN)
                        .point(NaN, 2, NaN, 0.5, NaN)
                        .point(3, NaN, NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 2, POSITIVE_INFINITY, 0.5, NEGATIVE_INFINITY)
                        .point(NEGATIVE_INFINITY, 2, NEGATIVE_INFINITY, 0.5, POSITIVE_INFINITY)
                        .point(3, POSITIVE_INFINITY, 0, 0, 0)
                        .point(3, NEGATIVE_INFINITY, 0, 0, 0),
                OperationRow.unary("negate", Arithmetic::negate)
                        .page("−a", "−1")
                        .point(3, -3, -1)
                        .point(0, 0, -1)
                        .point(NaN, NaN, -1)
                        .point(POSITIVE_INFINITY, NEGATIVE_INFINITY, -1)
                        .point(NEGATIVE_INFINITY, POSITIVE_INFINITY, -1)
                        .second(NaN, 0),
                OperationRow.unary("scale", x -> Arithmetic.scale(x, 3))
                        .page("c·a, c a number", "c")
                        .text("scale(3)")
                        .point(2, 6, 3)
                        .point(NaN, NaN, 3)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 3)
                        .point(NEGATIVE_INFINITY, NEGATIVE_INFINITY, 3)
                        .second(NaN, 0),
                OperationRow.unary("addScalar", x -> Arithmetic.addScalar(x, 0.5))
                        .page("a + c, c a number", "1")
                        .text("addScalar(0.5)")
                        .point(2, 2.5, 1)
                        .point(NaN, NaN, 1)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 1)
                        .point(NEGATIVE_INFINITY, NEGATIVE_INFINITY, 1)
                        .second(NaN, 0),
                OperationRow.unary("square", Arithmetic::square)
                        .page("a²", "2a")
                        .point(-3, 9, -6)
                        .point(0, 0, 0)
                        .point(1e200, POSITIVE_INFINITY, 2e200)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .point(NEGATIVE_INFINITY, POSITIVE_INFINITY, NEGATIVE_INFINITY)
                        .second(NaN, 2)
                        .second(POSITIVE_INFINITY, 2)
                        .second(NEGATIVE_INFINITY, 2),
                OperationRow.unary("reciprocal", Arithmetic::reciprocal)
                        .page("1/a", "−1/a²", "at 0: −∞")
                        .domain(0.5, 2)
                        .point(2, 0.5, -0.25)
                        .point(-4, -0.25, -0.0625)
                        .point(0, POSITIVE_INFINITY, NEGATIVE_INFINITY)
                        .point(-0.0, NEGATIVE_INFINITY, NEGATIVE_INFINITY)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 0, 0)
                        .point(NEGATIVE_INFINITY, 0, 0)
                        .second(2, 0.25)
                        .second(0, POSITIVE_INFINITY));
    }
}
