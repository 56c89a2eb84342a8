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

    private SoftmaxOps() {}

    /**
     * {@code log Σ exp(x)}; −∞ if every element is −∞, with derivative 0.
     *
     * @param over what is summed
     */
    public record LogSumExp(Over over) implements Composite {
        /** Refuses null. */
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
        /** Refuses null. */
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
            Shape shape = y.shape();
            Node mean = Node.apply(new Reductions.Sum(over), CotangentOps.times(dy, y));
            return List.of(CotangentOps.times(dy.minus(mean.broadcastTo(shape)), y));
        }
    }

    /**
     * {@code x − log Σ exp(x)}.
     *
     * @param over what is summed
     */
    public record LogSoftmax(Over over) implements Composite {
        /** Refuses null. */
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
            Shape shape = y.shape();
            Node total = Node.apply(new Reductions.Sum(over), dy);
            Node softmax = Node.apply(new Softmax(over, false), inputs.get(0));
            return List.of(dy.minus(softmax.times(total.broadcastTo(shape))));
        }
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
