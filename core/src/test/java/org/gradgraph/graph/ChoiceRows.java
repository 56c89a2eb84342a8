package org.gradgraph.graph;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.gradgraph.graph.OperationRow.MN;

import java.util.List;

/** The contract of {@link ChoiceOps}. */
final class ChoiceRows {
    private ChoiceRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.binary("maximum", Comparisons::maximum)
                        .page("max(a, b)", "1 if a > b, else 0; 1 if b > a, else 0", "equal: ½ each; NaN propagates")
                        .point(3, 2, 3, 1, 0)
                        .point(2, 3, 3, 0, 1)
                        .point(2, 2, 2, 0.5, 0.5)
                        .point(0, -0.0, 0, 0.5, 0.5)
                        .point(NaN, 2, NaN, NaN, NaN)
                        .point(3, NaN, NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 2, POSITIVE_INFINITY, 1, 0)
                        .point(NEGATIVE_INFINITY, 2, 2, 0, 1)
                        .point(3, POSITIVE_INFINITY, POSITIVE_INFINITY, 0, 1)
                        .point(3, NEGATIVE_INFINITY, 3, 1, 0)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY, 0.5, 0.5),
                OperationRow.binary("minimum", Comparisons::minimum)
                        .page("min(a, b)", "1 if a < b, else 0; 1 if b < a, else 0", "equal: ½ each; NaN propagates")
                        .point(3, 2, 2, 0, 1)
                        .point(2, 3, 2, 1, 0)
                        .point(2, 2, 2, 0.5, 0.5)
                        .point(NaN, 2, NaN, NaN, NaN)
                        .point(3, NaN, NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 2, 2, 0, 1)
                        .point(NEGATIVE_INFINITY, 2, NEGATIVE_INFINITY, 1, 0)
                        .point(3, POSITIVE_INFINITY, 3, 1, 0)
                        .point(3, NEGATIVE_INFINITY, NEGATIVE_INFINITY, 0, 1),
                OperationRow.unary("clip", x -> Comparisons.clip(x, -0.5, 1))
                        .page("max(lo, min(x, hi))", "1 if lo ≤ x ≤ hi, else 0", "at a bound: 1; NaN propagates")
                        .text("clip(-0.5, 1)")
                        .avoiding(-0.5, 1)
                        .point(0.25, 0.25, 1)
                        .point(1, 1, 1)
                        .point(-0.5, -0.5, 1)
                        .point(1.5, 1, 0)
                        .point(-1, -0.5, 0)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, 1, 0)
                        .point(NEGATIVE_INFINITY, -0.5, 0)
                        .second(NaN, 0),
                OperationRow.of("where", in -> Comparisons.where(in.get(0), in.get(1), in.get(2)))
                        .page(
                                "a if c ≠ 0, else b",
                                "0; 1 if c ≠ 0, else 0; 0 if c ≠ 0, else 1",
                                "the other one: an exact 0, it leaks nothing")
                        .operands(MN, MN, MN)
                        .withoutGradientFor(0)
                        .point(1, 3, 4, 3, 0, 1, 0)
                        .point(0, 3, 4, 4, 0, 0, 1)
                        .point(-0.0, 3, 4, 4, 0, 0, 1)
                        .point(-2, 3, 4, 3, 0, 1, 0)
                        .point(NaN, 3, 4, 3, 0, 1, 0)
                        .point(POSITIVE_INFINITY, 3, 4, 3, 0, 1, 0)
                        .point(NEGATIVE_INFINITY, 3, 4, 3, 0, 1, 0)
                        .point(1, NaN, 4, NaN, 0, 1, 0)
                        .point(0, NaN, 4, 4, 0, 0, 1)
                        .point(1, 3, NaN, 3, 0, 1, 0)
                        .point(0, POSITIVE_INFINITY, 4, 4, 0, 0, 1)
                        .point(0, NEGATIVE_INFINITY, 4, 4, 0, 0, 1)
                        .point(1, 3, POSITIVE_INFINITY, 3, 0, 1, 0)
                        .point(1, 3, NEGATIVE_INFINITY, 3, 0, 1, 0)
                        .point(0, 3, NEGATIVE_INFINITY, NEGATIVE_INFINITY, 0, 0, 1),
                OperationRow.of("inner fallback", in -> Fallback.of(in.get(0), in.get(1), in.get(2)))
                        .operands(MN, MN, MN)
                        .text("fallback")
                        .withoutGradientFor(0)
                        .point(1, 3, 4, 3, 0, 1, 0)
                        .point(0, 3, 4, 4, 0, 0, 1)
                        .point(-0.0, 3, 4, 4, 0, 0, 1)
                        .point(NaN, 3, 4, 3, 0, 1, 0)
                        .point(POSITIVE_INFINITY, 3, 4, 3, 0, 1, 0)
                        .point(NEGATIVE_INFINITY, 3, 4, 3, 0, 1, 0)
                        .point(1, NaN, 4, NaN, 0, 1, 0)
                        .point(0, NaN, 4, 4, 0, 0, 1)
                        .point(1, 3, NaN, 3, 0, 1, 0)
                        .point(0, POSITIVE_INFINITY, 4, 4, 0, 0, 1)
                        .point(0, NEGATIVE_INFINITY, 4, 4, 0, 0, 1)
                        .point(1, 3, POSITIVE_INFINITY, 3, 0, 1, 0)
                        .point(1, 3, NEGATIVE_INFINITY, 3, 0, 1, 0),
                OperationRow.binary("mask", Comparisons::mask)
                        .page("x·w", "w, x", "w = 0 gives an exact 0, even for NaN and ∞")
                        .point(3, 2, 6, 2, 3)
                        .point(NaN, 0, 0, 0, NaN)
                        .point(POSITIVE_INFINITY, 0, 0, 0, POSITIVE_INFINITY)
                        .point(NEGATIVE_INFINITY, -0.0, 0, 0, NEGATIVE_INFINITY)
                        .point(NaN, 2, NaN, 2, NaN)
                        .point(0, POSITIVE_INFINITY, NaN, POSITIVE_INFINITY, 0)
                        .point(3, NaN, NaN, NaN, 3)
                        .point(3, POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY, 3)
                        .point(3, NEGATIVE_INFINITY, NEGATIVE_INFINITY, NEGATIVE_INFINITY, 3),
                OperationRow.unary("stopGradient", Arithmetic::stopGradient)
                        .page("x", "0, on request")
                        .withoutGradient()
                        .point(3, 3, 0)
                        .point(NaN, NaN, 0)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 0)
                        .point(NEGATIVE_INFINITY, NEGATIVE_INFINITY, 0));
    }
}
