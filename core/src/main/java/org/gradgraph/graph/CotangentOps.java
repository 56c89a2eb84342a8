package org.gradgraph.graph;

import static org.gradgraph.graph.ScalarFunction.function;

import java.util.List;

/**
 * A cotangent times or over what an operation's slope is made of: a cotangent of exactly 0 stays 0, whatever the slope
 * is.
 *
 * <p>People write them as the ordinary product and quotient, and so do formulas.
 *
 * <pre>{@code
 * boolean isProduct = node.op().orElse(null) == CotangentOps.TIMES;
 * }</pre>
 */
public final class CotangentOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);

    private CotangentOps() {}

    /**
     * {@code dy·slope}, and 0 where {@code dy} is 0.
     *
     * <p>The derivative by {@code dy} is not masked: a cotangent of 0 may move.
     */
    public static final Elementwise TIMES = function(
                    "cotangentTimes", times(A, B), (dy, slope, y, u) -> List.of(u.times(slope), both(u, dy)))
            .symbol("×")
            .notation(new Notation.Product(1));

    /** {@code dy/divisor}, and 0 where {@code dy} is 0. */
    public static final Elementwise OVER = function(
                    "cotangentOver", Formula.select(A, A.dividedBy(B), A), (dy, divisor, y, u) -> {
                        Node share = u.dividedBy(divisor);
                        return List.of(share, both(share, y).negate());
                    })
            .symbol("÷")
            .notation(new Notation.Quotient());

    /** The product of two cotangents, 0 where either is 0. */
    public static final Elementwise BOTH = function(
                    "cotangentProduct",
                    Formula.select(A, times(B, A), A),
                    (a, b, y, u) -> List.of(both(u, b), both(u, a)))
            .symbol("×")
            .notation(new Notation.Product(1));

    /** The product of two cotangents of one shape, 0 where either is 0. */
    static Node both(Node a, Node b) {
        return Node.apply(BOTH, a, b);
    }

    /** The first factor times the second one, and 0 where the first is 0. */
    static Formula times(Formula dy, Formula slope) {
        return Formula.of(Primitive.MULTIPLY_OR_ZERO, dy, slope);
    }

    /** Whether no element can be 0: a constant, or the share of a mean. */
    static boolean isNowhereZero(Node dy) {
        Node source = dy;
        while (keepsZerosAway(source)) {
            source = source.inputs().get(0);
        }
        Op op = source.op().orElse(null);
        return op instanceof Constants.Size || (op instanceof Constant constant && constant.isNowhereZero());
    }

    private static boolean keepsZerosAway(Node node) {
        Op op = node.op().orElse(null);
        return op instanceof View
                || op == Arithmetic.NEGATE
                || (op instanceof Arithmetic.Scale scale && scale.factor() != 0)
                || (op == Arithmetic.DIVIDE && isSize(node.inputs().get(1)));
    }

    /** What is repeated or arranged in another way. */
    static Node source(Node view) {
        Node source = view;
        while (source.op().orElse(null) instanceof View) {
            source = source.inputs().get(0);
        }
        return source;
    }

    private static boolean isSize(Node divisor) {
        return source(divisor).op().orElse(null) instanceof Constants.Size;
    }
}
