package org.gradgraph.graph;

import java.util.List;
import java.util.Optional;

/**
 * Softmax, its logarithm, and the logarithm of a sum of exponentials; none of them overflows.
 *
 * <p>Made by {@link Activations#softmax} and {@link Reductions#logSumExp}; public so that they can be recognised in a graph.
 *
 * <pre>{@code
 * boolean isSoftmax = node.op().orElse(null) instanceof SoftmaxOps.Softmax;
 * }</pre>
 */
public final class SoftmaxOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula IS_LARGEST = Formula.of(Primitive.EQUAL, A, ZERO);
    private static final Formula ZERO_IF_LARGEST = Formula.select(IS_LARGEST, ZERO, B);
    private static final Formula LOG_OF_OTHERS = Formula.of(Primitive.LOG1P, A.plus(B.minus(Formula.constant(1))));
    private static final Formula PLUS_UNLESS_INFINITE = Formula.select(
            Formula.of(Primitive.EQUAL, A.abs(), Formula.constant(Double.POSITIVE_INFINITY)), A, A.plus(B));
    private static final Formula ZERO_IF_NOTHING =
            Formula.select(Formula.of(Primitive.EQUAL, A, Formula.constant(Double.NEGATIVE_INFINITY)), ZERO, B);

    /** The second operand where the first one is 0. */
    private static final Formula IF_LARGEST = Formula.select(IS_LARGEST, B, Formula.constant(Double.NEGATIVE_INFINITY));

    private static final Formula FINITE_OR_ZERO =
            Formula.select(A.abs().lessThan(Formula.constant(Double.POSITIVE_INFINITY)), A, ZERO);

    /** 1 − softmax at a largest element: the sum of smaller powers, the number of largest ones, and the sum of all. */
    private static final Formula OTHERS = A.plus(B.minus(Formula.constant(1))).dividedBy(Formula.argument(2));

    private static final Formula LESS_SHARE = lessShare();

    private SoftmaxOps() {}

    private static Formula lessShare() {
        Formula softmax = Formula.argument(2);
        Formula d = Formula.argument(3);
        Formula rest = Formula.select(IS_LARGEST, B, Formula.constant(1).minus(softmax));
        Formula others = Formula.argument(4).minus(d);
        return Formula.select(d, d.times(rest), ZERO).minus(Formula.select(others, softmax.times(others), ZERO));
    }

    /**
     * {@code log Σ exp(x)}; −∞ if every element is −∞, with derivative 0.
     *
     * @param over what is summed
     */
    public record LogSumExp(Over over) implements Composite {
        /**
         * Refuses null.
         *
         * @param over what is summed
         */
        public LogSumExp {
            Require.given(over, "logSumExp: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed("logSumExp");
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return over.of(Operands.only(inputs));
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node x = inputs.get(0);
            return Inline.of(PLUS_UNLESS_INFINITE, largest(x, over), logOfOthers(x, over));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return List.of(dy.broadcastTo(x.shape()).times(Node.apply(new Softmax(over, true), x)));
        }
    }

    /**
     * {@code exp(x)/Σ exp(x)}.
     *
     * @param over what sums to 1
     * @param orZero whether elements that are all −∞ give 0 instead of NaN, as the derivative of {@link LogSumExp} needs
     */
    public record Softmax(Over over, boolean orZero) implements Composite {
        /**
         * Refuses null.
         *
         * @param over what sums to 1
         * @param orZero whether elements that are all −∞ give 0 instead of NaN, as the derivative of {@link LogSumExp}
         *     needs
         */
        public Softmax {
            Require.given(over, "softmax: what is reduced");
        }

        @Override
        public String name() {
            return orZero ? over.prefixed("softmaxOrZero") : named("softmax", over);
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            return orZero ? Optional.of(Node.apply(new Softmax(over, false), inputs.get(0))) : Optional.empty();
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node x = inputs.get(0);
            Node powers = shifted(x, over).exp();
            Node softmax = powers.dividedBy(
                    Node.apply(new Reductions.Sum(over), powers).broadcastTo(x.shape()));
            return orZero ? Inline.of(ZERO_IF_NOTHING, largest(x, over).broadcastTo(x.shape()), softmax) : softmax;
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(
                    Node.apply(new LessMean(over, orZero), inputs.get(0), dy).times(y));
        }
    }

    /**
     * {@code x − log Σ exp(x)}.
     *
     * @param over what is summed
     */
    public record LogSoftmax(Over over) implements Composite {
        /**
         * Refuses null.
         *
         * @param over what is summed
         */
        public LogSoftmax {
            Require.given(over, "logSoftmax: what is reduced");
        }

        @Override
        public String name() {
            return named("logSoftmax", over);
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node x = inputs.get(0);
            return shifted(x, over).minus(logOfOthers(x, over).broadcastTo(x.shape()));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(new LessShare(over, false), inputs.get(0), dy));
        }
    }

    /**
     * {@code d − Σ softmax(x)·d}: what the derivative of {@link LogSoftmax} does to a tangent d.
     *
     * <p>A softmax near 1 hides what the others contribute. So the tangent at the largest element is subtracted from all
     * of them first, which changes nothing but the rounding.
     *
     * @param over what sums to 1
     * @param orZero whether the softmax of elements that are all −∞ is 0
     */
    public record LessMean(Over over, boolean orZero) implements Composite {
        /**
         * Refuses null.
         *
         * @param over what sums to 1
         * @param orZero whether the softmax of elements that are all −∞ is 0
         */
        public LessMean {
            Require.given(over, "softmax: what is reduced");
        }

        @Override
        public String name() {
            return named("lessMean", over);
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node d = inputs.get(1);
            return Optional.of(d.minus(total(over, d.times(softmax(over, orZero, inputs.get(0))))));
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return shapeOfTangent(inputs);
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node x = inputs.get(0);
            Node d = inputs.get(1);
            Node atLargest = Inline.of(IF_LARGEST, shifted(x, over), d);
            Node reference = Inline.of(FINITE_OR_ZERO, Node.apply(new ExtremeOps.Extreme(over, true), atLargest));
            Node rest = d.minus(reference.broadcastTo(x.shape()));
            return rest.minus(total(over, Node.apply(CotangentOps.TIMES, rest, softmax(over, orZero, x))));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return List.of(
                    CotangentOps.both(y, total(over, dy).times(softmax(over, orZero, x)))
                            .negate(),
                    Node.apply(new LessShare(over, orZero), x, dy));
        }
    }

    /**
     * {@code d − softmax(x)·Σ d}: what the derivative of {@link LogSoftmax} does to a cotangent d.
     *
     * <p>Computed as {@code d·(1 − softmax(x)) − softmax(x)·(Σ d − d)}, where 1 − softmax at the largest element is the sum of
     * the others.
     *
     * @param over what sums to 1
     * @param orZero whether the softmax of elements that are all −∞ is 0
     */
    public record LessShare(Over over, boolean orZero) implements Composite {
        /**
         * Refuses null.
         *
         * @param over what sums to 1
         * @param orZero whether the softmax of elements that are all −∞ is 0
         */
        public LessShare {
            Require.given(over, "softmax: what is reduced");
        }

        @Override
        public String name() {
            return named("lessShare", over);
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node d = inputs.get(1);
            return Optional.of(d.minus(softmax(over, orZero, inputs.get(0)).times(total(over, d))));
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return shapeOfTangent(inputs);
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node x = inputs.get(0);
            Node d = inputs.get(1);
            Reductions.Sum sum = new Reductions.Sum(over);
            Node shifted = shifted(x, over);
            Node powers = shifted.exp();
            Node smaller = Node.apply(sum, Inline.of(ZERO_IF_LARGEST, shifted, powers));
            Node equal = Node.apply(sum, Inline.of(IS_LARGEST, shifted));
            Node others = Inline.of(OTHERS, smaller, equal, Node.apply(sum, powers));
            return Inline.of(
                    LESS_SHARE, shifted, others.broadcastTo(x.shape()), softmax(over, orZero, x), d, total(over, d));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            Node mean = Node.apply(new LessMean(over, orZero), x, dy);
            return List.of(
                    CotangentOps.both(
                                    total(over, inputs.get(1)),
                                    softmax(over, orZero, x).times(mean))
                            .negate(),
                    mean);
        }
    }

    private static Shape shapeOfTangent(List<Shape> inputs) {
        Operands.require(2, inputs);
        Operands.requireShape(inputs.get(1), inputs.get(0));
        return inputs.get(0);
    }

    private static Node softmax(Over over, boolean orZero, Node x) {
        return Node.apply(new Softmax(over, orZero), x);
    }

    private static Node total(Over over, Node d) {
        return Node.apply(new Reductions.Sum(over), d).broadcastTo(d.shape());
    }

    private static String named(String name, Over over) {
        return switch (over) {
            case ALL -> name;
            case EACH_ROW -> name + "Rows";
            case EACH_COLUMN -> name + "Columns";
        };
    }

    private static Node largest(Node x, Over over) {
        return Node.apply(new ExtremeOps.Extreme(over, true), x);
    }

    private static Node shifted(Node x, Over over) {
        return x.minus(largest(x, over).broadcastTo(x.shape()));
    }

    /**
     * The logarithm of 1 plus the sum of {@code exp(x − max)} without one largest element, which is 1 and would hide small
     * ones.
     */
    private static Node logOfOthers(Node x, Over over) {
        Node shifted = shifted(x, over);
        Reductions.Sum sum = new Reductions.Sum(over);
        Node smaller = Node.apply(sum, Inline.of(ZERO_IF_LARGEST, shifted, shifted.exp()));
        Node equal = Node.apply(sum, Inline.of(IS_LARGEST, shifted));
        return Inline.of(LOG_OF_OTHERS, smaller, equal);
    }
}
