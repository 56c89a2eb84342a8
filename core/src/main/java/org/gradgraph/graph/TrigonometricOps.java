package org.gradgraph.graph;

import java.util.List;

/**
 * Circular and hyperbolic functions and their inverses, element by element; angles are in radians.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting can recognise them.
 *
 * <pre>{@code
 * boolean isTanh = node.op().orElse(null) instanceof TrigonometricOps.Tanh;
 * }</pre>
 */
public final class TrigonometricOps {
    private static final Formula X = Formula.argument(0);

    private TrigonometricOps() {}

    /** The sine. */
    public record Sin() implements Elementwise {
        @Override
        public String name() {
            return "sin";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.SIN, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(Ops.cos(inputs.get(0))));
        }
    }

    /** The cosine. */
    public record Cos() implements Elementwise {
        @Override
        public String name() {
            return "cos";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.COS, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(Ops.sin(inputs.get(0))).negate());
        }
    }

    /** The tangent. */
    public record Tan() implements Elementwise {
        @Override
        public String name() {
            return "tan";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.TAN, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(y.square().plus(1)));
        }
    }

    /** The arc sine; both derivatives at ±1 are infinite, with the sign of the limit. */
    public record Asin() implements Elementwise {
        @Override
        public String name() {
            return "asin";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.ASIN, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(Node.apply(new ArcSlope(), inputs.get(0))));
        }
    }

    /** The arc cosine; both derivatives at ±1 are infinite, with the sign of the limit. */
    public record Acos() implements Elementwise {
        @Override
        public String name() {
            return "acos";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.ACOS, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(Node.apply(new ArcSlope(), inputs.get(0))).negate());
        }
    }

    /** {@code 1/√(1 − x²)}, with both factors of 1 − x² exact near ±1; its derivative is {@code x·y³}. */
    record ArcSlope() implements Elementwise {
        @Override
        public String name() {
            return "arcSlope";
        }

        @Override
        public Formula formula() {
            Formula one = Formula.constant(1);
            Formula square = one.minus(X).times(one.plus(X));
            return one.dividedBy(Formula.of(Primitive.SQRT, square));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(inputs.get(0).times(y.times(y.square()))));
        }
    }

    /** The arc tangent; its derivatives at ±∞ are 0. */
    public record Atan() implements Elementwise {
        @Override
        public String name() {
            return "atan";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.ATAN, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return List.of(dy.times(Node.apply(new PolarOps.AngleSlope(), x, Ops.ones(x.shape()))));
        }
    }

    /** The hyperbolic sine. */
    public record Sinh() implements Elementwise {
        @Override
        public String name() {
            return "sinh";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.SINH, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(Ops.cosh(inputs.get(0))));
        }
    }

    /** The hyperbolic cosine. */
    public record Cosh() implements Elementwise {
        @Override
        public String name() {
            return "cosh";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.COSH, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(Ops.sinh(inputs.get(0))));
        }
    }

    /** The hyperbolic tangent. */
    public record Tanh() implements Elementwise {
        @Override
        public String name() {
            return "tanh";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.TANH, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(y.square().negate().plus(1)));
        }
    }
}
