package org.gradgraph.onnx;

import static org.gradgraph.graph.Formula.constant;
import static org.gradgraph.graph.Formula.select;

import java.util.Optional;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Primitive;

/** Primitives as formulas of simpler ones, for arithmetic that has no operator for them. */
final class Decomposition {
    private static final Formula X = Formula.argument(0);
    private static final Formula Y = Formula.argument(1);
    private static final Formula Z = Formula.argument(2);
    private static final Formula ZERO = constant(0);
    private static final Formula ONE = constant(1);
    private static final Formula HALF = constant(0.5);
    private static final Formula PI = constant(Math.PI);
    private static final Formula INFINITY = constant(Double.POSITIVE_INFINITY);

    private static final Formula ATAN = ArcTangent.formula(X);

    private Decomposition() {}

    /** The formula of one primitive; empty if there is none. */
    static Optional<Formula> of(Primitive primitive, boolean inFloat) {
        return switch (primitive) {
            case MULTIPLY_OR_ZERO -> Optional.of(select(equal(X, ZERO), X, X.times(Y)));
            case EXPM1 -> Optional.of(expm1());
            case LOG1P -> Optional.of(log1p());
            case LOG2 -> Optional.of(X.log().dividedBy(constant(Math.log(2))));
            case LOG10 -> Optional.of(X.log().dividedBy(constant(Math.log(10))));
            case CBRT -> Optional.of(cbrt());
            case TAN -> Optional.of(Formula.of(Primitive.SIN, X).dividedBy(Formula.of(Primitive.COS, X)));
            case ATAN -> Optional.of(ATAN);
            case ASIN -> Optional.of(atan(X.dividedBy(sqrt(ONE.minus(X).times(ONE.plus(X))))));
            case ACOS ->
                Optional.of(atan(sqrt(ONE.minus(X).dividedBy(ONE.plus(X)))).times(constant(2)));
            case ATAN2 -> Optional.of(atan2());
            case SINH -> Optional.of(sinh());
            case COSH -> Optional.of(cosh());
            case HYPOT -> Optional.of(hypot());
            case ERF -> Optional.of(ErrorFunctionFormula.erf(X));
            case ERFC -> Optional.of(ErrorFunctionFormula.erfc(X));
            case FMA -> Optional.of(inFloat ? X.times(Y).plus(Z) : fma());
            default -> Optional.empty();
        };
    }

    /** Kahan: the rounding error of exp(x) cancels in the quotient. */
    private static Formula expm1() {
        Formula power = X.exp();
        Formula less = power.minus(ONE);
        Formula corrected = less.times(X.dividedBy(power.log()));
        return select(X.abs().lessThan(ONE), select(equal(less, ZERO), X, corrected), less);
    }

    /** Kahan, as above. */
    private static Formula log1p() {
        Formula more = X.plus(ONE);
        Formula corrected = more.log().times(X.dividedBy(more.minus(ONE)));
        return select(X.abs().lessThan(ONE), select(equal(more, ONE), X, corrected), more.log());
    }

    /** One Newton step after the power. */
    private static Formula cbrt() {
        Formula size = X.abs();
        Formula guess = size.log().dividedBy(constant(3)).exp();
        Formula better =
                guess.minus(guess.minus(size.dividedBy(guess.times(guess))).dividedBy(constant(3)));
        Formula usual = both(ZERO.lessThan(size), size.lessThan(INFINITY));
        return select(usual, select(X.lessThan(ZERO), better.negate(), better), X);
    }

    private static Formula atan2() {
        Formula up = X.abs();
        Formula right = Y.abs();
        Formula angle = atan(select(equal(up, right), ONE, up.dividedBy(right)));
        Formula upper = select(
                equal(up, ZERO),
                select(Y.lessThan(ZERO), PI, select(equal(Y, Y), ZERO, Y)),
                select(Y.lessThan(ZERO), PI.minus(angle), angle));
        return select(X.lessThan(ZERO), upper.negate(), upper);
    }

    /** Without overflow before the result overflows. */
    private static Formula sinh() {
        Formula size = X.abs();
        Formula less = Formula.of(Primitive.EXPM1, size);
        Formula near = HALF.times(less.plus(less.dividedBy(less.plus(ONE))));
        Formula root = HALF.times(size).exp();
        Formula value =
                select(size.lessThan(constant(22)), near, HALF.times(root).times(root));
        return select(X.lessThan(ZERO), value.negate(), value);
    }

    private static Formula cosh() {
        Formula root = HALF.times(X.abs()).exp();
        return HALF.times(root).times(root).plus(HALF.dividedBy(root).dividedBy(root));
    }

    private static Formula hypot() {
        Formula a = X.abs();
        Formula b = Y.abs();
        Formula large = Formula.of(Primitive.MAX, a, b);
        Formula ratio = Formula.of(Primitive.MIN, a, b).dividedBy(large);
        Formula usual = large.times(sqrt(ONE.plus(ratio.times(ratio))));
        Formula isInfinite = Formula.of(Primitive.MAX, equal(a, INFINITY), equal(b, INFINITY));
        return select(isInfinite, INFINITY, select(equal(large, ZERO), ZERO, usual));
    }

    /** Dekker: the product and its rounding error; the error is left out where a factor is too large to be split. */
    private static Formula fma() {
        Formula product = X.times(Y);
        Formula highX = high(X);
        Formula highY = high(Y);
        Formula lowX = X.minus(highX);
        Formula lowY = Y.minus(highY);
        Formula error = highX.times(highY)
                .minus(product)
                .plus(highX.times(lowY))
                .plus(lowX.times(highY))
                .plus(lowX.times(lowY));
        return product.plus(Z).plus(select(error.abs().lessThan(INFINITY), error, ZERO));
    }

    private static Formula high(Formula x) {
        Formula shifted = x.times(constant(0x1p27 + 1));
        return shifted.minus(shifted.minus(x));
    }

    private static Formula atan(Formula x) {
        return Formula.of(Primitive.ATAN, x);
    }

    private static Formula sqrt(Formula x) {
        return Formula.of(Primitive.SQRT, x);
    }

    private static Formula equal(Formula a, Formula b) {
        return Formula.of(Primitive.EQUAL, a, b);
    }

    private static Formula both(Formula a, Formula b) {
        return a.times(b);
    }
}
