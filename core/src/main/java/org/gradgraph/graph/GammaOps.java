package org.gradgraph.graph;

import static org.gradgraph.graph.ScalarFunction.function;

import java.util.List;
import java.util.Optional;

/** The logarithms of the gamma and the beta function, and their derivatives of every order. */
final class GammaOps {
    /** Beyond it, factorials of orders come near the largest double. */
    private static final int LARGEST_ORDER = 100;

    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);

    private GammaOps() {}

    static final Elementwise LGAMMA = function(
                    "lgamma", Formula.of(Primitive.LGAMMA, A), (x, y, dy) -> dy.times(Special.digamma(x)))
            .nonFiniteAdvice("lgamma is +∞ at 0 and at negative integers; keep its operand above 0");

    static final Elementwise LOG_BETA = function(
                    "logBeta",
                    Formula.of(Primitive.LOG_BETA, A, B),
                    (a, b, y, dy) -> List.of(
                            dy.times(Node.apply(new PolygammaDifference(0), a, b)),
                            dy.times(Node.apply(new PolygammaDifference(0), b, a))))
            .nonFiniteAdvice("logBeta is +∞ at 0 and NaN below; keep its operands above 0");

    private static void requireOrder(String operation, int order) {
        if (order < 0 || order > LARGEST_ORDER) {
            throw new IllegalArgumentException(
                    operation + ": " + order + " is no order; give one from 0 to " + LARGEST_ORDER);
        }
    }

    /**
     * The derivative of order {@code order} of digamma.
     *
     * @param order from 0 to 100
     */
    record Polygamma(int order) implements Elementwise {
        Polygamma {
            requireOrder("polygamma", order);
        }

        @Override
        public String name() {
            return switch (order) {
                case 0 -> "digamma";
                case 1 -> "trigamma";
                default -> "polygamma";
            };
        }

        @Override
        public String label() {
            return order < 2 ? name() : Labels.call(name(), order);
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.POLYGAMMA, Formula.constant(order), A);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(Special.polygamma(order + 1, inputs.get(0))));
        }

        @Override
        public String nonFiniteAdvice() {
            return name() + " has poles at 0 and at negative integers; keep its operand above 0";
        }
    }

    /**
     * {@link Polygamma} at the first operand less that at the sum of both, without cancellation.
     *
     * @param order from 0 to 100
     */
    record PolygammaDifference(int order) implements Elementwise {
        PolygammaDifference {
            requireOrder("polygammaDifference", order);
        }

        @Override
        public String name() {
            return "polygammaDifference";
        }

        @Override
        public String label() {
            return Labels.call(name(), order);
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.POLYGAMMA_DIFFERENCE, Formula.constant(order), A, B);
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node a = inputs.get(0);
            return Optional.of(Special.polygamma(order, a).minus(Special.polygamma(order, a.plus(inputs.get(1)))));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node a = inputs.get(0);
            Node b = inputs.get(1);
            return List.of(
                    dy.times(Node.apply(new PolygammaDifference(order + 1), a, b)),
                    dy.times(Special.polygamma(order + 1, a.plus(b))).negate());
        }
    }
}
