package org.gradgraph.graph;

import static org.gradgraph.graph.ScalarFunction.function;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;

/**
 * Activation functions of neural networks, and what losses are made of, element by element.
 *
 * <p>The constants are the declarations behind the methods; they can be recognised in a graph.
 *
 * <pre>{@code
 * boolean isSigmoid = node.op().orElse(null) == Activations.SIGMOID;
 * }</pre>
 */
@CheckReturnValue
public final class Activations {
    private static final Formula X = Formula.argument(0);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula ONE = Formula.constant(1);

    /** e<sup>−|x|</sup>, which cannot overflow. */
    private static final Formula DECAY = X.abs().negate().exp();

    /** e<sup>−|x|/2</sup>: no subnormal number, and so more exact, where its square is one. */
    private static final Formula ROOT = X.abs().times(Formula.constant(-0.5)).exp();

    private static final Formula SQUARE_OF_ROOT = ROOT.times(ROOT);

    private static final Formula SOFTPLUS_OF_MINUS_ABS = Formula.of(Primitive.LOG1P, DECAY);

    private Activations() {}

    /**
     * {@return the elementwise logistic function 1/(1 + e<sup>−x</sup>)} Derivative {@code y(1 − y)}.
     *
     * @param x a matrix of any shape
     */
    public static Node sigmoid(Node x) {
        return Node.apply(Activations.SIGMOID, x);
    }

    /**
     * {@return the elementwise log of the logistic function, {@code −softplus(−x)}, exact at both ends} Derivative
     * {@code sigmoid(−x)}.
     *
     * @param x a matrix of any shape
     */
    public static Node logSigmoid(Node x) {
        return Node.apply(Activations.LOG_SIGMOID, x);
    }

    /**
     * {@return elementwise log(1 + e<sup>x</sup>), exact at both ends and without a threshold} Derivative
     * {@code sigmoid(x)}.
     *
     * @param x a matrix of any shape
     */
    public static Node softplus(Node x) {
        return Node.apply(Activations.SOFTPLUS, x);
    }

    /**
     * {@return the elementwise maximum of x and 0; NaN propagates} Derivative 1 above 0, 0 below and at 0.
     *
     * @param x a matrix of any shape
     */
    public static Node relu(Node x) {
        return Node.apply(Activations.RELU, x);
    }

    /**
     * {@return elementwise x above 0 and {@code slope·x} below} Derivative 1 above 0, {@code slope} below and at 0.
     *
     * @param x a matrix of any shape
     * @param slope what x is multiplied with below 0
     */
    public static Node leakyRelu(Node x, double slope) {
        return Node.apply(new Activations.LeakyRelu(slope), x);
    }

    /**
     * {@return elementwise x above 0 and {@code alpha·}(e<sup>x</sup> − 1) below} Derivative 1 above 0,
     * {@code alpha·}e<sup>x</sup> below and at 0.
     *
     * @param x a matrix of any shape
     * @param alpha minus the limit at −∞
     */
    public static Node elu(Node x, double alpha) {
        return Node.apply(new Activations.Elu(alpha), x);
    }

    /**
     * {@return the elementwise scaled exponential unit: 1.0507 times {@link #elu elu} with 1.6733 (Klambauer et al.
     * 2017)} Derivative: that of elu, scaled.
     *
     * @param x a matrix of any shape
     */
    public static Node selu(Node x) {
        return Arithmetic.scale(elu(x, 1.6732632423543772), 1.0507009873554805);
    }

    /**
     * {@return elementwise {@code x·Φ(x)}, exact and not the approximation by tanh} Derivative {@code Φ(x) + x·φ(x)}.
     *
     * @param x a matrix of any shape
     */
    public static Node gelu(Node x) {
        return Node.apply(Activations.GELU, x);
    }

    /**
     * {@return elementwise {@code x·sigmoid(x)}, also called swish} Derivative {@code s + x·s·(1 − s)} with
     * {@code s = sigmoid(x)}.
     *
     * @param x a matrix of any shape
     */
    public static Node silu(Node x) {
        return Node.apply(Activations.SILU, x);
    }

    /**
     * {@return elementwise {@code x/(1 + |x|)}} Derivative {@code 1/(1 + |x|)²}.
     *
     * @param x a matrix of any shape
     */
    public static Node softsign(Node x) {
        return Node.apply(Activations.SOFTSIGN, x);
    }

    /**
     * {@return each element limited to the interval from −1 to 1} Derivative 1 between the bounds and at them, 0
     * outside.
     *
     * @param x a matrix of any shape
     */
    public static Node hardTanh(Node x) {
        return Comparisons.clip(x, -1, 1);
    }

    /**
     * {@return {@code exp(x)/Σ exp(x)} without overflow: each row, each column or everything sums to 1}
     *
     * <p>NaN where all elements are −∞, because 0/0 is. Derivative {@code y⊙(dy − Σ dy⊙y)}.
     *
     * @param x a matrix of any shape
     * @param over what sums to 1: {@link Over#EACH_ROW each row}, {@link Over#EACH_COLUMN each column} or
     *     {@link Over#ALL everything}
     */
    public static Node softmax(Node x, Over over) {
        return Node.apply(new SoftmaxOps.Softmax(over, false), x);
    }

    /**
     * {@return the softmax of each row; see {@link #softmax(Node, Over)}}
     *
     * @param x a matrix of any shape
     */
    public static Node softmaxRows(Node x) {
        return softmax(x, Over.EACH_ROW);
    }

    /**
     * {@return the softmax of each column, the usual one with an example per column; see {@link #softmax(Node, Over)}}
     *
     * @param x a matrix of any shape
     */
    public static Node softmaxColumns(Node x) {
        return softmax(x, Over.EACH_COLUMN);
    }

    /**
     * {@return the logarithm of {@link #softmax(Node, Over) softmax}, exact where softmax underflows}
     *
     * <p>Derivative {@code dy − softmax(x)·Σ dy}.
     *
     * @param x a matrix of any shape
     * @param over what sums to 1: {@link Over#EACH_ROW each row}, {@link Over#EACH_COLUMN each column} or
     *     {@link Over#ALL everything}
     */
    public static Node logSoftmax(Node x, Over over) {
        return Node.apply(new SoftmaxOps.LogSoftmax(over), x);
    }

    /**
     * {@return the log-softmax of each row; see {@link #logSoftmax(Node, Over)}}
     *
     * @param x a matrix of any shape
     */
    public static Node logSoftmaxRows(Node x) {
        return logSoftmax(x, Over.EACH_ROW);
    }

    /**
     * {@return the log-softmax of each column; see {@link #logSoftmax(Node, Over)}}
     *
     * @param x a matrix of any shape
     */
    public static Node logSoftmaxColumns(Node x) {
        return logSoftmax(x, Over.EACH_COLUMN);
    }

    /** The logistic function 1/(1 + e<sup>−x</sup>), computed from e<sup>−|x|</sup>, which cannot overflow. */
    public static final Elementwise SIGMOID = function(
                    "sigmoid",
                    Formula.select(X.lessThan(ZERO), DECAY, ONE).dividedBy(ONE.plus(DECAY)),
                    (x, y, dy) -> dy.times(Node.apply(Activations.SIGMOID_SLOPE, x)))
            .symbol("σ")
            .notation(new Notation.Call("σ", "\\sigma"));

    /**
     * {@code s·(1 − s)} for the logistic function s of x, exact at both ends, where 1 − s has lost its digits.
     *
     * <p>It needs no exponential but the one of the logistic function.
     */
    public static final Elementwise SIGMOID_SLOPE = function(
                    "sigmoidSlope",
                    sigmoidSlope(),
                    (x, y, dy) -> dy.times(y.times(Node.apply(Activations.SIGMOID_BALANCE, x))))
            .textbook(in -> {
                Node y = in.get(0).sigmoid();
                return y.times(y.negate().plus(1));
            });

    /** {@code 1 − 2s} for the logistic function s of x, which is −tanh(x/2), exact near 0. */
    static final Elementwise SIGMOID_BALANCE = function(
                    "sigmoidBalance",
                    Formula.of(Primitive.TANH, X.times(Formula.constant(-0.5))),
                    (x, y, dy) ->
                            dy.times(Node.apply(Activations.SIGMOID_SLOPE, x).times(-2)))
            .textbook(in -> {
                Node y = in.get(0).sigmoid();
                return y.negate().plus(1).minus(y);
            });

    private static Formula sigmoidSlope() {
        Formula both = ONE.plus(DECAY);
        return DECAY.dividedBy(both.times(both));
    }

    /** The logarithm of the logistic function, exact at both ends. */
    public static final Elementwise LOG_SIGMOID = function(
            "logSigmoid",
            Formula.of(Primitive.MIN, X, ZERO).minus(SOFTPLUS_OF_MINUS_ABS),
            (x, y, dy) -> dy.times(x.negate().sigmoid()));

    /** log(1 + e<sup>x</sup>), exact at both ends. */
    public static final Elementwise SOFTPLUS = function(
            "softplus",
            Formula.of(Primitive.MAX, X, ZERO).plus(SOFTPLUS_OF_MINUS_ABS),
            (x, y, dy) -> dy.times(x.sigmoid()));

    /** The larger one of x and 0. */
    public static final Elementwise RELU = function(
            "relu",
            Formula.of(Primitive.MAX, X, ZERO),
            (x, y, dy) -> Comparisons.mask(dy, Comparisons.step(x, 0, 0, 1)));

    /** x times the probability that a standard normal number is below x. */
    static final Elementwise GELU = function("gelu", zeroWins(NormalOps.distribution(X), X), (x, y, dy) -> {
        Op tilt = new Elementary.Bell(1, NormalOps.DENSITY.factor(), 0.5);
        return dy.times(Special.normalCdf(x).plus(Node.apply(tilt, x)));
    });

    /** x times the logistic function of x, also called swish. */
    static final Elementwise SILU =
            function("silu", silu(), (x, y, dy) -> dy.times(Node.apply(Activations.SILU_SLOPE, x)));

    private static Formula silu() {
        Formula below = X.times(ROOT).dividedBy(ONE.plus(SQUARE_OF_ROOT)).times(ROOT);
        Formula above = X.dividedBy(ONE.plus(SQUARE_OF_ROOT));
        return Formula.select(X.lessThan(ZERO), Formula.select(ROOT, below, ZERO), above);
    }

    /** {@code s + x·s·(1 − s)} for the logistic function s of x, and its limits at ±∞. */
    static final Elementwise SILU_SLOPE = function("siluSlope", siluSlope(), (x, y, dy) -> {
                Node tilt = Node.apply(Activations.SIGMOID_TILT, x).times(Node.apply(Activations.SIGMOID_BALANCE, x));
                return dy.times(
                        Node.apply(Activations.SIGMOID_SLOPE, x).times(2).plus(tilt));
            })
            .textbook(in -> in.get(0).sigmoid().plus(Node.apply(Activations.SIGMOID_TILT, in.get(0))));

    private static Formula siluSlope() {
        Formula both = ONE.plus(SQUARE_OF_ROOT);
        Formula below = ROOT.times(both.plus(X)).dividedBy(both.times(both)).times(ROOT);
        Formula above = both.plus(Formula.select(SQUARE_OF_ROOT, X.times(SQUARE_OF_ROOT), ZERO))
                .dividedBy(both.times(both));
        return Formula.select(X.lessThan(ZERO), Formula.select(ROOT, below, ZERO), above);
    }

    /** {@code x·s·(1 − s)} for the logistic function s of x, and its limit 0 at ±∞, in every derivative. */
    static final Elementwise SIGMOID_TILT = function(
                    "sigmoidTilt",
                    sigmoidTilt(),
                    (x, y, dy) -> dy.times(Node.apply(Activations.SIGMOID_SLOPE, x)
                            .plus(y.times(Node.apply(Activations.SIGMOID_BALANCE, x)))))
            .textbook(in -> in.get(0)
                    .times(in.get(0).sigmoid())
                    .times(in.get(0).sigmoid().negate().plus(1)));

    private static Formula sigmoidTilt() {
        Formula both = ONE.plus(SQUARE_OF_ROOT);
        return Formula.select(ROOT, X.times(ROOT).dividedBy(both.times(both)).times(ROOT), ZERO);
    }

    /** A product that is 0 at −∞, where the first factor is 0. */
    private static Formula zeroWins(Formula weight, Formula x) {
        return Formula.select(weight, weight.times(x), ZERO);
    }

    /** {@code x/(1 + |x|)}, and ±1 at ±∞. */
    static final Elementwise SOFTSIGN = function(
            "softsign",
            softsign(),
            (x, y, dy) ->
                    dy.times(Arithmetic.reciprocal(Elementary.abs(x).plus(1)).square()));

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
            return List.of(Comparisons.mask(dy, Comparisons.step(inputs.get(0), slope, slope, 1)));
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
            Node decay = Comparisons.clip(x, Double.NEGATIVE_INFINITY, 0).exp();
            return List.of(dy.times(decay.times(Comparisons.step(x, alpha, alpha, 1))));
        }
    }
}
