package org.gradgraph.graph;

import static org.gradgraph.graph.ScalarFunction.function;

import java.util.List;

/**
 * Circular and hyperbolic functions and their inverses, lengths and angles; angles are in radians.
 *
 * <p>For points, nothing overflows or underflows on the way. At infinity the derivatives are limits; where both
 * coordinates are infinite, the point is taken to lie on a diagonal, as {@link Math#atan2} has it.
 *
 * <p>Made by {@link Elementary}; public so that they can be recognised in a graph.
 *
 * <pre>{@code
 * boolean isLength = node.op().orElse(null) == TrigonometricOps.HYPOT;
 * }</pre>
 */
public final class TrigonometricOps {
    private static final Formula X = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula ONE = Formula.constant(1);
    private static final Formula INFINITY = Formula.constant(Double.POSITIVE_INFINITY);
    private static final Formula LARGER = Formula.of(Primitive.MAX, X.abs(), B.abs());

    private TrigonometricOps() {}

    static final Elementwise SIN =
            function("sin", Formula.of(Primitive.SIN, X), (x, y, dy) -> dy.times(Elementary.cos(x)));

    static final Elementwise COS = function(
            "cos",
            Formula.of(Primitive.COS, X),
            (x, y, dy) -> dy.times(Elementary.sin(x)).negate());

    static final Elementwise TAN = function(
            "tan",
            Formula.of(Primitive.TAN, X),
            (x, y, dy) -> dy.times(y.square().plus(1)));

    /** The arc sine; both derivatives at ±1 are infinite, with the sign of the limit. */
    static final Elementwise ASIN = function(
            "asin", Formula.of(Primitive.ASIN, X), (x, y, dy) -> dy.times(Node.apply(TrigonometricOps.ARC_SLOPE, x)));

    /** The arc cosine; both derivatives at ±1 are infinite, with the sign of the limit. */
    static final Elementwise ACOS = function(
            "acos",
            Formula.of(Primitive.ACOS, X),
            (x, y, dy) -> dy.times(Node.apply(TrigonometricOps.ARC_SLOPE, x)).negate());

    /** {@code 1/√(1 − x²)}, with both factors of 1 − x² exact near ±1; its derivative is {@code x·y³}. */
    static final Elementwise ARC_SLOPE = function(
                    "arcSlope",
                    ONE.dividedBy(Formula.of(Primitive.SQRT, ONE.minus(X).times(ONE.plus(X)))),
                    (x, y, dy) -> dy.times(x.times(y.times(y.square()))))
            .textbook(in -> Node.constant(1)
                    .dividedBy(Elementary.sqrt(in.get(0).square().negate().plus(1))));

    /** The arc tangent; its derivatives at ±∞ are 0. */
    static final Elementwise ATAN = function(
            "atan",
            Formula.of(Primitive.ATAN, X),
            (x, y, dy) -> dy.times(Node.apply(TrigonometricOps.ANGLE_SLOPE, x, Constants.ones(x.shape()))));

    /** The hyperbolic sine. */
    public static final Elementwise SINH =
            function("sinh", Formula.of(Primitive.SINH, X), (x, y, dy) -> dy.times(Elementary.cosh(x)));

    /** The hyperbolic cosine. */
    public static final Elementwise COSH =
            function("cosh", Formula.of(Primitive.COSH, X), (x, y, dy) -> dy.times(Elementary.sinh(x)));

    /** The hyperbolic tangent. */
    public static final Elementwise TANH = function(
            "tanh", Formula.of(Primitive.TANH, X), (x, y, dy) -> dy.times(Node.apply(TrigonometricOps.TANH_SLOPE, x)));

    /** {@code 1 − tanh²x}, exact at both ends, where the difference has lost its digits. */
    public static final Elementwise TANH_SLOPE = function(
                    "tanhSlope",
                    tanhSlope(),
                    (x, y, dy) -> dy.times(y.times(x.tanh()).times(-2)))
            .textbook(in -> in.get(0).tanh().square().negate().plus(1));

    private static Formula tanhSlope() {
        Formula decay = X.abs().times(Formula.constant(-2)).exp();
        Formula both = ONE.plus(decay);
        return decay.times(Formula.constant(4)).dividedBy(both.times(both));
    }

    /** The length of the vector (a, b); at (0, 0) both derivatives are 0, in the second derivative too. */
    public static final Elementwise HYPOT = function(
            "hypot",
            Formula.of(Primitive.HYPOT, X, B),
            (a, b, y, dy) -> List.of(
                    dy.times(Node.apply(TrigonometricOps.LENGTH_SLOPE, a, b)),
                    dy.times(Node.apply(TrigonometricOps.LENGTH_SLOPE, b, a))));

    /** The angle of the point whose second coordinate is the first operand; at (0, 0) it has no derivative: NaN. */
    static final Elementwise ATAN2 = function(
            "atan2",
            Formula.of(Primitive.ATAN2, X, B),
            (a, b, y, dy) -> List.of(
                    dy.times(Node.apply(TrigonometricOps.ANGLE_SLOPE, a, b)),
                    dy.times(Node.apply(TrigonometricOps.ANGLE_SLOPE, b, a)).negate()));

    /**
     * {@code a/√(a² + b²)}, and 0 at (0, 0), in its derivatives too.
     *
     * <p>With s, the slope of the other coordinate, and the angle's slope b/r², these are s·b/r² and −y·b/r².
     */
    static final Elementwise LENGTH_SLOPE = function("lengthSlope", lengthSlope(), (a, b, y, dy) -> {
                Node other = Node.apply(TrigonometricOps.LENGTH_SLOPE, b, a);
                Node turn = Node.apply(TrigonometricOps.ANGLE_SLOPE, a, b);
                return List.of(
                        dy.times(Comparisons.mask(turn, other)),
                        dy.times(Comparisons.mask(turn, y)).negate());
            })
            .textbook(in -> in.get(0).dividedBy(Elementary.hypot(in.get(0), in.get(1))));

    /**
     * {@code b/(a² + b²)}, and 0 at infinity; NaN at (0, 0).
     *
     * <p>With p, the slope of the other coordinate, its derivatives are −2·p·y and (p − y)·(p + y).
     */
    static final Elementwise ANGLE_SLOPE = function("angleSlope", angleSlope(), (a, b, y, dy) -> {
                Node p = Node.apply(TrigonometricOps.ANGLE_SLOPE, b, a);
                return List.of(
                        dy.times(p.times(y)).times(-2), dy.times(p.minus(y).times(p.plus(y))));
            })
            .textbook(
                    in -> in.get(1).dividedBy(in.get(0).square().plus(in.get(1).square())));

    private static Formula lengthSlope() {
        Formula a = scaled(X);
        Formula slope = a.dividedBy(Formula.of(Primitive.HYPOT, a, scaled(B)));
        return Formula.select(Formula.of(Primitive.EQUAL, LARGER, ZERO), X, slope);
    }

    private static Formula angleSlope() {
        Formula a = scaled(X);
        Formula b = scaled(B);
        Formula square = a.times(a).plus(b.times(b));
        return b.dividedBy(square).dividedBy(LARGER);
    }

    /** A coordinate over the larger one; ±1 for an infinite one. */
    private static Formula scaled(Formula x) {
        Formula infinite = Formula.of(Primitive.EQUAL, x.abs(), INFINITY);
        return Formula.select(infinite, Formula.of(Primitive.SIGN, x), x.dividedBy(LARGER));
    }
}
