package org.gradgraph.rewrite;

import static org.gradgraph.graph.Activations.LOG_SIGMOID;
import static org.gradgraph.graph.Activations.SIGMOID;
import static org.gradgraph.graph.Arithmetic.ADD;
import static org.gradgraph.graph.Arithmetic.MULTIPLY;
import static org.gradgraph.graph.Arithmetic.NEGATE;
import static org.gradgraph.graph.Arithmetic.SQUARE;
import static org.gradgraph.graph.Arithmetic.SUBTRACT;
import static org.gradgraph.graph.Elementary.LOG;
import static org.gradgraph.graph.Elementary.LOG1P;
import static org.gradgraph.graph.Elementary.SQRT;
import static org.gradgraph.rewrite.Rule.Effect.BETTER_ROUNDING;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.List;
import java.util.stream.IntStream;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Reductions.Sum;
import org.jspecify.annotations.Nullable;

/** Rules for what losses are made of: softmax, log-sum-exp, norms, and the logistic loss. */
final class LossRules {
    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            saying(BETTER_ROUNDING, "root of a sum of squares", "sqrt(Σ x²)", "norm2(x)")
                    .ieee("no overflow or underflow on the way; the derivative at 0 is 0 instead of NaN")
                    .at(SQRT, match -> {
                        Sum sum = match.op(match.input(0), Sum.class);
                        Node x = match.inside(match.inside(match.input(0), Sum.class), SQUARE);
                        return sum == null || x == null ? null : Reductions.norm2(x, sum.over());
                    }),
            saying(
                            BETTER_ROUNDING,
                            "cross entropy of sigmoid",
                            "xLogY(y, sigmoid(z)) + xLogOneMinusY(1 − y, sigmoid(z))",
                            "−bceWithLogits(z, y)")
                    .ieee("stays finite where the sigmoid is rounded to 0 or 1; the derivative sigmoid(z) − y keeps all"
                            + " digits")
                    .at(ADD, LossRules::crossEntropyOfSigmoid),
            logisticLoss("y·log(sigmoid(z)) + (1 − y)·log(sigmoid(−z))").at(ADD, match -> logisticLoss(match, false)),
            logisticLoss("−y·log(sigmoid(z)) − (1 − y)·log(sigmoid(−z))")
                    .at(SUBTRACT, match -> logisticLoss(match, true)));

    private LossRules() {}

    private static Rule logisticLoss(String before) {
        boolean isSum = !before.startsWith("−");
        return saying(
                        BETTER_ROUNDING,
                        isSum ? "logistic loss" : "logistic loss, as a difference",
                        before,
                        isSum ? "−bceWithLogits(z, y)" : "bceWithLogits(z, y)")
                .when(
                        "the logarithms are not repeated; each term may have either sign; for p that is no sigmoid, y·log p + (1 − y)·log(1 − p) becomes"
                                + " xLogY(y, p) + xLogOneMinusY(1 − y, p)")
                .ieee("a term of weight 0 is 0, also where the logarithm is −∞; the derivative sigmoid(z) − y keeps all"
                        + " digits");
    }

    private static @Nullable Node crossEntropyOfSigmoid(Match match) {
        for (int i = 0; i < 2; i++) {
            Node whereTrue = match.input(i);
            Node whereFalse = match.input(1 - i);
            if (match.is(whereTrue, Losses.X_LOG_Y) && match.is(whereFalse, Losses.X_LOG_ONE_MINUS_Y)) {
                List<Node> first = match.operands(whereTrue);
                List<Node> second = match.operands(whereFalse);
                Node label = first.get(0);
                Node z = match.inside(first.get(1), SIGMOID);
                boolean isLoss = first.get(1).equals(second.get(1))
                        && (isRestOf(match, second.get(0), label) || isKnownRestOf(second.get(0), label));
                return z != null && isLoss
                        ? Node.apply(Losses.BCE_WITH_LOGITS, z, label).negate()
                        : null;
            }
        }
        return null;
    }

    /** Whether two constants, repeated or not, are y and 1 − y. */
    private static boolean isKnownRestOf(Node rest, Node whole) {
        Node y = rest.op().orElse(null) instanceof Layout.Broadcast
                ? rest.inputs().get(0)
                : rest;
        Node other = whole.op().orElse(null) instanceof Layout.Broadcast
                ? whole.inputs().get(0)
                : whole;
        if (!(y.op().orElse(null) instanceof Constant first)
                || !(other.op().orElse(null) instanceof Constant second)
                || !y.shape().equals(other.shape())) {
            return false;
        }
        return IntStream.range(0, first.value().getNumElements())
                .allMatch(i -> first.value().get(i) == 1 - second.value().get(i));
    }

    /** One term of a logistic loss: a weight times the logarithm of a probability, or of its rest. */
    private static final class Term {
        private final boolean minus;
        private final Node weight;

        /** The logit of a sigmoid, or the probability itself. */
        private final Node of;

        private final boolean isLogit;
        private final boolean isRest;

        private Term(boolean minus, Node weight, Node of, boolean isLogit, boolean isRest) {
            this.minus = minus;
            this.weight = weight;
            this.of = of;
            this.isLogit = isLogit;
            this.isRest = isRest;
        }

        static @Nullable Term of(Match match, Node node) {
            boolean minus = false;
            Node inner = match.inside(node, NEGATE);
            Node product = inner == null ? node : inner;
            minus ^= inner != null;
            if (!match.is(product, MULTIPLY)) {
                return null;
            }
            List<Node> factors = match.operands(product);
            for (int i = 0; i < 2; i++) {
                Node weight = factors.get(1 - i);
                Node opposite = match.inside(match.unbroadcast(weight), NEGATE);
                Term term = withLogarithm(
                        match,
                        minus ^ (opposite != null),
                        opposite == null ? weight : Layout.broadcast(opposite, product.shape()),
                        factors.get(i));
                if (term != null) {
                    return term;
                }
            }
            return null;
        }

        private static @Nullable Term withLogarithm(Match match, boolean minus, Node weight, Node logarithm) {
            Node logit = match.inside(logarithm, LOG_SIGMOID);
            if (logit != null) {
                return new Term(minus, weight, logit, true, false);
            }
            Node probability = match.inside(logarithm, LOG);
            if (probability != null) {
                return new Term(minus, weight, probability, false, false);
            }
            Node rest = match.inside(match.inside(logarithm, LOG1P), NEGATE);
            return rest == null ? null : new Term(minus, weight, rest, false, true);
        }
    }

    private static @Nullable Node logisticLoss(Match match, boolean isDifference) {
        Term first = Term.of(match, match.input(0));
        Term second = Term.of(match, match.input(1));
        if (first == null || second == null || first.minus != (second.minus ^ isDifference)) {
            return null;
        }
        Node result = null;
        if (isRestOf(match, second.weight, first.weight)) {
            result = fused(match, first, second);
        } else if (isRestOf(match, first.weight, second.weight)) {
            result = fused(match, second, first);
        }
        return result == null || !first.minus ? result : result.negate();
    }

    /** The sum of both terms, without their signs: the first one has the weight y, the second one 1 − y. */
    private static @Nullable Node fused(Match match, Term whereTrue, Term whereFalse) {
        if (whereTrue.isLogit && whereFalse.isLogit) {
            Node opposite = match.inside(whereFalse.of, NEGATE);
            Node other = match.inside(whereTrue.of, NEGATE);
            boolean areOpposite = whereTrue.of.equals(opposite) || whereFalse.of.equals(other);
            return areOpposite
                    ? Node.apply(Losses.BCE_WITH_LOGITS, whereTrue.of, whereTrue.weight)
                            .negate()
                    : null;
        }
        if (whereTrue.isLogit || !whereTrue.of.equals(whereFalse.of)) {
            return null;
        }
        return whereFalse.isRest && !whereTrue.isRest
                ? Node.apply(Losses.X_LOG_Y, whereTrue.weight, whereTrue.of)
                        .plus(Node.apply(Losses.X_LOG_ONE_MINUS_Y, whereFalse.weight, whereFalse.of))
                : null;
    }

    private static boolean isRestOf(Match match, Node rest, Node whole) {
        return match.unbroadcast(whole).equals(StabilityRules.oneMinus(match, match.unbroadcast(rest)));
    }
}
