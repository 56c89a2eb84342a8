package org.gradgraph.graph;

import java.util.List;

/**
 * Powers, with the conventions at 0 that they need.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting can recognise them.
 *
 * <pre>{@code
 * boolean isCube = node.op().orElse(null) instanceof PowerOps.ConstantPower power && power.exponent() == 3;
 * }</pre>
 */
public final class PowerOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);

    private PowerOps() {}

    /**
     * {@code a} to a power that never changes.
     *
     * @param exponent a number
     */
    public record ConstantPower(double exponent) implements Elementwise {
        @Override
        public String name() {
            return "power";
        }

        @Override
        public String label() {
            return "power(" + Labels.number(exponent) + ")";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.POW, A, Formula.constant(exponent));
        }

        /** The power 0 is constant, at 0 too, where the general rule would multiply 0 by ∞. */
        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node a = inputs.get(0);
            return List.of(
                    exponent == 0
                            ? Ops.zeros(a.shape())
                            : dy.times(Ops.power(a, exponent - 1).times(exponent)));
        }
    }

    /** {@code a} to the power of {@code b}. */
    public record Power() implements Elementwise {
        @Override
        public String name() {
            return "power";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.POW, A, B);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node a = inputs.get(0);
            Node b = inputs.get(1);
            Node slope = Ops.mask(Node.apply(new Power(), a, b.minus(1)), b);
            Node growth = Ops.mask(Node.apply(new LogOfBase(), a, b), y);
            return List.of(dy.times(slope), dy.times(growth));
        }
    }

    /** {@code log a}, but 0 where {@code a} is 0 and {@code b} is not negative: what {@code b} means for a power of 0. */
    record LogOfBase() implements Elementwise {
        @Override
        public String name() {
            return "logOfBase";
        }

        @Override
        public String symbol() {
            return "log";
        }

        @Override
        public Formula formula() {
            Formula zeroBase = Formula.of(Primitive.EQUAL, A, ZERO);
            Formula growing = Formula.of(Primitive.LESS_OR_EQUAL, ZERO, B);
            return Formula.select(zeroBase.times(growing), ZERO, A.log());
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node a = inputs.get(0);
            return List.of(Ops.mask(dy.dividedBy(a), Ops.notEqual(a, 0)), Ops.zeros(y.shape()));
        }
    }
}
