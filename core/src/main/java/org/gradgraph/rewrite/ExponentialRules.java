package org.gradgraph.rewrite;

import static org.gradgraph.graph.Activations.SIGMOID;
import static org.gradgraph.graph.Arithmetic.DIVIDE;
import static org.gradgraph.graph.Arithmetic.MULTIPLY;
import static org.gradgraph.graph.Arithmetic.NEGATE;
import static org.gradgraph.graph.Arithmetic.RECIPROCAL;
import static org.gradgraph.graph.Arithmetic.SUBTRACT;
import static org.gradgraph.graph.Elementary.EXP;
import static org.gradgraph.graph.Elementary.LOG;
import static org.gradgraph.graph.Elementary.LOG1P;
import static org.gradgraph.graph.TrigonometricOps.TANH;
import static org.gradgraph.rewrite.Rule.Effect.BETTER_ROUNDING;
import static org.gradgraph.rewrite.Rule.Effect.SAME_BITS;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic.AddScalar;
import org.gradgraph.graph.Arithmetic.Scale;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.ExponentialOps;
import org.gradgraph.graph.ExponentialOps.LogOfSum;
import org.gradgraph.graph.ExponentialOps.Quotient;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Reductions.Sum;
import org.gradgraph.graph.SoftmaxOps.Softmax;
import org.gradgraph.rewrite.ExponentialForm.Operands;
import org.gradgraph.rewrite.ExponentialForm.Summand;
import org.jspecify.annotations.Nullable;

/** Logarithms and quotients of sums of exponentials: one normal form for all ways to write them. */
final class ExponentialRules {
    private static final String OVERFLOW =
            "no overflow, no underflow to 0/0, and no difference of large numbers; NaN stays NaN";

    private static final String REST = "1 − sigmoid(z), 1 − tanh(z), 1 − exp(a)/(exp(a) + exp(b))";
    private static final String REST_IS = "sigmoid(−z), 2·sigmoid(−2·z), exp(b)/(exp(a) + exp(b))";
    private static final String REST_KEEPS =
            "keeps all digits where the share is near 1; the left side rounds to 0 for a sigmoid from z = 37 on";

    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            saying(
                            BETTER_ROUNDING,
                            "logarithm of exponentials",
                            "log(Σ c·exp(z))",
                            "logSumExp(z + log c), also as softplus, logSigmoid or logSoftmax")
                    .when(
                            "each term is a number, an exponential, a sigmoid, a softmax, or a sum, running sum or view of them;"
                                    + " it may have weights and divisors")
                    .ieee(OVERFLOW)
                    .at(LOG, match -> logarithm(match, match.input(0), 0)),
            saying(BETTER_ROUNDING, "log1p of exponentials", "log1p(exp(z))", "softplus(z)")
                    .when("as for the logarithm")
                    .ieee(OVERFLOW)
                    .at(LOG1P, match -> logarithm(match, match.input(0), 1)),
            saying(
                            BETTER_ROUNDING,
                            "quotient of exponentials",
                            "Σ c·exp(a) / Σ d·exp(b)",
                            "one quotient of sums, also as sigmoid, softmax or tanh")
                    .when("each term is a number or an exponential, and the divisor has several")
                    .ieee(OVERFLOW)
                    .at(DIVIDE, match -> quotient(match, match.input(0), match.input(1))),
            saying(BETTER_ROUNDING, "reciprocal of exponentials", "reciprocal(1 + exp(−z))", "sigmoid(z)")
                    .when("as for the quotient")
                    .ieee(OVERFLOW)
                    .at(RECIPROCAL, match -> quotient(match, null, match.input(0))),
            saying(
                            BETTER_ROUNDING,
                            "exponentials times a reciprocal",
                            "exp(z)·reciprocal(1 + exp(z)), exp(z)·reciprocal(Σ exp(z))",
                            "sigmoid(z), softmax(z)")
                    .when("as for the quotient")
                    .ieee(OVERFLOW)
                    .at(MULTIPLY, ExponentialRules::product),
            saying(
                            BETTER_ROUNDING,
                            "weighted logarithm of softmax",
                            "xLogY(y, softmax(z))",
                            "zeroTimes(y, logSoftmax(z))")
                    .when("the softmax may be below views")
                    .ieee("stays finite where the softmax underflows; a weight of 0 still wins")
                    .at(Losses.X_LOG_Y, match -> {
                        Node logarithm = isSoftmax(match, match.input(1)) ? logarithm(match, match.input(1), 0) : null;
                        return logarithm == null ? null : Node.apply(Losses.ZERO_TIMES, match.input(0), logarithm);
                    }),
            saying(SAME_BITS, "compute before joining", "f(concat(exp(a), b))", "concat(f(exp(a)), f(b))")
                    .when("f is elementwise and has one operand, and one part is an exponential, sigmoid or softmax")
                    .ieee("the same operation on the same numbers")
                    .at(Elementwise.class, ExponentialRules::computeBeforeJoining),
            saying(BETTER_ROUNDING, "odds", "sigmoid(z)/sigmoid(−z)", "exp(z)")
                    .ieee("no 0/0 below −745")
                    .at(DIVIDE, match -> {
                        Node z = match.inside(match.input(0), SIGMOID);
                        Node opposite = match.inside(match.input(1), SIGMOID);
                        return z != null && areOpposite(match, z, opposite) ? z.exp() : null;
                    }),
            saying(BETTER_ROUNDING, "rest of a share", REST, REST_IS)
                    .when("the share may be below views")
                    .ieee(REST_KEEPS)
                    .at(AddScalar.class, ExponentialRules::rest),
            saying(BETTER_ROUNDING, "rest of a share, as a difference", REST, REST_IS)
                    .when("the share may be below views")
                    .ieee(REST_KEEPS)
                    .at(SUBTRACT, ExponentialRules::rest));

    private ExponentialRules() {}

    private static @Nullable Node logarithm(Match match, Node of, double plus) {
        ExponentialForm form = ExponentialForm.of(match, of, plus, true);
        if (form == null) {
            return null;
        }
        List<Summand> terms = form.summands();
        Summand first = terms.get(0);
        if (terms.size() == 1 && (first.exponent == null || first.weight == null)) {
            return first.exponent == null || !(first.factor > 0) ? null : plusLog(first.exponent, first.factor);
        }
        if (terms.size() == 2 && first.factor > 0 && isPlain(terms)) {
            Summand second = terms.get(1);
            Multiple a = Multiple.of(match, first);
            Multiple b = Multiple.of(match, second);
            if (first.factor == second.factor && (a.of == null || b.of == null)) {
                return plusLog(Activations.softplus(a.of == null ? b.node() : a.node()), first.factor);
            }
            if (first.factor == second.factor && a.of != null && a.of.equals(b.of) && a.times == -b.times) {
                Node cosh = Node.apply(ExponentialOps.LOG_COSH, a.times > 0 ? a.node() : b.node());
                return plusLog(cosh, 2 * first.factor);
            }
        }
        Operands operands = new Operands(match.shape(), form);
        return Node.apply(new LogOfSum(operands.sum(form)), operands.nodes());
    }

    private static boolean isPlain(List<Summand> terms) {
        return terms.stream().allMatch(term -> term.weight == null);
    }

    private static Node plusLog(Node node, double factor) {
        return factor == 1 ? node : node.plus(StrictMath.log(factor));
    }

    /** An exponent as a multiple of a node; without a node for e⁰. */
    private static final class Multiple {
        final double times;
        final @Nullable Node of;

        private Multiple(double times, @Nullable Node of) {
            this.times = times;
            this.of = of;
        }

        static Multiple of(Match match, Summand summand) {
            Node node = summand.exponent;
            Node opposite = match.inside(node, NEGATE);
            Node inner = opposite == null ? node : opposite;
            double sign = opposite == null ? 1 : -1;
            Scale scale = match.op(inner, Scale.class);
            return inner != null && scale != null
                    ? new Multiple(sign * scale.factor(), match.operands(inner).get(0))
                    : new Multiple(sign, inner);
        }

        Node node() {
            Node base = Objects.requireNonNull(of);
            return times == 1 ? base : times == -1 ? base.negate() : base.times(times);
        }

        /** The difference of two multiples of one node; none if they are multiples of different ones. */
        @Nullable
        Multiple minus(Multiple other) {
            if (other.of == null) {
                return this;
            }
            if (of == null) {
                return new Multiple(-other.times, other.of);
            }
            return of.equals(other.of) ? new Multiple(times - other.times, of) : null;
        }

        boolean isLike(Multiple other) {
            return times == other.times && Objects.equals(of, other.of);
        }

        Multiple by(double number) {
            return new Multiple(times * number, of);
        }
    }

    private static @Nullable Node product(Match match) {
        for (int i = 0; i < 2; i++) {
            Node other = match.input(1 - i);
            Node divisor = match.inside(match.unbroadcast(match.input(i)), RECIPROCAL);
            if (divisor != null) {
                Node result = softmax(match, other, divisor);
                return result == null && divisor.shape().equals(match.shape())
                        ? quotient(match, other, divisor)
                        : result;
            }
            Node z = match.inside(match.input(i), SIGMOID);
            if (z != null && areOpposite(match, z, match.inside(other, EXP))) {
                return ExponentialForm.opposite(match, z).sigmoid();
            }
            Node result = timesQuotient(match, match.input(i), other);
            if (result != null) {
                return result;
            }
        }
        return null;
    }

    /** Exponentials times the reciprocal of a sum, which was rewritten before. */
    private static @Nullable Node timesQuotient(Match match, Node reciprocal, Node other) {
        Quotient quotient = match.op(reciprocal, Quotient.class);
        if (quotient == null || quotient.power() != 1) {
            return null;
        }
        List<Node> operands = match.operands(reciprocal);
        ExponentialForm below = ExponentialForm.of(match, quotient.below(), operands);
        ExponentialForm above = ExponentialForm.of(match, quotient.above(), operands);
        ExponentialForm factors = ExponentialForm.of(match, other, 0, false);
        return below == null
                        || above == null
                        || factors == null
                        || above.asNumber().orElse(0) != 1
                ? null
                : quotient(match, factors, below);
    }

    private static @Nullable Node quotient(Match match, @Nullable Node dividend, Node divisor) {
        Node softmax = dividend == null ? null : softmax(match, dividend, divisor);
        if (softmax != null) {
            return softmax;
        }
        ExponentialForm below = ExponentialForm.of(match, divisor, 0, false);
        if (below == null || below.summands().size() < 2) {
            return null;
        }
        OptionalDouble number = dividend == null ? OptionalDouble.of(1) : match.number(dividend);
        ExponentialForm above = number.isPresent()
                ? ExponentialForm.ofNumber(match, number.getAsDouble())
                : ExponentialForm.of(match, Objects.requireNonNull(dividend), 0, false);
        if (above == null || (number.isPresent() && !Double.isFinite(number.getAsDouble()))) {
            return null;
        }
        return quotient(match, above, below);
    }

    private static Node quotient(Match match, ExponentialForm above, ExponentialForm below) {
        Node known = knownQuotient(match, above.summands(), below.summands());
        if (known != null) {
            return known;
        }
        Operands operands = new Operands(match.shape(), above, below);
        return Node.apply(new Quotient(operands.sum(above), operands.sum(below), 1), operands.nodes());
    }

    /** A sigmoid or a hyperbolic tangent, if the exponents are multiples of one node. */
    private static @Nullable Node knownQuotient(Match match, List<Summand> above, List<Summand> below) {
        if (below.size() != 2 || below.get(0).factor != below.get(1).factor) {
            return null;
        }
        Multiple first = Multiple.of(match, below.get(0));
        Multiple second = Multiple.of(match, below.get(1));
        Multiple distance = first.minus(second);
        if (distance == null || distance.of == null || distance.times == 0) {
            return null;
        }
        double ofFirst = 0;
        double ofSecond = 0;
        for (Summand summand : above) {
            if (Multiple.of(match, summand).isLike(first)) {
                ofFirst = summand.factor;
            } else if (Multiple.of(match, summand).isLike(second)) {
                ofSecond = summand.factor;
            } else {
                return null;
            }
        }
        double factor = below.get(0).factor;
        if (ofSecond == 0) {
            return times(distance.node().sigmoid(), ofFirst / factor);
        }
        if (ofFirst == 0) {
            return times(distance.by(-1).node().sigmoid(), ofSecond / factor);
        }
        if (ofFirst == -ofSecond) {
            return times(distance.by(0.5).node().tanh(), ofFirst / factor);
        }
        return null;
    }

    private static boolean areOpposite(Match match, Node z, @Nullable Node other) {
        if (other == null) {
            return false;
        }
        Multiple first = Multiple.of(match, new Summand(1, z, null));
        Multiple second = Multiple.of(match, new Summand(1, other, null));
        return Objects.equals(first.of, second.of) && first.times == -second.times;
    }

    private static Node times(Node node, double factor) {
        return factor == 1 ? node : factor == -1 ? node.negate() : node.times(factor);
    }

    private static @Nullable Node softmax(Match match, Node power, Node divisor) {
        Node z = match.inside(power, EXP);
        Node total = match.unbroadcast(divisor);
        Sum sum = match.op(total, Sum.class);
        Node summed = match.inside(match.inside(total, Sum.class), EXP);
        return z != null && sum != null && z.equals(summed) ? Activations.softmax(z, sum.over()) : null;
    }

    private static boolean isSoftmax(Match match, Node node) {
        Node inner = node;
        while (Copies.of(match, inner) != null) {
            inner = inner.inputs().get(0);
        }
        return match.op(inner, Softmax.class) != null;
    }

    private static @Nullable Node computeBeforeJoining(Match match) {
        Node joined = match.node().inputs().size() == 1 ? match.input(0) : null;
        if (joined == null
                || !Copies.isJoin(match, joined)
                || joined.inputs().stream().noneMatch(part -> ExponentialForm.of(match, part, 0, true) != null)) {
            return null;
        }
        Op function = match.node().op().orElseThrow();
        List<Node> parts = match.operands(joined).stream()
                .map(part -> Node.apply(function, part))
                .toList();
        return Node.apply(joined.op().orElseThrow(), parts);
    }

    private static @Nullable Node rest(Match match) {
        Node inner = StabilityRules.oneMinus(match, match.node());
        UnaryOperator<Node> outside = x -> x;
        for (UnaryOperator<Node> copy = Copies.of(match, inner); copy != null; copy = Copies.of(match, inner)) {
            UnaryOperator<Node> outer = outside;
            UnaryOperator<Node> next = copy;
            outside = x -> outer.apply(next.apply(x));
            inner = match.operands(Objects.requireNonNull(inner)).get(0);
        }
        Node rest = restOf(match, inner);
        return rest == null ? null : outside.apply(rest);
    }

    private static @Nullable Node restOf(Match match, @Nullable Node share) {
        Node z = match.inside(share, SIGMOID);
        if (z != null) {
            return ExponentialForm.opposite(match, z).sigmoid();
        }
        Node x = match.inside(share, TANH);
        if (x != null) {
            return x.times(-2).sigmoid().times(2);
        }
        Quotient quotient = match.op(share, Quotient.class);
        if (share == null || quotient == null || quotient.power() != 1) {
            return null;
        }
        List<Node> operands = match.operands(share);
        ExponentialForm below = ExponentialForm.of(match, quotient.below(), operands);
        ExponentialForm above = ExponentialForm.of(match, quotient.above(), operands);
        return below == null || above == null || below.minus(above).summands().isEmpty()
                ? null
                : quotient(match, below.minus(above), below);
    }
}
