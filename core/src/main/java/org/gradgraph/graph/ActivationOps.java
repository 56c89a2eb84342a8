package org.gradgraph.graph;

import static org.gradgraph.graph.ScalarFunction.function;

import java.util.List;

/**
 * Activation functions of neural networks, and what losses are made of, element by element.
 *
 * <p>Made by {@link Ops}, which takes the mean for a loss; what is public can be recognised in a graph.
 *
 * <pre>{@code
 * boolean isSigmoid = node.op().orElse(null) == ActivationOps.SIGMOID;
 * }</pre>
 */
public final class ActivationOps {
    private static final Formula X = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula ONE = Formula.constant(1);
    private static final double SQRT_HALF = Math.sqrt(0.5);

    /** e<sup>−|x|</sup>, which cannot overflow. */
    private static final Formula DECAY = X.abs().negate().exp();

    private static final Formula SOFTPLUS_OF_MINUS_ABS = Formula.of(Primitive.LOG1P, DECAY);

    private ActivationOps() {}

    /** The logistic function 1/(1 + e<sup>−x</sup>), computed from e<sup>−|x|</sup>, which cannot overflow. */
    public static final Elementwise SIGMOID = function(
                    "sigmoid",
                    Formula.select(X.lessThan(ZERO), DECAY, ONE).dividedBy(ONE.plus(DECAY)),
                    (x, y, dy) -> dy.times(y.times(y.negate().plus(1))))
            .symbol("σ")
            .notation(new Notation.Call("σ", "\\sigma"));

    /** The logarithm of the logistic function, exact at both ends. */
    public static final Elementwise LOG_SIGMOID = function(
            "logSigmoid",
            Formula.of(Primitive.MIN, X, ZERO).minus(SOFTPLUS_OF_MINUS_ABS),
            (x, y, dy) -> dy.times(x.negate().sigmoid()));

    /** log(1 + e<sup>x</sup>), exact at both ends. */
    static final Elementwise SOFTPLUS = function(
            "softplus",
            Formula.of(Primitive.MAX, X, ZERO).plus(SOFTPLUS_OF_MINUS_ABS),
            (x, y, dy) -> dy.times(x.sigmoid()));

    /** The larger one of x and 0. */
    static final Elementwise RELU =
            function("relu", Formula.of(Primitive.MAX, X, ZERO), (x, y, dy) -> Ops.mask(dy, Ops.step(x, 0, 0, 1)));

    /** x times the probability that a standard normal number is below x. */
    static final Elementwise GELU = function(
            "gelu",
            zeroWins(Formula.of(Primitive.ERFC, X.times(Formula.constant(-SQRT_HALF))), X.times(Formula.constant(0.5))),
            (x, y, dy) -> {
                Node probability = Ops.erfc(x.times(-SQRT_HALF)).times(0.5);
                Op tilt = new ElementaryOps.Bell(1, SQRT_HALF / Math.sqrt(Math.PI), 0.5);
                return dy.times(probability.plus(Node.apply(tilt, x)));
            });

    /** x times the logistic function of x, also called swish. */
    static final Elementwise SILU = function(
            "silu",
            zeroWins(SIGMOID.formula(), X),
            (x, y, dy) -> dy.times(x.sigmoid().plus(Node.apply(ActivationOps.SIGMOID_TILT, x))));

    /** {@code x·s·(1 − s)} for the logistic function s of x, and its limit 0 at ±∞, in every derivative. */
    static final Elementwise SIGMOID_TILT = function("sigmoidTilt", sigmoidTilt(), (x, y, dy) -> {
        Node s = x.sigmoid();
        Node rest = s.negate().plus(1);
        return dy.times(s.times(rest).plus(y.times(rest.minus(s))));
    });

    private static Formula sigmoidTilt() {
        Formula both = ONE.plus(DECAY);
        return zeroWins(DECAY.dividedBy(both.times(both)), X);
    }

    /** A product that is 0 at −∞, where the first factor is 0. */
    private static Formula zeroWins(Formula weight, Formula x) {
        return Formula.select(weight, weight.times(x), ZERO);
    }

    /** {@code x/(1 + |x|)}, and ±1 at ±∞. */
    static final Elementwise SOFTSIGN = function(
            "softsign",
            softsign(),
            (x, y, dy) -> dy.times(Ops.reciprocal(Ops.abs(x).plus(1)).square()));

    private static Formula softsign() {
        Formula size = X.abs();
        Formula infinite = Formula.of(Primitive.EQUAL, size, Formula.constant(Double.POSITIVE_INFINITY));
        return Formula.select(infinite, Formula.of(Primitive.SIGN, X), X.dividedBy(size.plus(ONE)));
    }

    /**
     * x above 0, {@code slope·x} below.
     *
     * @param slope a number
     */
    record LeakyRelu(double slope) implements Elementwise {
        @Override
        public String name() {
            return "leakyRelu";
        }

        @Override
        public String label() {
            return Labels.call("leakyRelu", slope);
        }

        @Override
        public Formula formula() {
            return Formula.select(ZERO.lessThan(X), X, X.times(Formula.constant(slope)));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Ops.mask(dy, Ops.step(inputs.get(0), slope, slope, 1)));
        }
    }

    /**
     * x above 0, {@code alpha·}(e<sup>x</sup> − 1) below.
     *
     * @param alpha a number
     */
    record Elu(double alpha) implements Elementwise {
        @Override
        public String name() {
            return "elu";
        }

        @Override
        public String label() {
            return Labels.call("elu", alpha);
        }

        @Override
        public Formula formula() {
            Formula below = Formula.of(Primitive.EXPM1, X).times(Formula.constant(alpha));
            return Formula.select(ZERO.lessThan(X), X, below);
        }

        /** The exponential of x above 0 is never computed, so that it cannot overflow into a second derivative. */
        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            Node decay = Ops.clip(x, Double.NEGATIVE_INFINITY, 0).exp();
            return List.of(dy.times(decay.times(Ops.step(x, alpha, alpha, 1))));
        }
    }

    /** {@code a·log b}, and 0 where {@code a} is 0 and {@code b} a number. */
    public static final Elementwise X_LOG_Y = function(
            "xLogY",
            zeroIfZero(X, B, X.times(B.log())),
            (a, b, y, dy) -> List.of(dy.times(b.log()), dy.times(Node.apply(ActivationOps.ZERO_OVER, a, b))));

    /** {@code a·b}, and 0 where {@code a} is 0 and {@code b} a number, infinite ones included. */
    static final Elementwise ZERO_TIMES = function(
                    "zeroTimes", zeroIfZero(X, B, X.times(B)), (a, b, y, dy) -> List.of(dy.times(b), dy.times(a)))
            .symbol("×")
            .notation(new Notation.Product(1));

    /** {@code a·log(1 − b)}, exact for small {@code b}, and 0 where {@code a} is 0 and {@code b} a number. */
    public static final Elementwise X_LOG_ONE_MINUS_Y = function(
            "xLogOneMinusY", zeroIfZero(X, B, X.times(Formula.of(Primitive.LOG1P, B.negate()))), (a, b, y, dy) -> {
                Node log = Node.apply(ActivationOps.X_LOG_ONE_MINUS_Y, Ops.ones(b.shape()), b);
                Node quotient =
                        Node.apply(ActivationOps.ZERO_OVER, a, b.negate().plus(1));
                return List.of(dy.times(log), dy.times(quotient).negate());
            });

    /** {@code a/b}, and 0 where {@code a} is 0 and {@code b} a number; a {@code b} of −0 counts as 0. */
    static final Elementwise ZERO_OVER = function(
            "zeroOver",
            zeroIfZero(X, B, X.dividedBy(B.plus(ZERO))),
            (a, b, y, dy) -> List.of(
                    dy.dividedBy(b.plus(0)),
                    dy.times(Node.apply(ActivationOps.ZERO_OVER, y, b)).negate()));

    /**
     * The logistic loss of a logit {@code z} and a label {@code y}, {@code softplus(z) − z·y}.
     *
     * <p>Computed as {@code (1 − y)·softplus(z) + y·softplus(−z)}, whose terms do not cancel; a term whose weight is 0
     * is left out, so an infinite logit on the right side costs nothing.
     */
    public static final Elementwise BCE_WITH_LOGITS = function(
            "bceWithLogits",
            bceWithLogits(),
            (z, label, y, dy) -> List.of(
                    dy.times(Node.apply(ActivationOps.SIGMOID_MINUS, z, label)),
                    dy.times(z).negate()));

    private static Formula bceWithLogits() {
        Formula up = Formula.of(Primitive.MAX, X, ZERO).plus(SOFTPLUS_OF_MINUS_ABS);
        Formula down = Formula.of(Primitive.MAX, X.negate(), ZERO).plus(SOFTPLUS_OF_MINUS_ABS);
        Formula rest = ONE.minus(B);
        return zeroIfZero(rest, X, rest.times(up)).plus(zeroIfZero(B, X, B.times(down)));
    }

    /** {@code sigmoid(a) − b} without cancellation, computed as {@code (1 − b)·sigmoid(a) − b·sigmoid(−a)}. */
    static final Elementwise SIGMOID_MINUS = function(
            "sigmoidMinus",
            sigmoidMinus(),
            (z, label, y, dy) -> List.of(dy.times(z.sigmoid().times(z.negate().sigmoid())), dy.negate()));

    private static Formula sigmoidMinus() {
        Formula isBelow = X.lessThan(ZERO);
        Formula up = Formula.select(isBelow, DECAY, ONE);
        Formula down = Formula.select(isBelow, ONE, DECAY);
        return ONE.minus(B).times(up).minus(B.times(down)).dividedBy(ONE.plus(DECAY));
    }

    private static Formula zeroIfZero(Formula weight, Formula value, Formula otherwise) {
        Formula isNumber = Formula.of(Primitive.EQUAL, value, value);
        Formula isZero = Formula.of(Primitive.EQUAL, weight, ZERO);
        return Formula.select(isZero.times(isNumber), ZERO, otherwise);
    }
}
