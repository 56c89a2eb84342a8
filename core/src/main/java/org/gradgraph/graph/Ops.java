package org.gradgraph.graph;

import java.util.Arrays;
import java.util.List;
import org.gradgraph.graph.ChoiceOps.Relation;
import org.gradgraph.graph.Geometry.Window;
import org.gradgraph.graph.RandomOps.Distribution;
import org.gradgraph.graph.ReductionOps.Over;

/**
 * All operations, as functions of nodes.
 *
 * <p>{@link Node} has the everyday ones as methods. Elementwise operations of several operands broadcast them first:
 * {@code m×n} with {@code m×n}, {@code 1×n}, {@code m×1} or {@code 1×1}, in any order; a column with a row is refused.
 * Non-finite values propagate as IEEE 754 says. Every method throws {@link ShapeException} if the operands do not fit,
 * and {@link IllegalArgumentException} if one is null.
 *
 * <pre>{@code
 * Node z = Ops.add(Ops.matmul(w, x), b);
 * Node cost = Ops.mean(Ops.square(Ops.subtract(z, y)));
 * }</pre>
 */
public final class Ops {
    private Ops() {}

    // Arithmetic

    /** Elementwise sum. Derivatives 1 and 1. */
    public static Node add(Node a, Node b) {
        return Broadcasting.apply(ArithmeticOps.ADD, a, b);
    }

    /** Elementwise difference. Derivatives 1 and −1. */
    public static Node subtract(Node a, Node b) {
        return Broadcasting.apply(ArithmeticOps.SUBTRACT, a, b);
    }

    /** Elementwise product. Derivatives {@code b} and {@code a}. */
    public static Node multiply(Node a, Node b) {
        return Broadcasting.apply(ArithmeticOps.MULTIPLY, a, b);
    }

    /** Elementwise quotient. Derivatives {@code 1/b} and {@code −a/b²}. */
    public static Node divide(Node a, Node b) {
        return Broadcasting.apply(ArithmeticOps.DIVIDE, a, b);
    }

    /** Elementwise negative. Derivative −1. */
    public static Node negate(Node a) {
        return Node.apply(ArithmeticOps.NEGATE, a);
    }

    /** Every element times a number. Derivative: the number. */
    public static Node scale(Node a, double factor) {
        return Node.apply(new ArithmeticOps.Scale(factor), a);
    }

    /** Every element plus a number. Derivative 1. */
    public static Node addScalar(Node a, double number) {
        return Node.apply(new ArithmeticOps.AddScalar(number), a);
    }

    /** Elementwise square. Derivative {@code 2a}. */
    public static Node square(Node a) {
        return Node.apply(ArithmeticOps.SQUARE, a);
    }

    /** Elementwise {@code 1/a}. Derivative {@code −1/a²}. */
    public static Node reciprocal(Node a) {
        return Node.apply(ArithmeticOps.RECIPROCAL, a);
    }

    /**
     * Elementwise power with an exponent that never changes. Derivative {@code p·a^(p − 1)}.
     *
     * <p>{@code a^0} is 1 everywhere, at 0 and for NaN too, and its derivative is 0. A negative number to a power that is
     * not integral is NaN.
     */
    public static Node power(Node a, double exponent) {
        return Node.apply(new ArithmeticOps.ConstantPower(exponent), a);
    }

    /**
     * Elementwise {@code a^b}. Derivatives {@code b·a^(b − 1)} and {@code a^b·log a}.
     *
     * <p>{@code 0^0} is 1, and both derivatives there are 0. The derivative of {@code 0^b} by {@code b} is 0 for {@code b
     * ≥ 0}. A negative number to a power that is not integral is NaN; to an integral one it has no derivative by {@code b},
     * which is NaN.
     */
    public static Node power(Node a, Node b) {
        return Broadcasting.apply(ArithmeticOps.POWER, a, b);
    }

    // Elementary functions

    /** Elementwise e to the power of x. Derivative e<sup>x</sup>. */
    public static Node exp(Node x) {
        return Node.apply(ElementaryOps.EXP, x);
    }

    /** Elementwise e<sup>x</sup> − 1, exact near 0. Derivative e<sup>x</sup>. */
    public static Node expm1(Node x) {
        return Node.apply(ElementaryOps.EXPM1, x);
    }

    /** Elementwise natural logarithm; −∞ at 0, NaN below. Derivative {@code 1/x}, +∞ at 0 and at −0. */
    public static Node log(Node x) {
        return Node.apply(ElementaryOps.LOG, x);
    }

    /** Elementwise log(1 + x), exact near 0; −∞ at −1, NaN below. Derivative {@code 1/(1 + x)}, +∞ at −1. */
    public static Node log1p(Node x) {
        return Node.apply(ElementaryOps.LOG1P, x);
    }

    /** Elementwise logarithm to base 2, exact for powers of 2; −∞ at 0, NaN below. Derivative {@code 1/(x·log 2)}, +∞ at 0 and at −0. */
    public static Node log2(Node x) {
        return Node.apply(ElementaryOps.LOG2, x);
    }

    /** Elementwise logarithm to base 10; −∞ at 0, NaN below. Derivative {@code 1/(x·log 10)}, +∞ at 0 and at −0. */
    public static Node log10(Node x) {
        return Node.apply(ElementaryOps.LOG10, x);
    }

    /** Elementwise square root; NaN below 0. Derivative {@code 1/(2y)}, +∞ at 0. */
    public static Node sqrt(Node x) {
        return Node.apply(ElementaryOps.SQRT, x);
    }

    /** Elementwise cube root, of negative numbers too. Derivative {@code 1/(3y²)}, +∞ at 0; the second one is −∞ at 0 and +∞ at −0. */
    public static Node cbrt(Node x) {
        return Node.apply(ElementaryOps.CBRT, x);
    }

    /** Elementwise {@code √(a² + b²)}, without overflow. Derivatives {@code a/y} and {@code b/y}, 0 where both are 0, in the second derivative too. */
    public static Node hypot(Node a, Node b) {
        return Broadcasting.apply(TrigonometricOps.HYPOT, a, b);
    }

    /** Elementwise absolute value. Derivative {@code sign(x)}, 0 at 0. */
    public static Node abs(Node x) {
        return Node.apply(ElementaryOps.ABS, x);
    }

    /** Elementwise sign: −1, 0 or 1. It has no gradient: the derivative is 0, at 0 too. */
    public static Node sign(Node x) {
        return Node.apply(ChoiceOps.SIGN, x);
    }

    /** Elementwise largest integer that is not above. It has no gradient: the derivative is 0, at integers too. */
    public static Node floor(Node x) {
        return Node.apply(ChoiceOps.FLOOR, x);
    }

    /** Elementwise nearest integer, of two the even one. It has no gradient: the derivative is 0 everywhere. */
    public static Node round(Node x) {
        return Node.apply(ChoiceOps.ROUND, x);
    }

    /** Elementwise sine. Derivative {@code cos x}. */
    public static Node sin(Node x) {
        return Node.apply(TrigonometricOps.SIN, x);
    }

    /** Elementwise cosine. Derivative {@code −sin x}. */
    public static Node cos(Node x) {
        return Node.apply(TrigonometricOps.COS, x);
    }

    /** Elementwise tangent. Derivative {@code 1 + y²}. */
    public static Node tan(Node x) {
        return Node.apply(TrigonometricOps.TAN, x);
    }

    /** Elementwise arc sine; NaN beyond ±1. Derivative {@code 1/√(1 − x²)}, +∞ at ±1; the second one is ±∞ there. */
    public static Node asin(Node x) {
        return Node.apply(TrigonometricOps.ASIN, x);
    }

    /** Elementwise arc cosine; NaN beyond ±1. Derivative {@code −1/√(1 − x²)}, −∞ at ±1; the second one is ∓∞ there. */
    public static Node acos(Node x) {
        return Node.apply(TrigonometricOps.ACOS, x);
    }

    /** Elementwise arc tangent. Derivative {@code 1/(1 + x²)}. */
    public static Node atan(Node x) {
        return Node.apply(TrigonometricOps.ATAN, x);
    }

    /**
     * Elementwise angle of the point (x, y), from −π to π.
     *
     * <p>Derivatives {@code x/r²} and {@code −y/r²} with {@code r² = x² + y²}; NaN at the origin, which has no direction, and
     * 0 at infinity.
     */
    public static Node atan2(Node y, Node x) {
        return Broadcasting.apply(TrigonometricOps.ATAN2, y, x);
    }

    /** Elementwise hyperbolic sine. Derivative {@code cosh x}. */
    public static Node sinh(Node x) {
        return Node.apply(TrigonometricOps.SINH, x);
    }

    /** Elementwise hyperbolic cosine. Derivative {@code sinh x}. */
    public static Node cosh(Node x) {
        return Node.apply(TrigonometricOps.COSH, x);
    }

    /** Elementwise hyperbolic tangent. Derivative {@code 1 − y²}. */
    public static Node tanh(Node x) {
        return Node.apply(TrigonometricOps.TANH, x);
    }

    /** Elementwise error function. Derivative {@code 2/√π·}e<sup>−x²</sup>. */
    public static Node erf(Node x) {
        return Node.apply(ElementaryOps.ERF, x);
    }

    /** Elementwise 1 − erf(x), exact where that is tiny. Derivative {@code −2/√π·}e<sup>−x²</sup>. */
    public static Node erfc(Node x) {
        return Node.apply(ElementaryOps.ERFC, x);
    }

    // Activations

    /** Elementwise logistic function 1/(1 + e<sup>−x</sup>). Derivative {@code y(1 − y)}. */
    public static Node sigmoid(Node x) {
        return Node.apply(ActivationOps.SIGMOID, x);
    }

    /** Elementwise log of the logistic function, {@code −softplus(−x)}, exact at both ends. Derivative {@code sigmoid(−x)}. */
    public static Node logSigmoid(Node x) {
        return Node.apply(ActivationOps.LOG_SIGMOID, x);
    }

    /** Elementwise log(1 + e<sup>x</sup>), exact at both ends and without a threshold. Derivative {@code sigmoid(x)}. */
    public static Node softplus(Node x) {
        return Node.apply(ActivationOps.SOFTPLUS, x);
    }

    /** Elementwise maximum of x and 0; NaN propagates. Derivative 1 above 0, 0 below and at 0. */
    public static Node relu(Node x) {
        return Node.apply(ActivationOps.RELU, x);
    }

    /** Elementwise x above 0 and {@code slope·x} below. Derivative 1 above 0, {@code slope} below and at 0. */
    public static Node leakyRelu(Node x, double slope) {
        return Node.apply(new ActivationOps.LeakyRelu(slope), x);
    }

    /**
     * Elementwise x above 0 and {@code alpha·}(e<sup>x</sup> − 1) below. Derivative 1 above 0, {@code alpha·}e<sup>x</sup>
     * below and at 0.
     */
    public static Node elu(Node x, double alpha) {
        return Node.apply(new ActivationOps.Elu(alpha), x);
    }

    /**
     * Elementwise scaled exponential unit: 1.0507 times {@link #elu elu} with 1.6733 (Klambauer et al. 2017). Derivative:
     * that of elu, scaled.
     */
    public static Node selu(Node x) {
        return scale(elu(x, 1.6732632423543772), 1.0507009873554805);
    }

    /** Elementwise {@code x·Φ(x)}, exact and not the approximation by tanh. Derivative {@code Φ(x) + x·φ(x)}. */
    public static Node gelu(Node x) {
        return Node.apply(ActivationOps.GELU, x);
    }

    /** Elementwise {@code x·sigmoid(x)}, also called swish. Derivative {@code s + x·s·(1 − s)} with {@code s = sigmoid(x)}. */
    public static Node silu(Node x) {
        return Node.apply(ActivationOps.SILU, x);
    }

    /** Elementwise {@code x/(1 + |x|)}. Derivative {@code 1/(1 + |x|)²}. */
    public static Node softsign(Node x) {
        return Node.apply(ActivationOps.SOFTSIGN, x);
    }

    /** Elementwise x, but at least −1 and at most 1. Derivative 1 between the bounds and at them, 0 outside. */
    public static Node hardTanh(Node x) {
        return clip(x, -1, 1);
    }

    // Choice

    /** Elementwise maximum; NaN propagates. Derivative 1 for the larger operand and 0 for the other, one half for each if they are equal. */
    public static Node maximum(Node a, Node b) {
        return Broadcasting.apply(ChoiceOps.MAXIMUM, a, b);
    }

    /** Elementwise minimum; NaN propagates. Derivative 1 for the smaller operand and 0 for the other, one half for each if they are equal. */
    public static Node minimum(Node a, Node b) {
        return Broadcasting.apply(ChoiceOps.MINIMUM, a, b);
    }

    /**
     * Elementwise nearest number between two bounds; NaN propagates. Derivative 1 between the bounds and at them, 0 outside.
     *
     * @throws IllegalArgumentException if {@code low} is above {@code high}, or one is NaN
     */
    public static Node clip(Node x, double low, double high) {
        return Node.apply(new ChoiceOps.Clip(low, high), x);
    }

    /**
     * Elementwise {@code a} where the condition is not 0, else {@code b}; all three are broadcast.
     *
     * <p>The one not taken gets an exact 0 as its gradient, and no NaN or ∞ of it gets through, in derivatives of any order
     * too. The condition has no gradient.
     */
    public static Node where(Node condition, Node a, Node b) {
        return Broadcasting.apply(ChoiceOps.WHERE, condition, a, b);
    }

    /**
     * Elementwise product in which a weight of 0 wins: {@code x·weight}, and an exact 0 where the weight is 0, even if x is
     * NaN or ∞. Derivatives {@code weight}, in the same sense, and {@code x}.
     */
    public static Node mask(Node x, Node weight) {
        return Broadcasting.apply(ChoiceOps.MASK, x, weight);
    }

    /** The node itself, taken as a constant by differentiation: no gradient flows through it. */
    public static Node stopGradient(Node x) {
        return Node.apply(ChoiceOps.STOP_GRADIENT, x);
    }

    /**
     * Elementwise one number below 0, one at 0 and one above; NaN propagates. It has no gradient: the derivative is 0, at 0
     * too.
     */
    public static Node step(Node x, double below, double at, double above) {
        return Node.apply(new ChoiceOps.Step(below, at, above), x);
    }

    /** Elementwise 1 where {@code a < b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node less(Node a, Node b) {
        return Broadcasting.apply(Relation.LESS.ofTwo, a, b);
    }

    /** The same against a number; see {@link #less(Node, Node)}. */
    public static Node less(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.LESS, number), a);
    }

    /** Elementwise 1 where {@code a ≤ b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node lessOrEqual(Node a, Node b) {
        return Broadcasting.apply(Relation.LESS_OR_EQUAL.ofTwo, a, b);
    }

    /** The same against a number; see {@link #lessOrEqual(Node, Node)}. */
    public static Node lessOrEqual(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.LESS_OR_EQUAL, number), a);
    }

    /** Elementwise 1 where {@code a = b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node equal(Node a, Node b) {
        return Broadcasting.apply(Relation.EQUAL.ofTwo, a, b);
    }

    /** The same against a number; see {@link #equal(Node, Node)}. */
    public static Node equal(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.EQUAL, number), a);
    }

    /** Elementwise 1 where {@code a ≠ b}, else 0; 1 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node notEqual(Node a, Node b) {
        return Broadcasting.apply(Relation.NOT_EQUAL.ofTwo, a, b);
    }

    /** The same against a number; see {@link #notEqual(Node, Node)}. */
    public static Node notEqual(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.NOT_EQUAL, number), a);
    }

    /** Elementwise 1 where {@code a ≥ b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node greaterOrEqual(Node a, Node b) {
        return Broadcasting.apply(Relation.GREATER_OR_EQUAL.ofTwo, a, b);
    }

    /** The same against a number; see {@link #greaterOrEqual(Node, Node)}. */
    public static Node greaterOrEqual(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.GREATER_OR_EQUAL, number), a);
    }

    /** Elementwise 1 where {@code a > b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node greater(Node a, Node b) {
        return Broadcasting.apply(Relation.GREATER.ofTwo, a, b);
    }

    /** The same against a number; see {@link #greater(Node, Node)}. */
    public static Node greater(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.GREATER, number), a);
    }

    // Random numbers

    /**
     * Random numbers from 0 to 1, 1 excluded, the same for the same seed on every machine and any number of threads.
     *
     * <p>They never change; give the number of the draw to {@link #uniform(Shape, long, Node)} for new ones in each run.
     */
    public static Node uniform(Shape shape, long seed) {
        return Node.apply(new RandomOps.Random(Distribution.UNIFORM, shape, seed));
    }

    /**
     * Random numbers from 0 to 1, 1 excluded, new ones for each number of the draw. They have no gradient.
     *
     * @param draw a 1×1 node, usually an input that is fed 0, 1, 2, …
     */
    public static Node uniform(Shape shape, long seed, Node draw) {
        return Node.apply(new RandomOps.Random(Distribution.UNIFORM, shape, seed), draw);
    }

    /**
     * Random numbers with mean 0 and variance 1, the same for the same seed on every machine and any number of threads.
     *
     * <p>They never change; give the number of the draw to {@link #normal(Shape, long, Node)} for new ones in each run.
     */
    public static Node normal(Shape shape, long seed) {
        return Node.apply(new RandomOps.Random(Distribution.NORMAL, shape, seed));
    }

    /**
     * Random numbers with mean 0 and variance 1, new ones for each number of the draw. They have no gradient.
     *
     * @param draw a 1×1 node, usually an input that is fed 0, 1, 2, …
     */
    public static Node normal(Shape shape, long seed, Node draw) {
        return Node.apply(new RandomOps.Random(Distribution.NORMAL, shape, seed), draw);
    }

    /**
     * A random mask for dropout: 0 with probability {@code rate}, else {@code 1/(1 − rate)}, so that the mean is 1.
     *
     * @param rate from 0 to below 1
     * @param seed the same seed gives the same mask
     * @param draw a 1×1 node that is fed 0, 1, 2, … for a new mask in each run
     * @throws IllegalArgumentException if {@code rate} is not in [0, 1)
     */
    public static Node dropoutMask(Shape shape, double rate, long seed, Node draw) {
        Operands.requireRate("dropoutMask", rate);
        return scale(greaterOrEqual(uniform(shape, seed, draw), rate), 1 / (1 - rate));
    }

    /**
     * Dropout: x times a random mask of its shape; see {@link #dropoutMask}. Derivative: the mask.
     *
     * @param rate the probability of a 0, from 0 to below 1
     * @param seed the same seed gives the same mask
     * @param draw a 1×1 node that is fed 0, 1, 2, … for a new mask in each run
     * @throws IllegalArgumentException if {@code rate} is not in [0, 1)
     */
    public static Node dropout(Node x, double rate, long seed, Node draw) {
        Require.given(x, "dropout: operand 1");
        return mask(x, dropoutMask(x.shape(), rate, seed, draw));
    }

    // Reductions

    /** The sum of all elements, 1×1. */
    public static Node sum(Node x) {
        return Node.apply(new ReductionOps.Sum(Over.ALL), x);
    }

    /** The sum of each row: m×n becomes m×1. */
    public static Node rowSums(Node x) {
        return Node.apply(new ReductionOps.Sum(Over.EACH_ROW), x);
    }

    /** The sum of each column: m×n becomes 1×n. */
    public static Node columnSums(Node x) {
        return Node.apply(new ReductionOps.Sum(Over.EACH_COLUMN), x);
    }

    /** The sum over rows, columns or everything; see {@link #sum(Node)}. Derivative 1. */
    public static Node sum(Node x, Over over) {
        return Node.apply(new ReductionOps.Sum(over), x);
    }

    /** The mean of all elements, 1×1; finite whenever the mean is, even if the sum is not. Derivative 1/(m·n). */
    public static Node mean(Node x) {
        return mean(x, Over.ALL);
    }

    /** The mean of each row: m×n becomes m×1. Derivative 1/n. */
    public static Node rowMeans(Node x) {
        return mean(x, Over.EACH_ROW);
    }

    /** The mean of each column: m×n becomes 1×n. Derivative 1/m. */
    public static Node columnMeans(Node x) {
        return mean(x, Over.EACH_COLUMN);
    }

    /** The mean over rows, columns or everything; see {@link #mean(Node)}. */
    public static Node mean(Node x, Over over) {
        return Node.apply(new ReductionOps.Mean(over), x);
    }

    /**
     * The largest element, 1×1; NaN if one is NaN.
     *
     * <p>Derivative: 1 at the largest element, shared evenly if several are equal, 0 elsewhere.
     */
    public static Node max(Node x) {
        return max(x, Over.ALL);
    }

    /** The largest element of each row, of each column or of everything; see {@link #max(Node)}. */
    public static Node max(Node x, Over over) {
        return Node.apply(new ExtremeOps.Extreme(over, true), x);
    }

    /**
     * The smallest element, 1×1; NaN if one is NaN.
     *
     * <p>Derivative: 1 at the smallest element, shared evenly if several are equal, 0 elsewhere.
     */
    public static Node min(Node x) {
        return min(x, Over.ALL);
    }

    /** The smallest element of each row, of each column or of everything; see {@link #min(Node)}. */
    public static Node min(Node x, Over over) {
        return Node.apply(new ExtremeOps.Extreme(over, false), x);
    }

    /**
     * The place of the largest element, 1×1, counted from 0 in row-major order; the first one if several are equal, and
     * the first NaN if there is one.
     *
     * <p>Derivative 0, as for every step function, so it may be part of a graph that is differentiated.
     */
    public static Node argmax(Node x) {
        return argmax(x, Over.ALL);
    }

    /** The place of the largest element within each row (its column), or each column (its row); see {@link #argmax(Node)}. */
    public static Node argmax(Node x, Over over) {
        return Node.apply(new ExtremeOps.Position(over, true), x);
    }

    /** The place of the smallest element, 1×1; otherwise as {@link #argmax(Node)}. Derivative 0. */
    public static Node argmin(Node x) {
        return argmin(x, Over.ALL);
    }

    /** The place of the smallest element within each row or column; otherwise as {@link #argmax(Node, Over)}. */
    public static Node argmin(Node x, Over over) {
        return Node.apply(new ExtremeOps.Position(over, false), x);
    }

    /** The product of all elements, 1×1. Derivative: the product of the other elements, exact at zeros too. */
    public static Node product(Node x) {
        return product(x, Over.ALL);
    }

    /** The product of each row, of each column or of everything; see {@link #product(Node)}. */
    public static Node product(Node x, Over over) {
        return Node.apply(new ProductOps.Product(over), x);
    }

    /**
     * The variance of all elements, 1×1: the mean of the squared distances from the mean.
     *
     * <p>It is divided by the number of elements, not by one less. Derivative {@code 2(x − mean)/(m·n)}.
     */
    public static Node variance(Node x) {
        return variance(x, Over.ALL);
    }

    /** The variance of each row, of each column or of everything; see {@link #variance(Node)}. */
    public static Node variance(Node x, Over over) {
        return mean(square(centred(x, over)), over);
    }

    /**
     * The standard deviation of all elements, 1×1: the root of the {@link #variance(Node) variance}.
     *
     * <p>Derivative {@code (x − mean)/(m·n·std)}, and 0 where all elements are equal, in the second derivative too.
     */
    public static Node standardDeviation(Node x) {
        return standardDeviation(x, Over.ALL);
    }

    /** The standard deviation of each row, of each column or of everything; see {@link #standardDeviation(Node)}. */
    public static Node standardDeviation(Node x, Over over) {
        Node.requireOperands("standardDeviation", x);
        Node distance = norm2(centred(x, over), over);
        return divide(distance, sqrt(size(over.count(x.shape()))));
    }

    /**
     * The Euclidean norm of all elements (the Frobenius norm), 1×1; nothing overflows on the way.
     *
     * <p>Derivative {@code x/norm}, and 0 where the norm is 0, in the second derivative too.
     */
    public static Node norm2(Node x) {
        return norm2(x, Over.ALL);
    }

    /** The Euclidean norm of each row, of each column or of everything; see {@link #norm2(Node)}. */
    public static Node norm2(Node x, Over over) {
        return Node.apply(new NormOps.Norm2(over), x);
    }

    /** The sum of the absolute values of all elements, 1×1. Derivative: the sign, 0 at 0. */
    public static Node norm1(Node x) {
        return norm1(x, Over.ALL);
    }

    /** The sum of the absolute values of each row, of each column or of everything; see {@link #norm1(Node)}. */
    public static Node norm1(Node x, Over over) {
        return sum(abs(x), over);
    }

    /**
     * {@code log Σ exp(x)} of all elements, 1×1, without overflow.
     *
     * <p>−∞ if every element is −∞, with derivative 0. Derivative: {@link #softmax}.
     */
    public static Node logSumExp(Node x) {
        return logSumExp(x, Over.ALL);
    }

    /** {@code log Σ exp(x)} of each row, of each column or of everything; see {@link #logSumExp(Node)}. */
    public static Node logSumExp(Node x, Over over) {
        return Node.apply(new SoftmaxOps.LogSumExp(over), x);
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

    /** Each row divided by its Euclidean norm, without an epsilon: a row of zeros gives NaN. */
    public static Node normalizeRows(Node x) {
        return Node.apply(new NormOps.Normalize(Over.EACH_ROW, false), x);
    }

    /** Each column divided by its Euclidean norm, without an epsilon: a column of zeros gives NaN. */
    public static Node normalizeColumns(Node x) {
        return Node.apply(new NormOps.Normalize(Over.EACH_COLUMN, false), x);
    }

    private static Node centred(Node x, Over over) {
        return subtract(x, mean(x, over));
    }

    // Linear algebra

    /** The matrix product, m×k times k×n. */
    public static Node matmul(Node a, Node b) {
        return matmul(a, b, false, false);
    }

    /**
     * The matrix product of two operands, each of them transposed if wished; no transpose is materialised.
     *
     * @param a the left operand
     * @param b the right operand
     * @param transposeA whether the left operand is taken as aᵀ
     * @param transposeB whether the right operand is taken as bᵀ
     */
    public static Node matmul(Node a, Node b, boolean transposeA, boolean transposeB) {
        return Node.apply(new MatMul(transposeA, transposeB), a, b);
    }

    /**
     * The inner product of two matrices of the same shape, usually vectors: {@code Σ a⊙b}, 1×1.
     *
     * <p>Derivatives {@code b} and {@code a}. Nothing is broadcast.
     */
    public static Node dot(Node a, Node b) {
        Node.requireOperands("dot", a, b);
        if (!a.shape().equals(b.shape())) {
            throw new ShapeException(
                            "the operands differ, " + a.shape() + " and " + b.shape(),
                            "give two of the same shape; the product of matrices is matmul")
                    .in("dot", List.of(a, b), Node.lineOfOperation(List.of(a, b)));
        }
        return sum(multiply(a, b));
    }

    /**
     * The outer product of two vectors, each a column or a row: element (i, j) is {@code a[i]·b[j]}.
     *
     * <p>Derivatives {@code dy·b} and {@code dyᵀ·a}.
     */
    public static Node outer(Node a, Node b) {
        Node.requireOperands("outer", a, b);
        for (Node vector : List.of(a, b)) {
            try {
                Operands.lengthOfVector(vector.shape());
            } catch (ShapeException noVector) {
                throw noVector.in("outer", List.of(a, b), Node.lineOfOperation(List.of(a, b)));
            }
        }
        return matmul(a, b, !a.shape().columns().isOne(), b.shape().columns().isOne());
    }

    /** The sum of the diagonal of a square matrix, 1×1. Derivative: the identity. */
    public static Node trace(Node x) {
        return sum(diagonal(x));
    }

    /** The diagonal of a square matrix as a column: n×n becomes n×1. Derivative: back onto the diagonal. */
    public static Node diagonal(Node x) {
        return Node.apply(new DiagonalOps.Diagonal(), x);
    }

    /** A vector, column or row, as the diagonal of a matrix of zeros: n×1 becomes n×n. Derivative: the diagonal. */
    public static Node diagonalMatrix(Node x) {
        Node.requireOperands("diagonalMatrix", x);
        boolean isRow = x.shape().rows().isOne() && !x.shape().columns().isOne();
        return Node.apply(DiagonalOps.DIAGONAL_MATRIX, isRow ? transpose(x) : x);
    }

    /** The lower triangle with the diagonal; zeros above. Derivative: the same triangle. */
    public static Node lowerTriangle(Node x) {
        return Node.apply(new DiagonalOps.Triangle(true, 1), x);
    }

    /** The upper triangle with the diagonal; zeros below. Derivative: the same triangle. */
    public static Node upperTriangle(Node x) {
        return Node.apply(new DiagonalOps.Triangle(false, 1), x);
    }

    /**
     * The solution {@code X} of {@code a·X = b} for a square matrix, by an LU decomposition with row exchanges.
     *
     * <p>Derivatives {@code db = a⁻ᵀ·dX} and {@code da = −db·Xᵀ}. For a singular matrix every element is NaN; that
     * is no exception.
     *
     * @param a n×n
     * @param b n×k
     */
    public static Node solve(Node a, Node b) {
        return Node.apply(new SolveOps.Solve(false), a, b);
    }

    /**
     * The solution {@code X} of {@code t·X = b}, where only one triangle of {@code t} and its diagonal count.
     *
     * <p>Derivatives {@code db = t⁻ᵀ·dX} and the triangle of {@code −db·Xᵀ}. A zero on the diagonal gives infinite
     * elements or NaN.
     *
     * @param t n×n
     * @param b n×k
     * @param lower whether it is the lower triangle
     */
    public static Node triangularSolve(Node t, Node b, boolean lower) {
        return Node.apply(new SolveOps.TriangularSolve(lower, false), t, b);
    }

    /**
     * The inverse of a square matrix; {@link #solve} is better where the inverse is only multiplied with.
     *
     * <p>Derivative {@code −yᵀ·dy·yᵀ}. For a singular matrix every element is NaN.
     */
    public static Node inverse(Node x) {
        return Node.apply(SolveOps.INVERSE, x);
    }

    /**
     * The determinant of a square matrix, 1×1.
     *
     * <p>Derivative: the matrix of cofactors. First and second derivatives are exact for a singular matrix too; from the
     * third one on they are NaN there, but 0 for a fixed shape of 1×1 or 2×2.
     */
    public static Node determinant(Node x) {
        return Node.apply(DeterminantOps.DETERMINANT, x);
    }

    /**
     * The logarithm of the absolute value of the determinant, 1×1; it neither overflows nor underflows.
     *
     * <p>Derivative {@code x⁻ᵀ}. −∞ for a singular matrix, with a derivative of NaN.
     */
    public static Node logDeterminant(Node x) {
        return Node.apply(SolveOps.LOG_DETERMINANT, x);
    }

    /**
     * The lower triangular {@code L} with {@code L·Lᵀ = x} for a symmetric, positive definite matrix.
     *
     * <p>It is the factor of {@code (x + xᵀ)/2}, and so its derivative is symmetric. NaN if that is not positive
     * definite.
     */
    public static Node cholesky(Node x) {
        return Node.apply(SymmetricOps.CHOLESKY, x);
    }

    /**
     * The eigenvalues of a symmetric matrix as a column, the smallest first.
     *
     * <p>They are those of {@code (x + xᵀ)/2}. Derivative of each: {@code v·vᵀ} with its eigenvector of length 1; for
     * equal eigenvalues it is one of several right answers, and their second derivative leaves out what would be divided
     * by their difference.
     */
    public static Node symmetricEigenvalues(Node x) {
        return Node.apply(SymmetricOps.EIGENVALUES, x);
    }

    /**
     * The eigenvectors of a symmetric matrix as columns of length 1, in the order of {@link #symmetricEigenvalues}; the
     * largest component of each is positive.
     *
     * <p>They are those of {@code (x + xᵀ)/2}. With equal eigenvalues they are not unique, and what would be divided by
     * the difference is left out of the derivative.
     */
    public static Node symmetricEigenvectors(Node x) {
        return Node.apply(SymmetricOps.EIGENVECTORS, x);
    }

    // Layout

    /** Rows become columns: m×n becomes n×m. */
    public static Node transpose(Node x) {
        return Node.apply(new LayoutOps.Transpose(), x);
    }

    /** Repeats a row, a column or a number until it has the shape; the node itself if it has it. */
    public static Node broadcast(Node x, Shape target) {
        Require.given(x, "broadcast: operand 1");
        Require.given(target, "broadcast: the target shape");
        return x.shape().equals(target) ? x : Node.apply(new LayoutOps.Broadcast(target), x);
    }

    /**
     * Adds up what broadcasting from {@code target} repeats; the node itself if it has that shape.
     *
     * @throws ShapeException if {@code target} cannot be broadcast to the shape of {@code x}
     */
    public static Node sumTo(Node x, Shape target) {
        Require.given(target, "sumTo: the target shape");
        Shape from = Require.given(x, "sumTo: operand 1").shape();
        if (from.equals(target)) {
            return x;
        }
        for (Over over : Over.values()) {
            if (over.of(from).equals(target)) {
                return Node.apply(new ReductionOps.Sum(over), x);
            }
        }
        throw new ShapeException(
                        from + " cannot be summed to " + target,
                        "the result is " + Over.EACH_COLUMN.of(from) + ", " + Over.EACH_ROW.of(from) + " or 1×1")
                .in("sumTo", List.of(x), Node.lineOfOperation(List.of(x)));
    }

    /** A number known from the shapes, such as the number of examples {@code m}, 1×1; it has no derivative. */
    public static Node size(Dim dim) {
        return Node.apply(new ReductionOps.Size(Require.given(dim, "size: the dimension")));
    }

    /** A matrix of zeros. */
    public static Node zeros(Shape shape) {
        return broadcast(Node.constant(0), shape);
    }

    /** A matrix of ones. */
    public static Node ones(Shape shape) {
        return broadcast(Node.constant(1), shape);
    }

    /** The same elements in row-major order under another shape. Derivative: reshaped back. */
    public static Node reshape(Node x, int rows, int columns) {
        return reshape(x, Shape.of(rows, columns));
    }

    /**
     * The same elements in row-major order under another shape; the node itself if it has it.
     *
     * @throws ShapeException if the number of elements differs
     */
    public static Node reshape(Node x, Shape target) {
        Node.requireOperands("reshape", x);
        Require.given(target, "reshape: the target shape");
        return x.shape().equals(target) ? x : Node.apply(new LayoutOps.Reshape(target), x);
    }

    /**
     * A block of neighbouring rows and columns, counted from 0, without the ends. Derivative: zeros around it.
     *
     * <pre>{@code
     * Ops.slice(x, 0, 2, 1, 4)          // rows 0 and 1, columns 1, 2 and 3: 2×3
     * }</pre>
     */
    public static Node slice(Node x, int fromRow, int toRow, int fromColumn, int toColumn) {
        Op slice = new BlockOps.Slice(
                Dim.offset(fromRow), Dim.offset(toRow), Dim.offset(fromColumn), Dim.offset(toColumn));
        return Node.apply(slice, x);
    }

    /** Some neighbouring rows, counted from 0, without the last; see {@link #slice}. */
    public static Node sliceRows(Node x, int from, int to) {
        Node.requireOperands("sliceRows", x);
        Dim columns = x.shape().columns();
        return Node.apply(new BlockOps.Slice(Dim.offset(from), Dim.offset(to), Dim.offset(0), columns), x);
    }

    /** Some neighbouring columns, counted from 0, without the last; see {@link #slice}. */
    public static Node sliceColumns(Node x, int from, int to) {
        Node.requireOperands("sliceColumns", x);
        Dim rows = x.shape().rows();
        return Node.apply(new BlockOps.Slice(Dim.offset(0), rows, Dim.offset(from), Dim.offset(to)), x);
    }

    /** Matrices of as many columns, each below the one before. Derivative: cut apart again. */
    public static Node concatRows(Node... parts) {
        return Node.apply(new BlockOps.Concat(true), parts);
    }

    /** Matrices of as many rows, each to the right of the one before. Derivative: cut apart again. */
    public static Node concatColumns(Node... parts) {
        return Node.apply(new BlockOps.Concat(false), parts);
    }

    /** A border of zeros. Derivative: the block inside. */
    public static Node pad(Node x, int top, int bottom, int left, int right) {
        return pad(x, top, bottom, left, right, 0);
    }

    /** A border of one number. Derivative: the block inside. */
    public static Node pad(Node x, int top, int bottom, int left, int right, double value) {
        Op pad = new BlockOps.Pad(Dim.offset(top), Dim.offset(bottom), Dim.offset(left), Dim.offset(right), value);
        return Node.apply(pad, x);
    }

    /** The whole matrix several times below and beside each other, as NumPy's tile. Derivative: the sum of all of them. */
    public static Node repeat(Node x, int down, int across) {
        return Node.apply(new BlockOps.Repeat(down, across), x);
    }

    /** The last row first. Derivative: the same. */
    public static Node flipRows(Node x) {
        return Node.apply(new LayoutOps.Flip(true, false), x);
    }

    /** The last column first. Derivative: the same. */
    public static Node flipColumns(Node x) {
        return Node.apply(new LayoutOps.Flip(false, true), x);
    }

    /** Rows and columns in reverse order, which turns a picture by 180°. Derivative: the same. */
    public static Node flip(Node x) {
        return Node.apply(new LayoutOps.Flip(true, true), x);
    }

    /**
     * Rows looked up by number, in any order and as often as wished, as in an embedding.
     *
     * <p>Derivative: {@link #scatterAddRows}; none for the numbers. A number that is NaN or infinite gives a row of NaN.
     *
     * @param x n×k
     * @param index a column or row of m row numbers, whole and counted from 0
     * @return m×k
     * @throws IllegalArgumentException when it runs, if a number is fractional or not that of a row
     */
    public static Node gatherRows(Node x, Node index) {
        return Node.apply(IndexOps.GATHER_ROWS, x, index);
    }

    /** Rows looked up by numbers that never change; see {@link #gatherRows(Node, Node)}. */
    public static Node gatherRows(Node x, int... index) {
        Require.given(index, "gatherRows: the row numbers");
        double[][] column = Arrays.stream(index).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
        return gatherRows(x, Node.constant(column));
    }

    /**
     * A matrix of zeros to which each row of {@code x} is added at a row number; the adjoint of {@link #gatherRows}.
     *
     * @param x m×k
     * @param index a column or row of m row numbers, whole and counted from 0
     * @param rows the number of rows of the result
     */
    public static Node scatterAddRows(Node x, Node index, int rows) {
        return Node.apply(new IndexOps.ScatterAddRows(Dim.of(rows)), x, index);
    }

    /**
     * Class numbers as columns or rows with a 1 at that place and 0 elsewhere.
     *
     * <p>No derivative: zeros flow back. A number that is NaN or infinite gives NaN.
     *
     * @param index whole numbers from 0 to depth − 1: a row of them for examples in columns, a column for examples in rows
     * @param depth the number of classes
     * @param example {@code EACH_COLUMN} for a result of depth×m, {@code EACH_ROW} for m×depth
     * @throws IllegalArgumentException when it runs, if a number is fractional or not that of a class
     */
    public static Node oneHot(Node index, int depth, Over example) {
        Require.given(example, "oneHot: the direction of an example");
        return Node.apply(new IndexOps.OneHot(depth, example), index);
    }

    // Losses: the prediction first, the label second; labels may be broadcast

    /** The mean of the squared differences, 1×1. Derivative {@code 2(a − b)/(m·n)}. */
    public static Node mse(Node a, Node b) {
        return mean(square(subtract(a, b)));
    }

    /** The same as {@link #mse}: the mean, not the sum, which is {@code square(a − b).sum()}. */
    public static Node l2Loss(Node a, Node b) {
        return mse(a, b);
    }

    /** The mean of the absolute differences, 1×1; the sum is {@link #norm1(Node) norm1}. Derivative: sign/(m·n), 0 at 0. */
    public static Node l1Loss(Node a, Node b) {
        return mean(abs(subtract(a, b)));
    }

    /**
     * The mean of {@code d²/2} for differences {@code |d| ≤ delta} and of {@code delta·(|d| − delta/2)} beyond, 1×1.
     *
     * <p>Derivative {@code d} limited to ±delta; it is continuous.
     *
     * @param delta above 0
     */
    public static Node huber(Node a, Node b, double delta) {
        if (!(delta > 0)) {
            throw new IllegalArgumentException("huber: delta is " + Labels.number(delta) + "; give a number above 0");
        }
        Node difference = subtract(a, b);
        Node limited = clip(difference, -delta, delta);
        return mean(multiply(limited, subtract(difference, scale(limited, 0.5))));
    }

    /** The mean of {@code max(0, 1 − score·label)} for labels of −1 and 1, 1×1. Derivative 0 at the kink. */
    public static Node hinge(Node score, Node label) {
        return mean(relu(addScalar(negate(multiply(score, label)), 1)));
    }

    /**
     * The binary cross entropy of probabilities, 1×1: the mean of {@code −(y·log p + (1 − y)·log(1 − p))}.
     *
     * <p>{@code 0·log 0} is 0; nothing is clamped, so a certain and wrong prediction costs +∞. Derivative
     * {@code (1 − y)/(1 − p) − y/p}; a probability of −0 counts as 0.
     *
     * @param p probabilities
     * @param y labels between 0 and 1
     */
    public static Node bce(Node p, Node y) {
        Node rest = addScalar(negate(y), 1);
        Node whereTrue = Broadcasting.apply(ActivationOps.X_LOG_Y, y, p);
        Node whereFalse = Broadcasting.apply(ActivationOps.X_LOG_ONE_MINUS_Y, rest, p);
        return negate(mean(add(whereTrue, whereFalse)));
    }

    /**
     * The binary cross entropy of logits, 1×1: the mean of {@code softplus(z) − z·y}, exact for any logit.
     *
     * <p>Derivative {@code sigmoid(z) − y}, computed without cancellation.
     *
     * @param z logits
     * @param y labels between 0 and 1
     */
    public static Node bceWithLogits(Node z, Node y) {
        return mean(Broadcasting.apply(ActivationOps.BCE_WITH_LOGITS, z, y));
    }

    /**
     * The cross entropy of probabilities, 1×1: {@code −Σ y·log p} divided by the number of examples.
     *
     * <p>{@code 0·log 0} is 0. Derivative {@code −y/p} over the number of examples.
     *
     * @param p probabilities
     * @param y labels of the same shape, for example one-hot
     * @param example {@code EACH_COLUMN} if an example is a column, {@code EACH_ROW} if it is a row
     */
    public static Node crossEntropy(Node p, Node y, Over example) {
        Node terms = Broadcasting.apply(ActivationOps.X_LOG_Y, y, p);
        return negate(mean(sum(terms, example)));
    }

    /**
     * The cross entropy of logits, 1×1: {@code −Σ y·log softmax(z)} divided by the number of examples.
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
        Node terms = Node.apply(ActivationOps.ZERO_TIMES, both.get(1), logSoftmax(both.get(0), example));
        return negate(mean(sum(terms, example)));
    }

    // Convolution: the kernel is not flipped (cross-correlation)

    /**
     * The convolution of one picture with one kernel where the kernel lies inside the picture.
     *
     * <p>Element (i, j) is {@code Σ x[i + u, j + v]·k[u, v]}: m×n with u×v becomes (m − u + 1)×(n − v + 1).
     *
     * @param picture a matrix; its sides may be symbolic
     * @param kernel a matrix of fixed shape
     */
    public static Node conv2d(Node picture, Node kernel) {
        return conv2d(picture, kernel, 1, false);
    }

    /** The convolution of one picture with one kernel of odd sides, zeros around the picture; the shape stays. */
    public static Node conv2dSame(Node picture, Node kernel) {
        return conv2d(picture, kernel, 1, true);
    }

    /**
     * The convolution of one picture with one kernel.
     *
     * @param picture a matrix; its sides may be symbolic if the stride is 1
     * @param kernel a matrix of fixed shape
     * @param stride by how many elements the kernel moves
     * @param same whether zeros are put around the picture, (u − 1)/2 and (v − 1)/2 of them, for a kernel of odd sides
     */
    public static Node conv2d(Node picture, Node kernel, int stride, boolean same) {
        Node.requireOperands("conv2d", picture, kernel);
        Window window = windowOver(picture, kernel, stride, same);
        Node flat = Node.apply(new ConvolutionOps.Patches(window, false), asColumn(picture));
        Node row = reshape(kernel, 1, window.rows() * window.columns());
        return reshape(matmul(row, flat), Shape.of(window.outputHeight(), window.outputWidth()));
    }

    private static Window windowOver(Node picture, Node kernel, int stride, boolean same) {
        try {
            Dim height = picture.shape().rows();
            Dim width = picture.shape().columns();
            Shape k = kernel.shape();
            return new Window(height, width, 1, k.rows().size(), k.columns().size(), stride, same);
        } catch (ShapeException mismatch) {
            throw mismatch.in("conv2d", List.of(picture, kernel), Node.lineOfOperation(List.of(picture, kernel)));
        }
    }

    private static Node asColumn(Node picture) {
        return reshape(picture, Shape.of(picture.shape().elements(), Dim.of(1)));
    }

    /**
     * The convolution of a batch of pictures, one per column, with several filters.
     *
     * <p>The result is again a batch, of {@link Window#output window.output(filters)}. A bias of one number for each filter
     * is added with {@link #addToChannels}.
     *
     * @param batch pictures, (channels·height·width)×m; see {@link Geometry}
     * @param filters a row for each filter, of channels·rows·columns elements
     * @param window how the filters move
     */
    public static Node conv2d(Node batch, Node filters, Window window) {
        Require.given(window, "conv2d: the window");
        Node maps = matmul(filters, Node.apply(new ConvolutionOps.Patches(window, false), batch));
        Dim pixels = filters.shape().rows().times(window.outputHeight()).times(window.outputWidth());
        return reshape(maps, Shape.of(pixels, batch.shape().columns()));
    }

    /**
     * Adds a number to each channel of a batch of pictures, as the bias of a convolution.
     *
     * @param batch pictures, one per column
     * @param bias a column with one number for each channel
     */
    public static Node addToChannels(Node batch, Node bias, Geometry pictures) {
        Require.given(pictures, "addToChannels: the geometry of the pictures");
        Node.requireOperands("addToChannels", batch, bias);
        Dim others =
                Dim.of(pictures.height() * pictures.width()).times(batch.shape().columns());
        Node channels = reshape(batch, Shape.of(Dim.of(pictures.channels()), others));
        return reshape(add(channels, bias), batch.shape());
    }

    /** The largest element under a window that stays inside one picture; equal ones share the derivative evenly. */
    public static Node maxPool(Node picture, int rows, int columns, int stride) {
        return pool(picture, rows, columns, stride, new ExtremeOps.Extreme(Over.EACH_COLUMN, true));
    }

    /** The largest element under a window, for each channel of a batch of pictures, one per column. */
    public static Node maxPool(Node batch, Window window) {
        Require.given(window, "maxPool: the window");
        return pool(batch, window, new ExtremeOps.Extreme(Over.EACH_COLUMN, true));
    }

    /** The mean under a window that stays inside one picture. */
    public static Node avgPool(Node picture, int rows, int columns, int stride) {
        return pool(picture, rows, columns, stride, new ReductionOps.Mean(Over.EACH_COLUMN));
    }

    /** The mean under a window, for each channel of a batch of pictures, one per column. */
    public static Node avgPool(Node batch, Window window) {
        Require.given(window, "avgPool: the window");
        return pool(batch, window, new ReductionOps.Mean(Over.EACH_COLUMN));
    }

    private static Node pool(Node picture, int rows, int columns, int stride, Op reduction) {
        Node.requireOperands("pool", picture);
        Window window;
        try {
            Shape shape = picture.shape();
            window = new Window(shape.rows(), shape.columns(), 1, rows, columns, stride, false);
        } catch (ShapeException mismatch) {
            throw mismatch.in("pool", List.of(picture), Node.lineOfOperation(List.of(picture)));
        }
        Node pooled = pooled(asColumn(picture), window, reduction);
        return reshape(pooled, Shape.of(window.outputHeight(), window.outputWidth()));
    }

    private static Node pool(Node batch, Window window, Op reduction) {
        Node pooled = pooled(batch, window, reduction);
        Dim pixels = Dim.of(window.channels()).times(window.outputHeight()).times(window.outputWidth());
        return reshape(pooled, Shape.of(pixels, batch.shape().columns()));
    }

    private static Node pooled(Node batch, Window window, Op reduction) {
        if (window.padded()) {
            throw new ShapeException(
                    "a pooling window that is padded", "zeros are no part of a picture; leave out same()");
        }
        return Node.apply(reduction, Node.apply(new ConvolutionOps.Patches(window, true), batch));
    }
}
