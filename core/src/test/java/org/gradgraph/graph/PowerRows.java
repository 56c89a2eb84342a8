package org.gradgraph.graph;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;

/** The contract of {@link Arithmetic}; the tables of exact points guard against bug class 9. */
final class PowerRows {
    private static final double LOG_2 = Math.log(2);

    private PowerRows() {}

    static List<OperationRow> rows() {
        return List.of(
                constant(3, "power(3)")
                        .point(2, 8, 12)
                        .point(0, 0, 0)
                        .point(-2, -8, 12)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .point(NEGATIVE_INFINITY, NEGATIVE_INFINITY, POSITIVE_INFINITY)
                        .second(POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .second(NEGATIVE_INFINITY, NEGATIVE_INFINITY),
                constant(2, "power(2)")
                        .point(3, 9, 6)
                        .point(0, 0, 0)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .point(NEGATIVE_INFINITY, POSITIVE_INFINITY, NEGATIVE_INFINITY)
                        .second(POSITIVE_INFINITY, 2)
                        .second(NEGATIVE_INFINITY, 2)
                        .second(NaN, 2),
                constant(1, "power(1)")
                        .point(3, 3, 1)
                        .point(0, 0, 1)
                        .point(NaN, NaN, 1)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 1)
                        .point(NEGATIVE_INFINITY, NEGATIVE_INFINITY, 1)
                        .second(NaN, 0),
                constant(0, "power(0)")
                        .point(3, 1, 0)
                        .point(0, 1, 0)
                        .point(NaN, 1, 0)
                        .point(POSITIVE_INFINITY, 1, 0)
                        .point(NEGATIVE_INFINITY, 1, 0)
                        .second(NaN, 0),
                constant(-1, "power(-1)")
                        .point(2, 0.5, -0.25)
                        .point(-4, -0.25, -0.0625)
                        .point(0, POSITIVE_INFINITY, NEGATIVE_INFINITY)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 0, 0)
                        .point(NEGATIVE_INFINITY, 0, 0),
                constant(0.5, "power(0.5)")
                        .point(4, 2, 0.25)
                        .point(0, 0, POSITIVE_INFINITY)
                        .point(-4, NaN, NaN)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 0)
                        .point(NEGATIVE_INFINITY, POSITIVE_INFINITY, 0),
                OperationRow.binary("power", Arithmetic::power)
                        .page(
                                "a^b, b a number or a node",
                                "b·a^(b−1), a^b·log a",
                                "0^0 = 1 and both derivatives 0; by b at a = 0, b ≥ 0: 0; a < 0 with an integral b only, else NaN")
                        .domains(0.5, 2, -2, 2)
                        .ulps(3)
                        .point(2, 3, 8, 12, 8 * LOG_2)
                        .point(2, -1, 0.5, -0.25, 0.5 * LOG_2)
                        .point(2, 0, 1, 0, LOG_2)
                        .point(1, 5, 1, 5, 0)
                        .point(0, 0, 1, 0, 0)
                        .point(0, 1, 0, 1, 0)
                        .point(0, 2, 0, 0, 0)
                        .point(0, 0.5, 0, POSITIVE_INFINITY, 0)
                        .point(0, -1, POSITIVE_INFINITY, NEGATIVE_INFINITY, NEGATIVE_INFINITY)
                        .point(-2, 3, -8, 12, NaN)
                        .point(-2, 2, 4, -4, NaN)
                        .point(-2, 0, 1, 0, NaN)
                        .point(-2, 0.5, NaN, NaN, NaN)
                        .point(NaN, 2, NaN, NaN, NaN)
                        .point(NaN, 0, 1, 0, NaN)
                        .point(2, NaN, NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 2, POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .point(POSITIVE_INFINITY, -2, 0, 0, 0)
                        .point(NEGATIVE_INFINITY, 2, POSITIVE_INFINITY, NEGATIVE_INFINITY, NaN)
                        .point(2, POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .point(2, NEGATIVE_INFINITY, 0, NaN, 0),
                OperationRow.binary("inner logOfBase", (a, b) -> Node.apply(Arithmetic.LOG_OF_BASE, a, b))
                        .domains(0.5, 2, -2, 2)
                        .text("logOfBase")
                        .withoutBroadcasting()
                        .withoutGradientFor(1)
                        .point(2, 3, LOG_2, 0.5, 0)
                        .point(0, 1, 0, 0, 0)
                        .point(0, 0, 0, 0, 0)
                        .point(0, -1, NEGATIVE_INFINITY, 0, 0)
                        .point(-2, 1, NaN, -0.5, 0)
                        .point(NaN, 1, NaN, NaN, 0)
                        .point(2, NaN, LOG_2, 0.5, 0)
                        .point(POSITIVE_INFINITY, 1, POSITIVE_INFINITY, 0, 0)
                        .point(NEGATIVE_INFINITY, 1, NaN, 0, 0)
                        .point(2, POSITIVE_INFINITY, LOG_2, 0.5, 0)
                        .point(2, NEGATIVE_INFINITY, LOG_2, 0.5, 0));
    }

    private static OperationRow constant(double exponent, String text) {
        return OperationRow.unary("power", a -> Arithmetic.power(a, exponent))
                .variant("constant " + text)
                .text(text)
                .domain(0.5, 2);
    }
}
