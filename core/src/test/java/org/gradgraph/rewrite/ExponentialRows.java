package org.gradgraph.rewrite;

import static org.gradgraph.rewrite.RuleRow.column;
import static org.gradgraph.rewrite.RuleRow.row;
import static org.gradgraph.rewrite.RuleRows.HUGE;
import static org.gradgraph.rewrite.RuleRows.INFINITY;
import static org.gradgraph.rewrite.RuleRows.LOGITS;

import java.util.List;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;

/** Rows for the rules of exponentials, and of kinks that cancel. */
final class ExponentialRows {
    /** Without 0, where a kink has no derivative. */
    private static final double[] BESIDE_0 = {1e-8, -1e-8, 0.1, -0.5, 1, -3, 20, -20, 36.5, -36.5, 100, -100, 500, -500
    };

    private ExponentialRows() {}

    static List<RuleRow> rows() {
        return List.of(
                row("logarithm of exponentials", "z")
                        .fires(
                                "addScalar(0.6931471805599453)(logCosh(z))",
                                z -> z.exp().plus(z.negate().exp()).log())
                        .fires(
                                "logOfSum(z, scale(2)(z))",
                                z -> z.exp().plus(z.times(2).exp()).log())
                        .samples(0, LOGITS)
                        .within(4, z -> z.abs().times(2).plus(1))
                        .gradientOf(0, z -> Node.constant(2).broadcastTo(z.shape()))
                        .limit(INFINITY, INFINITY, 1)
                        .limit(-INFINITY, INFINITY, -1)
                        .limit(HUGE, HUGE, 1)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses("something else is added", z -> z.exp().plus(z).log()),
                row("logarithm of exponentials", "zs")
                        .only("2×3", "2×3")
                        .at("1×1", "1×1")
                        .fires(
                                "logOfSum(z, reciprocal(s))",
                                (z, s) -> z.exp().dividedBy(s).log())
                        .samples(0, LOGITS)
                        .samples(1, 0.1, 3, 1 / 3.0, 1e-50, 1e50)
                        .within(4, z -> z.square().sum().plus(120).broadcastTo(z.shape()))
                        .limit(-1000, 2, -1000 - Math.log(2), 1)
                        .limit(1000, 2, 1000 - Math.log(2), 1)
                        .limit(Double.NaN, 1, Double.NaN, Double.NaN)
                        .refuses(
                                "no exponential",
                                (z, s) -> z.square().dividedBy(s).log()),
                row("exponentials times a reciprocal", "z")
                        .only("3×2")
                        .at("1×1")
                        .fires(
                                "softmaxColumns(z)",
                                z -> z.exp().times(Arithmetic.reciprocal(z.exp().columnSums())))
                        .fires(
                                "sigmoid(z)",
                                z -> z.exp().times(Arithmetic.reciprocal(z.exp().plus(1))))
                        .samples(0, LOGITS)
                        .within(745)
                        .gradientOf(0, RuleRows::ones)
                        .limit(column(1000, 1000), column(0.5, 0.5), column(-0.25, 0.25))
                        .limit(column(HUGE, 0), column(1, 0), column(0, 0))
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses(
                                "no exponential",
                                z -> z.square()
                                        .times(Arithmetic.reciprocal(z.exp().plus(1)))),
                row("weighted logarithm of softmax", "yz")
                        .only("3×2", "3×2")
                        .at("1×1", "1×1")
                        .fires(
                                "zeroTimes(y, logSoftmaxColumns(z))",
                                (y, z) -> Node.apply(Losses.X_LOG_Y, y, Activations.softmaxColumns(z)))
                        .samples(0, 0, 1, 0.25)
                        .samples(1, LOGITS)
                        .within(8)
                        .gradientOf(0, (y, z) -> Node.constant(21 * 745).broadcastTo(z.shape()))
                        .gradientOf(1, (y, z) -> Node.constant(21 * 745).broadcastTo(z.shape()))
                        .limit(1, 1000, 0, 0)
                        .limit(0, Double.NaN, Double.NaN, Double.NaN)
                        .refuses("no softmax", (y, z) -> Node.apply(Losses.X_LOG_Y, y, z.sigmoid())),
                row("compute before joining", "xy")
                        .only("2×3", "2×3")
                        .fires(
                                "concatRows(negate(exp(x)), negate(y))",
                                (x, y) -> Layout.concatRows(x.exp(), y).negate())
                        .fires(
                                "concatColumns(negate(sigmoid(x)), negate(y))",
                                (x, y) -> Layout.concatColumns(x.sigmoid(), y).negate())
                        .refuses(
                                "no exponential",
                                (x, y) -> Layout.concatRows(x, y).log()),
                row("odds", "z")
                        .fires("exp(z)", z -> z.sigmoid().dividedBy(z.negate().sigmoid()))
                        .fires("exp(negate(z))", z -> z.negate().sigmoid().dividedBy(z.sigmoid()))
                        .samples(0, LOGITS)
                        .within(2)
                        .limit(INFINITY, INFINITY, INFINITY)
                        .limit(-INFINITY, 0, 0)
                        .limit(-HUGE, 0, 0)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses(
                                "the same logits",
                                z -> z.sigmoid().dividedBy(z.times(2).sigmoid())),
                row("power with a number", "x")
                        .fires("power(3)(x)", x -> Arithmetic.power(x, Node.constant(3)))
                        .samples(0, 0.1, -3, 1 / 3.0, 1e-50, 1e50)
                        .within(4)
                        .whereTheLeftSideLosesNothing()
                        .limit(0, 0, 0)
                        .limit(INFINITY, INFINITY, INFINITY)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses("no number", x -> Arithmetic.power(x, x)),
                row("power minus one", "x")
                        .fires("reciprocal(x)", x -> Arithmetic.power(x, -1))
                        .samples(0, 0.1, -3, 1 / 3.0, 1e-50, 1e50)
                        .within(4)
                        .whereTheLeftSideLosesNothing()
                        .limit(0, INFINITY, -INFINITY)
                        .limit(INFINITY, 0, 0)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses("another power", x -> Arithmetic.power(x, -2)),
                sum("sum of kinks")
                        .fires("softplus(z)", z -> logOfOne(z).plus(z.relu()))
                        .fires("softplus(z)", z -> z.plus(z.abs()).times(0.5).plus(logOfOne(z)))
                        .refuses("a kink is left", z -> logOfOne(z).plus(z.abs()))
                        .refuses("no kinks", z -> z.plus(z.exp())),
                sum("sum of kinks, as a difference")
                        .fires(
                                "softplus(negate(z))",
                                z -> logOfOne(z).plus(z.relu()).minus(z))
                        .fires("z", z -> z.relu().minus(z.negate().relu()))
                        .refuses("a kink is left", z -> z.relu().minus(logOfOne(z))));
    }

    private static Node logOfOne(Node z) {
        return Activations.softplus(z.abs().negate());
    }

    private static RuleRow sum(String rule) {
        boolean isSum = rule.equals("sum of kinks");
        RuleRow row = row(rule, "z");
        return (isSum ? row.whereTheLeftSideLosesNothing() : row)
                .samples(0, BESIDE_0)
                .within(4)
                .gradientOf(0, RuleRows::ones)
                .limit(0, Math.log(2), isSum ? 0.5 : -0.5)
                .limit(INFINITY, isSum ? INFINITY : 0, isSum ? 1 : 0)
                .limit(Double.NaN, Double.NaN, Double.NaN);
    }
}
