package org.gradgraph.graph;

import static org.gradgraph.graph.ScalarFunction.function;

/**
 * The standard normal distribution: its distribution function Φ, log Φ and its inverse, accurate in both tails.
 *
 * <p>φ is the density, {@code h = φ/Φ} the slope of log Φ, and {@code g = x + h}, which is a primitive because it would
 * cancel.
 */
final class NormalOps {
    private static final Formula X = Formula.argument(0);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula ONE = Formula.constant(1);
    private static final Formula HALF = Formula.constant(0.5);
    private static final double LOG_SQRT_2_PI = 0.9189385332046728;

    /** √½, and what its double lacks. */
    private static final double SQRT_HALF = 0.7071067811865476;

    private static final double SQRT_HALF_LOST = -4.833646656726457e-17;

    /** From here on downwards, {@code h} is {@code g − x}. */
    private static final Formula TAIL = Formula.constant(-0.75);

    static final Elementary.Bell DENSITY = new Elementary.Bell(0, 0.3989422804014327, 0.5);

    private NormalOps() {}

    /** Φ of a formula: half of erfc(z), to which the rounding error of z is made good to first order. */
    static Formula distribution(Formula x) {
        Formula factor = Formula.constant(-SQRT_HALF);
        Formula z = x.times(factor);
        Formula lost =
                Formula.of(Primitive.FMA, x, factor, z.negate()).minus(x.times(Formula.constant(SQRT_HALF_LOST)));
        Formula tail = Formula.of(Primitive.ERFC, z);
        Formula twice = z.plus(z);
        Formula inTail = tail.times(ONE.minus(twice.times(lost)));
        Formula isTail = Formula.of(Primitive.LESS, ZERO, z).times(ZERO.lessThan(tail));
        return HALF.times(Formula.select(isTail, inTail, tail));
    }

    private static Formula excess(Formula x) {
        return Formula.of(Primitive.NORMAL_EXCESS, x);
    }

    static final Elementwise CDF = function(
                    "normalCdf", distribution(X), (x, y, dy) -> dy.times(Node.apply(DENSITY, x)))
            .notation(new Notation.Call("Φ", "\\Phi"));

    static final Elementwise LOG_CDF =
            function("logNormalCdf", logCdf(), (x, y, dy) -> dy.times(Node.apply(NormalOps.LOG_CDF_SLOPE, x)));

    private static Formula logCdf() {
        Formula inTail = HALF.times(X)
                .times(X)
                .plus(Formula.constant(LOG_SQRT_2_PI))
                .plus(excess(X).minus(X).log())
                .negate();
        return Formula.select(
                X.lessThan(TAIL),
                inTail,
                Formula.of(Primitive.LOG1P, distribution(X.negate()).negate()));
    }

    /** {@code h}. */
    static final Elementwise LOG_CDF_SLOPE = function(
                    "logNormalCdfSlope", slope(), (x, y, dy) -> dy.times(Node.apply(NormalOps.LOG_CDF_CURVATURE, x)))
            .textbook(in -> Node.apply(DENSITY, in.get(0)).dividedBy(Special.normalCdf(in.get(0))));

    private static Formula slope() {
        return Formula.select(
                X.lessThan(TAIL), excess(X).minus(X), DENSITY.formula().dividedBy(distribution(X)));
    }

    /** {@code −h·g}; its derivative is {@code −(y·g + h·(1 + y))}. */
    static final Elementwise LOG_CDF_CURVATURE = function("logNormalCdfCurvature", curvature(), (x, y, dy) -> {
                Node slope = Node.apply(NormalOps.LOG_CDF_SLOPE, x);
                Node excess = Node.apply(NormalOps.EXCESS, x);
                return dy.times(y.times(excess).plus(slope.times(y.plus(1)))).negate();
            })
            .textbook(in -> {
                Node slope = Node.apply(NormalOps.LOG_CDF_SLOPE, in.get(0));
                return slope.times(in.get(0).plus(slope)).negate();
            });

    private static Formula curvature() {
        Formula g = excess(X);
        Formula h = slope();
        Formula infinite = Formula.of(Primitive.EQUAL, g.times(h), g.times(h));
        Formula limit = Formula.select(X.lessThan(ZERO), Formula.constant(-1), ZERO);
        Formula isNumber = Formula.of(Primitive.EQUAL, X, X);
        return Formula.select(isNumber, Formula.select(infinite, g.times(h).negate(), limit), X);
    }

    /** {@code g}. */
    static final Elementwise EXCESS = function(
                    "normalExcess",
                    excess(X),
                    (x, y, dy) ->
                            dy.times(Node.apply(NormalOps.LOG_CDF_CURVATURE, x).plus(1)))
            .textbook(in -> in.get(0).plus(Node.apply(NormalOps.LOG_CDF_SLOPE, in.get(0))));

    static final Elementwise QUANTILE = function(
                    "normalQuantile",
                    Formula.of(Primitive.NORMAL_QUANTILE, X),
                    (x, y, dy) -> dy.times(Node.apply(NormalOps.QUANTILE_SLOPE, x)))
            .nonFiniteAdvice("normalQuantile is infinite at 0 and 1 and NaN outside; keep its operand between them");

    /** {@code 1/φ(q)} for the quantile q, whose square has lost the digits; its derivative is {@code q·y²}. */
    static final Elementwise QUANTILE_SLOPE = function(
                    "normalQuantileSlope",
                    quantileSlope(),
                    (x, y, dy) -> dy.times(Special.normalQuantile(x).times(y.square())))
            .textbook(in -> Arithmetic.reciprocal(Node.apply(DENSITY, Special.normalQuantile(in.get(0)))));

    /** In the tails, φ is the distribution function, which is known, times {@code h}. */
    private static Formula quantileSlope() {
        Formula q = Formula.of(Primitive.NORMAL_QUANTILE, X).abs().negate();
        Formula rarer = Formula.of(Primitive.MIN, X, ONE.minus(X));
        Formula inTail = ONE.dividedBy(rarer).dividedBy(excess(q).minus(q));
        Formula central = Formula.constant(2.5066282746310007)
                .times(HALF.times(q).times(q).exp());
        return Formula.select(
                rarer, Formula.select(q.lessThan(TAIL), inTail, central), Formula.constant(Double.POSITIVE_INFINITY));
    }
}
