package org.gradgraph.rewrite;

import static org.gradgraph.graph.Activations.SIGMOID;
import static org.gradgraph.graph.Arithmetic.ADD;
import static org.gradgraph.graph.Arithmetic.DIVIDE;
import static org.gradgraph.graph.Arithmetic.MULTIPLY;
import static org.gradgraph.graph.Arithmetic.NEGATE;
import static org.gradgraph.graph.Arithmetic.SUBTRACT;
import static org.gradgraph.graph.Elementary.EXP;
import static org.gradgraph.graph.Elementary.EXPM1;
import static org.gradgraph.graph.TrigonometricOps.COSH;
import static org.gradgraph.graph.TrigonometricOps.SINH;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Arithmetic.AddScalar;
import org.gradgraph.graph.Arithmetic.Scale;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.ExponentialOps.LogOfSum;
import org.gradgraph.graph.ExponentialOps.Quotient;
import org.gradgraph.graph.ExponentialSum;
import org.gradgraph.graph.ExponentialSum.Term;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.OrderOps.CumulativeSum;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Reductions.Mean;
import org.gradgraph.graph.Reductions.Sum;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.SoftmaxOps.Softmax;
import org.gradgraph.graph.WeightedExponentialOps.WeightedLogSumExp;
import org.jspecify.annotations.Nullable;

/**
 * The normal form of what is written with exponentials: a sum of {@code c·w·e^z}, where 1 is e⁰.
 *
 * <p>It is read off a node; views are moved to the exponents. In a logarithm a softmax, a sigmoid and a sum over a matrix
 * are exponentials, too: of their logarithms.
 */
final class ExponentialForm {
    /** How many nodes are looked at: a rule looks at a bounded part of the graph. */
    private static final int MOST_NODES = 64;

    private static final int MOST_TERMS = 12;

    /** One term: a number times e to the power of a multiple of a node, times a weight. */
    static final class Summand {
        final double factor;

        /** A node, or none for e⁰. */
        final @Nullable Node exponent;

        final @Nullable Node weight;

        Summand(double factor, @Nullable Node exponent, @Nullable Node weight) {
            this.factor = factor;
            this.exponent = exponent;
            this.weight = weight;
        }

        private boolean isLike(Summand other) {
            return Objects.equals(exponent, other.exponent) && Objects.equals(weight, other.weight);
        }
    }

    /** A part that is still to be taken apart, and what is done to it. */
    private static final class Part {
        final Node node;
        final double factor;
        final @Nullable Node weight;
        final UnaryOperator<Node> views;

        Part(Node node, double factor, @Nullable Node weight, UnaryOperator<Node> views) {
            this.node = node;
            this.factor = factor;
            this.weight = weight;
            this.views = views;
        }

        Part of(Node inner, double number) {
            return new Part(inner, factor * number, weight, views);
        }

        Part weighted(Node inner, Node other, UnaryOperator<Node> change) {
            Node next = change.apply(views.apply(other));
            return new Part(inner, factor, weight == null ? next : weight.times(next), views);
        }
    }

    private final Match match;
    private final boolean inLogarithm;
    private final List<Summand> summands = new ArrayList<>();
    private final Deque<Part> parts = new ArrayDeque<>();

    private ExponentialForm(Match match, boolean inLogarithm) {
        this.match = match;
        this.inLogarithm = inLogarithm;
    }

    /** The form of a node, or null if something in it is no exponential and no number, or there is no exponential. */
    static @Nullable ExponentialForm of(Match match, Node node, double plus, boolean inLogarithm) {
        ExponentialForm form = new ExponentialForm(match, inLogarithm);
        form.parts.push(new Part(node, 1, null, x -> x));
        for (int count = 0; !form.parts.isEmpty(); count++) {
            if (count == MOST_NODES || form.summands.size() > MOST_TERMS || !form.takeApart(form.parts.pop())) {
                return null;
            }
        }
        if (plus != 0) {
            form.add(plus, null, null);
        }
        form.summands.removeIf(summand -> summand.factor == 0);
        return form.summands.stream().anyMatch(summand -> summand.exponent != null) ? form : null;
    }

    /** The dividend or the divisor of a quotient; null if a term has more than one exponential. */
    static @Nullable ExponentialForm of(Match match, ExponentialSum sum, List<Node> operands) {
        ExponentialForm form = new ExponentialForm(match, false);
        for (Term term : sum.terms()) {
            if (term.powers().size() != sum.exponents()
                    || term.powers().stream().mapToInt(power -> power).sum() != 1) {
                return null;
            }
            Node z = operands.get(term.powers().indexOf(1));
            OptionalDouble number = match.number(z);
            form.add(term.factor(), number.isPresent() && number.getAsDouble() == 0 ? null : z, null);
        }
        return form;
    }

    /** This form minus another one. */
    ExponentialForm minus(ExponentialForm other) {
        ExponentialForm difference = new ExponentialForm(match, inLogarithm);
        difference.summands.addAll(summands);
        other.summands.forEach(summand -> difference.add(-summand.factor, summand.exponent, summand.weight));
        difference.summands.removeIf(summand -> summand.factor == 0);
        return difference;
    }

    /** The only summand of a form if it is a multiple of e⁰. */
    OptionalDouble asNumber() {
        return summands.size() == 1 && summands.get(0).exponent == null
                ? OptionalDouble.of(summands.get(0).factor)
                : OptionalDouble.empty();
    }

    /** The form of a number. */
    static ExponentialForm ofNumber(Match match, double number) {
        ExponentialForm form = new ExponentialForm(match, false);
        form.add(number, null, null);
        return form;
    }

    List<Summand> summands() {
        return Collections.unmodifiableList(summands);
    }

    private void add(double factor, @Nullable Node exponent, @Nullable Node weight) {
        Summand next = new Summand(factor, exponent, weight);
        for (int i = 0; i < summands.size(); i++) {
            Summand old = summands.get(i);
            if (old.isLike(next)) {
                summands.set(i, new Summand(old.factor + factor, exponent, weight));
                return;
            }
        }
        summands.add(next);
    }

    private boolean exponential(Part part, Node exponent, double factor) {
        add(part.factor * factor, part.views.apply(exponent), part.weight);
        return true;
    }

    private boolean takeApart(Part part) {
        Node node = part.node;
        OptionalDouble number = match.number(node);
        if (number.isPresent()) {
            add(part.factor * number.getAsDouble(), null, part.weight);
            return Double.isFinite(number.getAsDouble());
        }
        Op op = node.op().orElse(null);
        if (op == null || node.inputs().isEmpty() || match.rewriter().isWhole(node)) {
            return false;
        }
        if (op == EXP) {
            return exponential(part, match.operands(node).get(0), 1);
        }
        if (op == EXPM1) {
            add(-part.factor, null, part.weight);
            return exponential(part, match.operands(node).get(0), 1);
        }
        if (op == COSH || op == SINH) {
            Node z = match.operands(node).get(0);
            exponential(part, z, 0.5);
            return exponential(part, opposite(match, z), op == COSH ? 0.5 : -0.5);
        }
        if (op == ADD || op == SUBTRACT) {
            List<Node> both = match.operands(node);
            parts.push(part.of(both.get(1), op == ADD ? 1 : -1));
            parts.push(part.of(both.get(0), 1));
            return true;
        }
        if (op == NEGATE) {
            parts.push(part.of(match.operands(node).get(0), -1));
            return true;
        }
        if (op instanceof Scale scale) {
            parts.push(part.of(match.operands(node).get(0), scale.factor()));
            return Double.isFinite(scale.factor());
        }
        if (op instanceof AddScalar sum) {
            add(part.factor * sum.number(), null, part.weight);
            parts.push(part.of(match.operands(node).get(0), 1));
            return Double.isFinite(sum.number());
        }
        UnaryOperator<Node> copy = Copies.of(match, node);
        if (copy != null) {
            UnaryOperator<Node> outer = part.views;
            parts.push(
                    new Part(match.operands(node).get(0), part.factor, part.weight, x -> outer.apply(copy.apply(x))));
            return part.weight == null;
        }
        return inLogarithm && takeApartInLogarithm(part, op);
    }

    private boolean takeApartInLogarithm(Part part, Op op) {
        Node node = part.node;
        if (op == SIGMOID) {
            return exponential(part, Activations.logSigmoid(match.operands(node).get(0)), 1);
        }
        if (op instanceof Softmax softmax && !softmax.orZero()) {
            return exponential(part, Activations.logSoftmax(match.operands(node).get(0), softmax.over()), 1);
        }
        if (op instanceof Quotient quotient) {
            return share(part, quotient);
        }
        if (op instanceof Sum sum) {
            return overMatrix(part, match.operands(node).get(0), sum.over(), 1);
        }
        if (op instanceof CumulativeSum sum && !sum.fromEnd()) {
            Summand only = only(match.operands(node).get(0));
            return only != null
                    && only.exponent != null
                    && only.weight == null
                    && exponential(part, Reductions.logCumulativeSumExp(only.exponent, sum.over()), only.factor);
        }
        if (op instanceof Mean mean) {
            Dim count = mean.over().count(node.inputs().get(0).shape());
            return count.isFixed() && overMatrix(part, match.operands(node).get(0), mean.over(), 1.0 / count.size());
        }
        if (op == DIVIDE) {
            List<Node> both = match.operands(node);
            OptionalDouble divisor = match.number(both.get(1));
            if (divisor.isEmpty()) {
                parts.push(part.weighted(both.get(0), both.get(1), Arithmetic::reciprocal));
                return rank(both.get(1)) == 0;
            }
            parts.push(part.of(both.get(0), 1 / divisor.getAsDouble()));
            return divisor.getAsDouble() != 0;
        }
        if (op == MULTIPLY) {
            List<Node> both = match.operands(node);
            int power = rank(both.get(0)) >= rank(both.get(1)) ? 0 : 1;
            parts.push(part.weighted(both.get(power), both.get(1 - power), x -> x));
            return rank(both.get(power)) > 0;
        }
        return false;
    }

    /** A single exponential over a sum: its logarithm is that of the reciprocal, in which 1 + a rest has its digits. */
    private boolean share(Part part, Quotient quotient) {
        List<Term> above = quotient.above().terms();
        List<Node> z = part.node.inputs();
        ExponentialSum below = quotient.below();
        if (quotient.power() != 1
                || above.size() != 1
                || z.size() != below.exponents()
                || z.size() != below.terms().size()) {
            return false;
        }
        List<Node> operands = match.operands(part.node);
        Node own = operands.get(above.get(0).powers().indexOf(1));
        List<Node> distances = operands.stream()
                .map(other -> other.equals(own) ? ConstantRules.filled(0, own.shape()) : other.minus(own))
                .toList();
        return exponential(
                part,
                Node.apply(new LogOfSum(below), distances).negate(),
                above.get(0).factor());
    }

    /** Of two factors an exponential is one, rather than a share, whose weight may be infinite then; anything else is not. */
    private int rank(Node node) {
        Node inner = node;
        for (int count = 0; count < 4; count++) {
            Op op = inner.op().orElse(null);
            if (match.rewriter().isWhole(inner)) {
                return 0;
            }
            if (op == EXP) {
                return 2;
            }
            if (op == SIGMOID || op instanceof Softmax || op instanceof Quotient) {
                return 1;
            }
            if (Copies.of(match, inner) == null && !(op instanceof Scale) && op != NEGATE && op != DIVIDE) {
                return 0;
            }
            inner = inner.inputs().get(0);
        }
        return 0;
    }

    /** A sum over a matrix whose elements have one exponential each. */
    private boolean overMatrix(Part part, Node summed, Over over, double factor) {
        Summand only = only(summed);
        Node z = only == null ? null : only.exponent;
        if (only == null || z == null) {
            return false;
        }
        Node logarithm = only.weight == null
                ? Reductions.logSumExp(z, over)
                : Node.apply(new WeightedLogSumExp(over), z, only.weight);
        return exponential(part, logarithm, factor * only.factor);
    }

    /** The only summand of what is summed over elements. */
    private @Nullable Summand only(Node summed) {
        ExponentialForm inner = of(match, summed, 0, true);
        return inner == null || inner.summands.size() != 1 ? null : inner.summands.get(0);
    }

    static Node opposite(Match match, Node z) {
        Node inner = match.inside(z, NEGATE);
        return inner == null ? z.negate() : inner;
    }

    /** Exponents and weights of some forms, each once, as the operands of an operation. */
    static final class Operands {
        private final Shape shape;
        private final List<Node> exponents = new ArrayList<>();
        private final List<Node> weights = new ArrayList<>();

        Operands(Shape shape, ExponentialForm... forms) {
            this.shape = shape;
            for (ExponentialForm form : forms) {
                for (Summand summand : form.summands) {
                    Node exponent = exponent(summand);
                    if (!exponents.contains(exponent)) {
                        exponents.add(exponent);
                    }
                    if (summand.weight != null && !weights.contains(summand.weight)) {
                        weights.add(summand.weight);
                    }
                }
            }
        }

        /** One node for the exponent 0. */
        private @Nullable Node zero;

        private Node exponent(Summand summand) {
            if (summand.exponent != null) {
                return summand.exponent;
            }
            if (zero == null) {
                zero = ConstantRules.filled(0, shape);
            }
            return zero;
        }

        ExponentialSum sum(ExponentialForm form) {
            List<Term> terms = new ArrayList<>();
            for (Summand summand : form.summands) {
                List<Integer> powers = new ArrayList<>(Collections.nCopies(exponents.size() + weights.size(), 0));
                powers.set(exponents.indexOf(exponent(summand)), 1);
                if (summand.weight != null) {
                    powers.set(exponents.size() + weights.indexOf(summand.weight), 1);
                }
                terms.add(new Term(summand.factor, powers));
            }
            return new ExponentialSum(exponents.size(), terms);
        }

        List<Node> nodes() {
            List<Node> nodes = new ArrayList<>(exponents);
            nodes.addAll(weights);
            return nodes;
        }
    }
}
