package org.gradgraph.graph;

import java.util.List;
import java.util.Optional;

/**
 * The logarithm of a weighted sum of exponentials over rows, columns or everything, for weights that may be 0.
 *
 * <p>A program puts it in place of {@code log(Σ w·softmax(z))}; public so that it can be recognised in a graph.
 *
 * <pre>{@code
 * boolean isPicked = node.op().orElse(null) instanceof WeightedExponentialOps.WeightedLogSumExp;
 * }</pre>
 */
public final class WeightedExponentialOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula MINUS_INFINITY = Formula.constant(Double.NEGATIVE_INFINITY);
    private static final Formula COUNTED = Formula.select(B, A, MINUS_INFINITY);
    private static final Formula WEIGHTED = Formula.select(B, A.times(B), ZERO);
    private static final Formula RATIO = A.dividedBy(B);
    private static final Formula LOGARITHM = Formula.select(
            Formula.of(Primitive.EQUAL, A.abs(), Formula.constant(Double.POSITIVE_INFINITY)), A, A.plus(B.log()));

    private WeightedExponentialOps() {}

    /**
     * {@code log Σ w·e^x}; a term of weight 0 is left out, whatever its exponent is.
     *
     * @param over what is summed
     */
    public record WeightedLogSumExp(Over over) implements Composite {
        /**
         * Refuses null.
         *
         * @param over what is summed
         */
        public WeightedLogSumExp {
            Require.given(over, "weightedLogSumExp: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed("weightedLogSumExp");
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node terms = inputs.get(1).times(inputs.get(0).exp());
            return Optional.of(Node.apply(new Reductions.Sum(over), terms).log());
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return over.of(two(inputs));
        }

        @Override
        public Node expansion(List<Node> inputs) {
            return Inline.of(LOGARITHM, largest(inputs, over), total(inputs, over));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node share = Node.apply(new PowerOverSum(over), inputs);
            Node repeated = dy.broadcastTo(share.shape());
            return List.of(repeated.times(Comparisons.mask(share, inputs.get(1))), repeated.times(share));
        }
    }

    /**
     * {@code e^x/Σ w·e^x}: the derivative of {@link WeightedLogSumExp} by a weight.
     *
     * @param over what is summed
     */
    public record PowerOverSum(Over over) implements Composite {
        /**
         * Refuses null.
         *
         * @param over what is summed
         */
        public PowerOverSum {
            Require.given(over, "powerOverSum: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed("powerOverSum");
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node power = inputs.get(0).exp();
            Node total = Node.apply(new Reductions.Sum(over), inputs.get(1).times(power));
            return Optional.of(power.dividedBy(total.broadcastTo(power.shape())));
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return two(inputs);
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node power = powers(inputs, over);
            return Inline.of(RATIO, power, total(inputs, over).broadcastTo(power.shape()));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node own = dy.times(y);
            Node total = Node.apply(new Reductions.Sum(over), own).broadcastTo(y.shape());
            Node others = total.times(y);
            return List.of(own.minus(Comparisons.mask(others, inputs.get(1))), others.negate());
        }
    }

    private static Shape two(List<Shape> inputs) {
        Operands.require(2, inputs);
        Operands.requireShape(inputs.get(1), inputs.get(0));
        return inputs.get(0);
    }

    private static Node largest(List<Node> inputs, Over over) {
        return Node.apply(new ExtremeOps.Extreme(over, true), Inline.of(COUNTED, inputs.get(0), inputs.get(1)));
    }

    private static Node powers(List<Node> inputs, Over over) {
        Node x = inputs.get(0);
        return x.minus(largest(inputs, over).broadcastTo(x.shape())).exp();
    }

    private static Node total(List<Node> inputs, Over over) {
        return Node.apply(new Reductions.Sum(over), Inline.of(WEIGHTED, powers(inputs, over), inputs.get(1)));
    }
}
