package org.gradgraph.graph;

import static org.gradgraph.graph.ScalarFunction.function;

/** Inverse hyperbolic functions, exact near their zeros and without overflow. */
final class HyperbolicOps {
    private static final Formula X = Formula.argument(0);
    private static final Formula ONE = Formula.constant(1);
    private static final Formula SIZE = X.abs();

    /** The logarithm of twice the size, which is all that counts where the square of 1 is lost beside that of x. */
    private static final Formula LOG_OF_TWICE = SIZE.log().plus(Formula.constant(0.6931471805599453));

    private static final Formula IS_LARGE = Formula.constant(0x1p28).lessThan(SIZE);

    private HyperbolicOps() {}

    static final Elementwise ASINH = function(
            "asinh",
            asinh(),
            (x, y, dy) -> dy.times(Node.apply(TrigonometricOps.LENGTH_SLOPE, Constants.ones(x.shape()), x)));

    private static Formula asinh() {
        Formula square = X.times(X);
        Formula root = Formula.of(Primitive.SQRT, ONE.plus(square));
        Formula rest = Formula.of(Primitive.LOG1P, SIZE.plus(square.dividedBy(ONE.plus(root))));
        return Formula.of(Primitive.SIGN, X).times(Formula.select(IS_LARGE, LOG_OF_TWICE, rest));
    }

    static final Elementwise ACOSH = function(
                    "acosh", acosh(), (x, y, dy) -> dy.times(Node.apply(HyperbolicOps.ACOSH_SLOPE, x)))
            .nonFiniteAdvice("acosh is NaN below 1 and infinitely steep at 1; keep its operand above 1");

    private static Formula acosh() {
        Formula above = X.minus(ONE);
        Formula root =
                Formula.of(Primitive.SQRT, above).times(Formula.of(Primitive.SQRT, above.plus(Formula.constant(2))));
        return Formula.select(
                Formula.constant(0x1p28).lessThan(X), LOG_OF_TWICE, Formula.of(Primitive.LOG1P, above.plus(root)));
    }

    /** {@code 1/√(x² − 1)}; its derivative is {@code −y/((x − 1)·(1 + 1/x))}. */
    static final Elementwise ACOSH_SLOPE = function(
                    "acoshSlope",
                    ONE.dividedBy(Formula.of(Primitive.SQRT, SIZE.minus(ONE)))
                            .dividedBy(Formula.of(Primitive.SQRT, SIZE.plus(ONE))),
                    (x, y, dy) -> {
                        Node divisor = x.minus(1).times(Arithmetic.reciprocal(x).plus(1));
                        return dy.times(y.dividedBy(divisor)).negate();
                    })
            .textbook(in -> Node.constant(1)
                    .dividedBy(Elementary.sqrt(in.get(0).square().minus(1))));

    static final Elementwise ATANH = function(
                    "atanh", atanh(), (x, y, dy) -> dy.times(Node.apply(HyperbolicOps.ATANH_SLOPE, x)))
            .nonFiniteAdvice("atanh is infinite at ±1 and NaN beyond; keep its operand between −1 and 1");

    private static Formula atanh() {
        Formula ratio = SIZE.plus(SIZE).dividedBy(ONE.minus(SIZE));
        return Formula.of(Primitive.SIGN, X).times(Formula.constant(0.5)).times(Formula.of(Primitive.LOG1P, ratio));
    }

    /** {@code 1/(1 − x²)}, with both factors exact near ±1; its derivative is {@code 2·x·y²}. */
    static final Elementwise ATANH_SLOPE = function(
                    "atanhSlope",
                    ONE.dividedBy(ONE.minus(X)).dividedBy(ONE.plus(X)),
                    (x, y, dy) -> dy.times(x.times(2).times(y).times(y)))
            .textbook(
                    in -> Node.constant(1).dividedBy(in.get(0).square().negate().plus(1)));
}
