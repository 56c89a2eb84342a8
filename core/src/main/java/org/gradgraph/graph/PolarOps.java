package org.gradgraph.graph;

import java.util.List;

/**
 * The length and the angle of points, element by element, and their derivatives.
 *
 * <p>Nothing overflows or underflows on the way. At infinity the derivatives are limits; where both coordinates are
 * infinite, the point is taken to lie on a diagonal, as {@link Math#atan2} has it.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting can recognise them.
 *
 * <pre>{@code
 * boolean isLength = node.op().orElse(null) instanceof PolarOps.Hypot;
 * }</pre>
 */
public final class PolarOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula INFINITY = Formula.constant(Double.POSITIVE_INFINITY);

    private PolarOps() {}

    /** The length of the vector (a, b); at (0, 0) both derivatives are 0, in the second derivative too. */
    public record Hypot() implements Elementwise {
        @Override
        public String name() {
            return "hypot";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.HYPOT, A, B);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node a = inputs.get(0);
            Node b = inputs.get(1);
            return List.of(
                    dy.times(Node.apply(new LengthSlope(), a, b)), dy.times(Node.apply(new LengthSlope(), b, a)));
        }
    }

    /** The angle of the point whose second coordinate is the first operand; at (0, 0) it has no derivative: NaN. */
    public record Atan2() implements Elementwise {
        @Override
        public String name() {
            return "atan2";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.ATAN2, A, B);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node a = inputs.get(0);
            Node b = inputs.get(1);
            return List.of(
                    dy.times(Node.apply(new AngleSlope(), a, b)),
                    dy.times(Node.apply(new AngleSlope(), b, a)).negate());
        }
    }

    /** {@code a/√(a² + b²)}, and 0 at (0, 0), in its derivatives too. */
    record LengthSlope() implements Elementwise {
        @Override
        public String name() {
            return "lengthSlope";
        }

        @Override
        public Formula formula() {
            Formula a = scaled(A);
            Formula slope = a.dividedBy(Formula.of(Primitive.HYPOT, a, scaled(B)));
            return Formula.select(Formula.of(Primitive.EQUAL, larger(), ZERO), A, slope);
        }

        /** With s, the slope of the other coordinate, and the angle's slope b/r²: s·b/r² and −y·b/r². */
        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node a = inputs.get(0);
            Node b = inputs.get(1);
            Node other = Node.apply(this, b, a);
            Node turn = Node.apply(new AngleSlope(), a, b);
            return List.of(
                    dy.times(Ops.mask(turn, other)), dy.times(Ops.mask(turn, y)).negate());
        }
    }

    /** {@code b/(a² + b²)}, and 0 at infinity; NaN at (0, 0). */
    record AngleSlope() implements Elementwise {
        @Override
        public String name() {
            return "angleSlope";
        }

        @Override
        public Formula formula() {
            Formula a = scaled(A);
            Formula b = scaled(B);
            Formula square = a.times(a).plus(b.times(b));
            return b.dividedBy(square).dividedBy(larger());
        }

        /** With p, the slope of the other coordinate: −2·p·y and (p − y)·(p + y). */
        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node p = Node.apply(this, inputs.get(1), inputs.get(0));
            return List.of(dy.times(p.times(y)).times(-2), dy.times(p.minus(y).times(p.plus(y))));
        }
    }

    private static Formula larger() {
        return Formula.of(Primitive.MAX, A.abs(), B.abs());
    }

    /** A coordinate over the larger one; ±1 for an infinite one. */
    private static Formula scaled(Formula x) {
        Formula infinite = Formula.of(Primitive.EQUAL, x.abs(), INFINITY);
        return Formula.select(infinite, Formula.of(Primitive.SIGN, x), x.dividedBy(larger()));
    }
}
