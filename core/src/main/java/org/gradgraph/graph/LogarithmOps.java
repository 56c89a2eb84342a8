package org.gradgraph.graph;

import static org.gradgraph.graph.ScalarFunction.function;

import java.util.List;

/** Logarithms of sums and differences of exponentials. */
final class LogarithmOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula ONE = Formula.constant(1);
    private static final Formula LOG_2 = Formula.constant(0.6931471805599453);
    private static final Formula SAME = Formula.of(Primitive.EQUAL, A, B);

    /** e<sup>−|a − b|</sup>. */
    private static final Formula DECAY = decay();

    private LogarithmOps() {}

    /** The rounding error of the difference is made good to first order. */
    private static Formula decay() {
        Formula difference = A.minus(B);
        Formula part = difference.minus(A);
        Formula lost = A.minus(difference.minus(part)).minus(B.plus(part));
        Formula ratio = difference.abs().negate().exp();
        Formula correction = Formula.select(difference.lessThan(ZERO), lost.negate(), lost);
        return Formula.select(ratio, ratio.times(ONE.minus(correction)), ratio);
    }

    static final Elementwise LOG_ADD_EXP = function(
            "logAddExp",
            Formula.select(
                    SAME, A.plus(LOG_2), Formula.of(Primitive.MAX, A, B).plus(Formula.of(Primitive.LOG1P, DECAY))),
            (a, b, y, dy) -> List.of(
                    dy.times(Node.apply(LogarithmOps.SHARE, a, b)), dy.times(Node.apply(LogarithmOps.SHARE, b, a))));

    /** {@code sigmoid(a − b)}; 0 if both are −∞, and ½ if both are +∞. */
    static final Elementwise SHARE = function(
                    "logAddExpShare",
                    Formula.select(
                            SAME,
                            Formula.select(
                                    Formula.of(Primitive.EQUAL, A, Formula.constant(Double.NEGATIVE_INFINITY)),
                                    ZERO,
                                    Formula.constant(0.5)),
                            Formula.select(A.lessThan(B), DECAY, ONE).dividedBy(ONE.plus(DECAY))),
                    (a, b, y, dy) -> {
                        Node da = dy.times(Node.apply(LogarithmOps.SHARE_SLOPE, a, b));
                        return List.of(da, da.negate());
                    })
            .textbook(in -> in.get(0).minus(in.get(1)).sigmoid());

    /** {@code s·(1 − s)} for {@code s = sigmoid(a − b)}; 0 if both are infinite. */
    static final Elementwise SHARE_SLOPE = function("logAddExpShareSlope", shareSlope(), (a, b, y, dy) -> {
                Node balance = Node.apply(LogarithmOps.SHARE, b, a).minus(Node.apply(LogarithmOps.SHARE, a, b));
                Node da = dy.times(y.times(balance));
                return List.of(da, da.negate());
            })
            .textbook(in -> {
                Node s = in.get(0).minus(in.get(1)).sigmoid();
                return s.times(s.negate().plus(1));
            });

    private static Formula shareSlope() {
        Formula isFinite = A.abs().lessThan(Formula.constant(Double.POSITIVE_INFINITY));
        Formula both = ONE.plus(DECAY);
        Formula slope = DECAY.dividedBy(both.times(both));
        return Formula.select(SAME, Formula.select(isFinite, Formula.constant(0.25), ZERO), slope);
    }

    static final Elementwise LOG1M_EXP = function(
                    "log1mExp",
                    Formula.select(
                            A.lessThan(LOG_2.negate()),
                            Formula.of(Primitive.LOG1P, A.exp().negate()),
                            Formula.of(Primitive.EXPM1, A).negate().log()),
                    (x, y, dy) -> dy.times(Node.apply(LogarithmOps.LOG1M_EXP_SLOPE, x)))
            .nonFiniteAdvice("log1mExp(x) is −∞ at 0 and NaN above; keep its operand below 0");

    /** {@code −eˣ/(1 − eˣ)}, −∞ at 0. */
    static final Elementwise LOG1M_EXP_SLOPE = function(
                    "log1mExpSlope",
                    log1mExpSlope(),
                    (x, y, dy) -> dy.times(Node.apply(LogarithmOps.LOG1M_EXP_CURVATURE, x)))
            .textbook(in -> in.get(0).exp().dividedBy(in.get(0).exp().minus(1)));

    private static Formula log1mExpSlope() {
        Formula below = A.exp().dividedBy(Formula.of(Primitive.EXPM1, A).abs()).negate();
        Formula above = ONE.negate().dividedBy(Formula.of(Primitive.EXPM1, A.negate()));
        return Formula.select(ZERO.lessThan(A), above, below);
    }

    /** {@code −eˣ/(1 − eˣ)²}; its derivative is y times 1 − 2s for the slope s. */
    static final Elementwise LOG1M_EXP_CURVATURE = function("log1mExpCurvature", log1mExpCurvature(), (x, y, dy) -> {
                Node slope = Node.apply(LogarithmOps.LOG1M_EXP_SLOPE, x);
                return dy.times(y.times(slope.times(-2).plus(1)));
            })
            .textbook(in -> {
                Node slope = Node.apply(LogarithmOps.LOG1M_EXP_SLOPE, in.get(0));
                return slope.times(slope.negate().plus(1));
            });

    private static Formula log1mExpCurvature() {
        Formula below = A.abs().negate();
        Formula rest = Formula.of(Primitive.EXPM1, below);
        return below.exp().dividedBy(rest).dividedBy(rest).negate();
    }
}
