package org.gradgraph.graph;

import java.util.List;

/**
 * Elementary functions, element by element.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting can recognise them.
 *
 * <pre>{@code
 * boolean isLogarithm = node.op().orElse(null) instanceof ElementaryOps.Log;
 * }</pre>
 */
public final class ElementaryOps {
    private static final Formula X = Formula.argument(0);

    private ElementaryOps() {}

    /** e to the power of x. */
    public record Exp() implements Elementwise {
        @Override
        public String name() {
            return "exp";
        }

        @Override
        public Formula formula() {
            return X.exp();
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(y));
        }
    }

    /** The natural logarithm. */
    public record Log() implements Elementwise {
        @Override
        public String name() {
            return "log";
        }

        @Override
        public Formula formula() {
            return X.log();
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.dividedBy(inputs.get(0)));
        }
    }
}
