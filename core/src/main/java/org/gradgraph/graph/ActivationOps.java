package org.gradgraph.graph;

import java.util.List;

/**
 * Activation functions of neural networks, element by element.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting can recognise them.
 *
 * <pre>{@code
 * boolean isSigmoid = node.op().orElse(null) instanceof ActivationOps.Sigmoid;
 * }</pre>
 */
public final class ActivationOps {
    private static final Formula X = Formula.argument(0);
    private static final Formula ONE = Formula.constant(1);

    private ActivationOps() {}

    /** The logistic function 1/(1 + e<sup>−x</sup>), computed from e<sup>−|x|</sup>, which cannot overflow. */
    public record Sigmoid() implements Elementwise {
        @Override
        public String name() {
            return "sigmoid";
        }

        @Override
        public String symbol() {
            return "σ";
        }

        @Override
        public Formula formula() {
            Formula e = X.abs().negate().exp();
            return Formula.select(X.lessThan(Formula.constant(0)), e, ONE).dividedBy(ONE.plus(e));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(y.times(y.negate().plus(1))));
        }
    }
}
