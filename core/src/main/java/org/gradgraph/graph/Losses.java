package org.gradgraph.graph;

import static org.gradgraph.graph.ScalarFunction.function;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;

/**
 * Losses: the prediction first, the label second; the result is 1×1, and labels may be broadcast.
 *
 * <pre>{@code
 * Node cost = Losses.bceWithLogits(w.transpose().matmul(x).plus(b), y);
 * }</pre>
 */
@CheckReturnValue
public final class Losses {
    private static final Formula X = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula ONE = Formula.constant(1);

    /** e<sup>−|x|</sup>, which cannot overflow. */
    private static final Formula DECAY = X.abs().negate().exp();

    private static final Formula SOFTPLUS_OF_MINUS_ABS = Formula.of(Primitive.LOG1P, DECAY);

    private Losses() {}

    /**
     * {@return the mean of the squared differences, 1×1} Derivative {@code 2(a − b)/(m·n)}.
     *
     * @param a predictions, of any shape
     * @param b targets of the same shape, or one that broadcasts
     */
    public static Node mse(Node a, Node b) {
        Node.requireOperands("mse", a, b);
        return a.minus(b).square().mean();
    }

    /**
     * {@return the mean of the absolute differences, 1×1; the sum is {@link Reductions#norm1(Node) norm1}} Derivative:
     * sign/(m·n), 0 at 0.
     *
     * @param a predictions, of any shape
     * @param b targets of the same shape, or one that broadcasts
     */
    public static Node mae(Node a, Node b) {
        Node.requireOperands("mae", a, b);
        return a.minus(b).abs().mean();
    }

    /**
     * {@return the mean of {@code d²/2} for differences {@code |d| ≤ delta} and of {@code delta·(|d| − delta/2)}
     * beyond, 1×1}
     *
     * <p>Derivative {@code d} limited to ±delta; it is continuous.
     *
     * @param a predictions, of any shape
     * @param b targets of the same shape, or one that broadcasts
     * @param delta above 0
     */
    public static Node huber(Node a, Node b, double delta) {
        Node.requireOperands("huber", a, b);
        if (!(delta > 0)) {
            throw new IllegalArgumentException("huber: delta is " + Labels.number(delta) + "; give a number above 0");
        }
        Node difference = a.minus(b);
        Node limited = difference.clip(-delta, delta);
        return limited.times(difference.minus(limited.times(0.5))).mean();
    }

    /**
     * {@return the mean of {@code max(0, 1 − score·label)} for labels of −1 and 1, 1×1} Derivative 0 at the kink.
     *
     * @param score predictions, of any shape
     * @param label −1 or 1 for each prediction
     */
    public static Node hinge(Node score, Node label) {
        Node.requireOperands("hinge", score, label);
        return score.times(label).negate().plus(1).relu().mean();
    }

    /**
     * {@return the binary cross entropy of probabilities, 1×1: the mean of {@code −(y·log p + (1 − y)·log(1 − p))}}
     *
     * <p>{@code 0·log 0} is 0; nothing is clamped, so a certain and wrong prediction costs +∞. Derivative
     * {@code (1 − y)/(1 − p) − y/p}; a probability of −0 counts as 0.
     *
     * @param p probabilities
     * @param y labels between 0 and 1
     */
    public static Node bce(Node p, Node y) {
        Node.requireOperands("bce", p, y);
        Node rest = y.negate().plus(1);
        Node whereTrue = Broadcasting.apply(X_LOG_Y, y, p);
        Node whereFalse = Broadcasting.apply(X_LOG_ONE_MINUS_Y, rest, p);
        return whereTrue.plus(whereFalse).mean().negate();
    }

    /**
     * {@return the binary cross entropy of logits, 1×1: the mean of {@code softplus(z) − z·y}, exact for any logit}
     *
     * <p>Derivative {@code sigmoid(z) − y}, computed without cancellation.
     *
     * @param z logits
     * @param y labels between 0 and 1
     */
    public static Node bceWithLogits(Node z, Node y) {
        Node.requireOperands("bceWithLogits", z, y);
        return Broadcasting.apply(BCE_WITH_LOGITS, z, y).mean();
    }

    /**
     * {@return the cross entropy of probabilities, 1×1: {@code −Σ y·log p} divided by the number of examples}
     *
     * <p>{@code 0·log 0} is 0. Derivative {@code −y/p} over the number of examples.
     *
     * @param p probabilities
     * @param y labels of the same shape, for example one-hot
     * @param example {@code EACH_COLUMN} if an example is a column, {@code EACH_ROW} if it is a row
     */
    public static Node crossEntropy(Node p, Node y, Over example) {
        Node.requireOperands("crossEntropy", p, y);
        Node terms = Broadcasting.apply(X_LOG_Y, y, p);
        return Reductions.sum(terms, example).mean().negate();
    }

    /**
     * {@return the cross entropy of logits, 1×1: {@code −Σ y·log softmax(z)} divided by the number of examples}
     *
     * <p>Exact where softmax underflows; a label of 0 leaves its term out, so a logit of −∞ there costs nothing.
     * Derivative {@code softmax(z)·Σy − y} over the number of examples.
     *
     * @param z logits
     * @param y labels of the same shape, for example one-hot
     * @param example {@code EACH_COLUMN} if an example is a column, {@code EACH_ROW} if it is a row
     */
    public static Node crossEntropyWithLogits(Node z, Node y, Over example) {
        List<Node> both = Broadcasting.stretched("crossEntropyWithLogits", z, y);
        Node terms = Node.apply(ZERO_TIMES, both.get(1), Activations.logSoftmax(both.get(0), example));
        return Reductions.sum(terms, example).mean().negate();
    }

    /** {@code a·log b}, and 0 where {@code a} is 0 and {@code b} a number. */
    public static final Elementwise X_LOG_Y = function(
                    "xLogY",
                    zeroIfZero(X, B, X.times(B.log())),
                    (a, b, y, dy) -> List.of(dy.times(b.log()), dy.times(Node.apply(Losses.ZERO_OVER, a, b))))
            .textbook(in -> in.get(0).times(in.get(1).log()));

    /** {@code a·b}, and 0 where {@code a} is 0 and {@code b} a number, infinite ones included. */
    public static final Elementwise ZERO_TIMES = function(
                    "zeroTimes", zeroIfZero(X, B, X.times(B)), (a, b, y, dy) -> List.of(dy.times(b), dy.times(a)))
            .symbol("×")
            .notation(new Notation.Product(1))
            .textbook(in -> in.get(0).times(in.get(1)));

    /** {@code a·log(1 − b)}, exact for small {@code b}, and 0 where {@code a} is 0 and {@code b} a number. */
    public static final Elementwise X_LOG_ONE_MINUS_Y = function(
                    "xLogOneMinusY",
                    zeroIfZero(X, B, X.times(Formula.of(Primitive.LOG1P, B.negate()))),
                    (a, b, y, dy) -> {
                        Node log = Node.apply(Losses.X_LOG_ONE_MINUS_Y, Constants.ones(b.shape()), b);
                        Node quotient =
                                Node.apply(Losses.ZERO_OVER, a, b.negate().plus(1));
                        return List.of(dy.times(log), dy.times(quotient).negate());
                    })
            .textbook(in -> in.get(0).times(in.get(1).negate().plus(1).log()));

    /** {@code a/b}, and 0 where {@code a} is 0 and {@code b} a number; a {@code b} of −0 counts as 0. */
    static final Elementwise ZERO_OVER = function(
                    "zeroOver",
                    zeroIfZero(X, B, X.dividedBy(B.plus(ZERO))),
                    (a, b, y, dy) -> List.of(
                            dy.dividedBy(b.plus(0)),
                            dy.times(Node.apply(Losses.ZERO_OVER, y, b)).negate()))
            .textbook(in -> in.get(0).dividedBy(in.get(1)));

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
                    dy.times(Node.apply(Losses.SIGMOID_MINUS, z, label)),
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
                    (z, label, y, dy) -> List.of(dy.times(Node.apply(Activations.SIGMOID_SLOPE, z)), dy.negate()))
            .textbook(in -> in.get(0).sigmoid().minus(in.get(1)));

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
