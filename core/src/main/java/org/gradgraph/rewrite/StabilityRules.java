package org.gradgraph.rewrite;

import static org.gradgraph.graph.Arithmetic.NEGATE;
import static org.gradgraph.graph.Arithmetic.POWER;
import static org.gradgraph.graph.Arithmetic.SUBTRACT;
import static org.gradgraph.graph.Elementary.EXP;
import static org.gradgraph.graph.Elementary.LOG;
import static org.gradgraph.rewrite.Rule.Effect.BETTER_ROUNDING;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.List;
import java.util.OptionalDouble;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Arithmetic.AddScalar;
import org.gradgraph.graph.Arithmetic.ConstantPower;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Node;
import org.jspecify.annotations.Nullable;

/** Rules that keep digits which the formula as it was composed would lose. */
final class StabilityRules {
    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            saying(BETTER_ROUNDING, "power with a number", "x^c", "power(c)(x)")
                    .when("c is one constant number")
                    .ieee("the same value; the derivative has no logarithm of x")
                    .at(POWER, match -> {
                        OptionalDouble exponent = match.number(match.input(1));
                        return exponent.isPresent() ? Arithmetic.power(match.input(0), exponent.getAsDouble()) : null;
                    }),
            saying(BETTER_ROUNDING, "power minus one", "x^−1", "1/x")
                    .ieee("one rounding; ±∞ at ±0 and ±0 at ±∞, as before")
                    .at(
                            ConstantPower.class,
                            match -> match.op(ConstantPower.class).exponent() == -1
                                    ? Arithmetic.reciprocal(match.input(0))
                                    : null),
            saying(BETTER_ROUNDING, "logarithm of one plus", "log(1 + x)", "log1p(x)")
                    .ieee("keeps all digits near x = 0; −∞ at −1 and NaN below, as before")
                    .at(LOG, match -> {
                        Node x = onePlus(match, match.input(0));
                        return x == null ? null : Elementary.log1p(x);
                    }),
            saying(BETTER_ROUNDING, "logarithm of one minus", "log(1 − x)", "log1p(−x)")
                    .ieee("keeps all digits near x = 0; −∞ at 1 and NaN above, as before")
                    .at(LOG, match -> {
                        Node x = oneMinus(match, match.input(0));
                        return x == null ? null : Elementary.log1p(x.negate());
                    }),
            saying(BETTER_ROUNDING, "exponential minus one", "exp(x) − 1", "expm1(x)")
                    .ieee("keeps all digits near x = 0; −1 at −∞, ∞ at ∞, as before")
                    .at(AddScalar.class, match -> {
                        Node x = match.op(AddScalar.class).number() == -1 ? match.inside(match.input(0), EXP) : null;
                        return x == null ? null : Elementary.expm1(x);
                    }));

    private StabilityRules() {}

    /** x where the node is 1 + x; the node is looked through. */
    static @Nullable Node onePlus(Match match, @Nullable Node node) {
        AddScalar sum = match.op(node, AddScalar.class);
        return node != null && sum != null && sum.number() == 1
                ? match.operands(node).get(0)
                : null;
    }

    /** x where the node is 1 − x; the node is looked through. */
    static @Nullable Node oneMinus(Match match, Node node) {
        Node opposite = onePlus(match, node);
        if (opposite != null) {
            return match.inside(opposite, NEGATE);
        }
        if (!match.is(node, SUBTRACT) || !match.isAll(node.inputs().get(0), 1)) {
            return null;
        }
        return match.operands(node).get(1);
    }
}
