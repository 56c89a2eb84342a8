package org.gradgraph.rewrite;

import static org.gradgraph.graph.Activations.SIGMOID;
import static org.gradgraph.graph.Arithmetic.DIVIDE;
import static org.gradgraph.graph.Arithmetic.NEGATE;
import static org.gradgraph.graph.Arithmetic.RECIPROCAL;
import static org.gradgraph.graph.Arithmetic.SUBTRACT;
import static org.gradgraph.graph.Elementary.EXP;
import static org.gradgraph.graph.Elementary.LOG;
import static org.gradgraph.graph.Elementary.LOG1P;
import static org.gradgraph.rewrite.Rule.Effect.BETTER_ROUNDING;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.List;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic.AddScalar;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Node;
import org.jspecify.annotations.Nullable;

/** Rules that keep digits which the formula as it was composed would lose. */
final class StabilityRules {
    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            saying(BETTER_ROUNDING, "sigmoid from exponentials", "1/(1 + exp(−z)), exp(z)/(1 + exp(z))", "sigmoid(z)")
                    .ieee("no ∞/∞ for z > 709; the same at −∞, 1 at ∞, NaN stays NaN")
                    .at(DIVIDE, StabilityRules::sigmoid),
            saying(BETTER_ROUNDING, "sigmoid from a reciprocal", "reciprocal(1 + exp(−z))", "sigmoid(z)")
                    .ieee("one rounding less; the same at ±∞, NaN stays NaN")
                    .at(RECIPROCAL, match -> sigmoidOfMinus(match, match.inside(onePlus(match, match.input(0)), EXP))),
            saying(BETTER_ROUNDING, "rest of sigmoid", "1 − sigmoid(z)", "sigmoid(−z)")
                    .ieee("keeps all digits for z > 0, where the left side rounds to 0 from z = 37 on")
                    .at(AddScalar.class, StabilityRules::restOfSigmoid),
            saying(BETTER_ROUNDING, "rest of sigmoid, as a difference", "1 − sigmoid(z)", "sigmoid(−z)")
                    .ieee("keeps all digits for z > 0, where the left side rounds to 0 from z = 37 on")
                    .at(SUBTRACT, StabilityRules::restOfSigmoid),
            saying(BETTER_ROUNDING, "logarithm of sigmoid", "log(sigmoid(z))", "logSigmoid(z)")
                    .ieee("keeps all digits for z > 0 and stays finite for z < −745; −∞ at −∞, NaN stays NaN")
                    .at(LOG, match -> {
                        Node z = match.inside(match.input(0), SIGMOID);
                        return z == null ? null : Activations.logSigmoid(z);
                    }),
            saying(BETTER_ROUNDING, "logarithm of one plus an exponential", "log(1 + exp(z))", "softplus(z)")
                    .ieee("does not overflow for z > 709, keeps all digits for z < 0")
                    .at(LOG, match -> {
                        Node z = match.inside(onePlus(match, match.input(0)), EXP);
                        return z == null ? null : Activations.softplus(z);
                    }),
            saying(BETTER_ROUNDING, "log1p of an exponential", "log1p(exp(z))", "softplus(z)")
                    .ieee("does not overflow for z > 709")
                    .at(LOG1P, match -> {
                        Node z = match.inside(match.input(0), EXP);
                        return z == null ? null : Activations.softplus(z);
                    }),
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

    private static @Nullable Node sigmoid(Match match) {
        Node power = match.inside(onePlus(match, match.input(1)), EXP);
        if (power != null && power.equals(match.inside(match.input(0), EXP))) {
            return power.sigmoid();
        }
        return match.isAll(match.input(0), 1) ? sigmoidOfMinus(match, power) : null;
    }

    private static @Nullable Node sigmoidOfMinus(Match match, @Nullable Node power) {
        if (power == null) {
            return null;
        }
        Node z = match.inside(power, NEGATE);
        return (z == null ? power.negate() : z).sigmoid();
    }

    private static @Nullable Node restOfSigmoid(Match match) {
        Node z = match.inside(oneMinus(match, match.node()), SIGMOID);
        if (z == null) {
            return null;
        }
        Node opposite = match.inside(z, NEGATE);
        return (opposite == null ? z.negate() : opposite).sigmoid();
    }

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
