package org.gradgraph.graph;

import java.util.List;

/**
 * Operations that choose between elements, and the product in which a chosen zero wins.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting can recognise them.
 *
 * <pre>{@code
 * boolean isChoice = node.op().orElse(null) instanceof ChoiceOps.Where;
 * }</pre>
 */
public final class ChoiceOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula C = Formula.argument(2);
    private static final Formula ZERO = Formula.constant(0);

    private ChoiceOps() {}

    /** The larger one; NaN if one is NaN. */
    public record Maximum() implements Elementwise {
        @Override
        public String name() {
            return "maximum";
        }

        @Override
        public String symbol() {
            return "max";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.MAX, A, B);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return shares(inputs.get(0), inputs.get(1), dy);
        }
    }

    /** The smaller one; NaN if one is NaN. */
    public record Minimum() implements Elementwise {
        @Override
        public String name() {
            return "minimum";
        }

        @Override
        public String symbol() {
            return "min";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.MIN, A, B);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return shares(inputs.get(1), inputs.get(0), dy);
        }
    }

    private static List<Node> shares(Node a, Node b, Node dy) {
        return List.of(
                Ops.mask(dy, Node.apply(new StepOps.Share(), a, b)),
                Ops.mask(dy, Node.apply(new StepOps.Share(), b, a)));
    }

    /**
     * The nearest number between two bounds; NaN stays NaN.
     *
     * @param low the lower bound
     * @param high the upper bound, not below the lower one
     */
    public record Clip(double low, double high) implements Elementwise {
        /** Checks the bounds. */
        public Clip {
            Bounds.require("clip", low, high);
        }

        @Override
        public String name() {
            return "clip";
        }

        @Override
        public String label() {
            return "clip(" + Labels.number(low) + ", " + Labels.number(high) + ")";
        }

        @Override
        public Formula formula() {
            Formula raised = Formula.of(Primitive.MAX, A, Formula.constant(low));
            return Formula.of(Primitive.MIN, raised, Formula.constant(high));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Ops.mask(dy, Node.apply(new StepOps.Within(low, high), inputs.get(0))));
        }
    }

    /** The second operand where the first is not 0, else the third. */
    public record Where() implements Elementwise {
        @Override
        public String name() {
            return "where";
        }

        @Override
        public Formula formula() {
            return Formula.select(A, B, C);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node condition = inputs.get(0);
            return List.of(
                    Ops.zeros(y.shape()),
                    Ops.mask(dy, Ops.notEqual(condition, 0)),
                    Ops.mask(dy, Ops.equal(condition, 0)));
        }
    }

    /** {@code x·weight}, and an exact 0 where the weight is 0, whatever {@code x} is. */
    public record Mask() implements Elementwise {
        @Override
        public String name() {
            return "mask";
        }

        @Override
        public String symbol() {
            return "×";
        }

        @Override
        public Formula formula() {
            return Formula.select(B, A.times(B), ZERO);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Ops.mask(dy, inputs.get(1)), dy.times(inputs.get(0)));
        }
    }

    /** The operand itself, taken as a constant by differentiation. */
    public record StopGradient() implements Elementwise {
        @Override
        public String name() {
            return "stopGradient";
        }

        @Override
        public Formula formula() {
            return A;
        }

        @Override
        public GradientFlow gradientFlow() {
            return GradientFlow.STOPPED;
        }
    }
}
