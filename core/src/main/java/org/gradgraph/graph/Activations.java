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
    private static final double SQRT_HALF = Math.sqrt(0.5);

    /** e<sup>−|x|</sup>, which cannot overflow. */
    private static final Formula DECAY = X.abs().negate().exp();

    private static final Formula SOFTPLUS_OF_MINUS_ABS = Formula.of(Primitive.LOG1P, DECAY);

    private Activations() {}

    /** Elementwise logistic function 1/(1 + e<sup>−x</sup>). Derivative {@code y(1 − y)}. */
    public static Node sigmoid(Node x) {
        return Node.apply(Activations.SIGMOID, x);
    }

    /** Elementwise log of the logistic function, {@code −softplus(−x)}, exact at both ends. Derivative {@code sigmoid(−x)}. */
    public static Node logSigmoid(Node x) {
        return Node.apply(Activations.LOG_SIGMOID, x);
    }

    /** Elementwise log(1 + e<sup>x</sup>), exact at both ends and without a threshold. Derivative {@code sigmoid(x)}. */
    public static Node softplus(Node x) {
        return Node.apply(Activations.SOFTPLUS, x);
    }

    /** Elementwise maximum of x and 0; NaN propagates. Derivative 1 above 0, 0 below and at 0. */
    public static Node relu(Node x) {
        return Node.apply(Activations.RELU, x);
    }

    /** Elementwise x above 0 and {@code slope·x} below. Derivative 1 above 0, {@code slope} below and at 0. */
    public static Node leakyRelu(Node x, double slope) {
        return Node.apply(new Activations.LeakyRelu(slope), x);
    }

    /**
     * Elementwise x above 0 and {@code alpha·}(e<sup>x</sup> − 1) below. Derivative 1 above 0, {@code alpha·}e<sup>x</sup>
     * below and at 0.
     */
    public static Node elu(Node x, double alpha) {
        return Node.apply(new Activations.Elu(alpha), x);
    }

    /**
     * Elementwise scaled exponential unit: 1.0507 times {@link #elu elu} with 1.6733 (Klambauer et al. 2017). Derivative:
     * that of elu, scaled.
     */
    public static Node selu(Node x) {
        return Arithmetic.scale(elu(x, 1.6732632423543772), 1.0507009873554805);
    }

    /** Elementwise {@code x·Φ(x)}, exact and not the approximation by tanh. Derivative {@code Φ(x) + x·φ(x)}. */
    public static Node gelu(Node x) {
        return Node.apply(Activations.GELU, x);
    }

    /** Elementwise {@code x·sigmoid(x)}, also called swish. Derivative {@code s + x·s·(1 − s)} with {@code s = sigmoid(x)}. */
    public static Node silu(Node x) {
        return Node.apply(Activations.SILU, x);
    }

    /** Elementwise {@code x/(1 + |x|)}. Derivative {@code 1/(1 + |x|)²}. */
    public static Node softsign(Node x) {
        return Node.apply(Activations.SOFTSIGN, x);
    }

    /** Elementwise x, but at least −1 and at most 1. Derivative 1 between the bounds and at them, 0 outside. */
    public static Node hardTanh(Node x) {
        return Comparisons.clip(x, -1, 1);
    }

    /**
     * {@code exp(x)/Σ exp(x)} without overflow: each row, each column or everything sums to 1.
     *
     * <p>NaN where all elements are −∞, because 0/0 is. Derivative {@code y⊙(dy − Σ dy⊙y)}.
     */
    public static Node softmax(Node x, Over over) {
        return Node.apply(new SoftmaxOps.Softmax(over, false), x);
    }

    /** The softmax of each row; see {@link #softmax(Node, Over)}. */
    public static Node softmaxRows(Node x) {
        return softmax(x, Over.EACH_ROW);
    }

    /** The softmax of each column, the usual one with an example per column; see {@link #softmax(Node, Over)}. */
    public static Node softmaxColumns(Node x) {
        return softmax(x, Over.EACH_COLUMN);
    }

    /**
     * The logarithm of {@link #softmax(Node, Over) softmax}, exact where softmax underflows.
     *
     * <p>Derivative {@code dy − softmax(x)·Σ dy}.
     */
    public static Node logSoftmax(Node x, Over over) {
        return Node.apply(new SoftmaxOps.LogSoftmax(over), x);
    }

    /** The log-softmax of each row; see {@link #logSoftmax(Node, Over)}. */
    public static Node logSoftmaxRows(Node x) {
        return logSoftmax(x, Over.EACH_ROW);
    }

    /** The log-softmax of each column; see {@link #logSoftmax(Node, Over)}. */
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
    static final Elementwise GELU = function(
            "gelu",
            zeroWins(Formula.of(Primitive.ERFC, X.times(Formula.constant(-SQRT_HALF))), X.times(Formula.constant(0.5))),
            (x, y, dy) -> {
                Node probability = Special.erfc(x.times(-SQRT_HALF)).times(0.5);
                Op tilt = new Elementary.Bell(1, SQRT_HALF / Math.sqrt(Math.PI), 0.5);
                return dy.times(probability.plus(Node.apply(tilt, x)));
            });

    /** x times the logistic function of x, also called swish. */
    static final Elementwise SILU = function(
            "silu",
            zeroWins(SIGMOID.formula(), X),
            (x, y, dy) -> dy.times(x.sigmoid().plus(Node.apply(Activations.SIGMOID_TILT, x))));

    /** {@code x·s·(1 − s)} for the logistic function s of x, and its limit 0 at ±∞, in every derivative. */
    static final Elementwise SIGMOID_TILT = function(
                    "sigmoidTilt",
                    zeroWins(SIGMOID_SLOPE.formula(), X),
                    (x, y, dy) -> dy.times(Node.apply(Activations.SIGMOID_SLOPE, x)
                            .plus(y.times(Node.apply(Activations.SIGMOID_BALANCE, x)))))
            .textbook(in -> in.get(0)
                    .times(in.get(0).sigmoid())
                    .times(in.get(0).sigmoid().negate().plus(1)));

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
