package org.gradgraph.graph;

import java.util.List;
import org.gradgraph.graph.RandomOps.Distribution;
import org.gradgraph.graph.ReductionOps.Over;
import org.gradgraph.graph.StepOps.Relation;

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
        return Broadcasting.apply(new ArithmeticOps.Add(), a, b);
    }

    /** Elementwise difference. Derivatives 1 and −1. */
    public static Node subtract(Node a, Node b) {
        return Broadcasting.apply(new ArithmeticOps.Subtract(), a, b);
    }

    /** Elementwise product. Derivatives {@code b} and {@code a}. */
    public static Node multiply(Node a, Node b) {
        return Broadcasting.apply(new ArithmeticOps.Multiply(), a, b);
    }

    /** Elementwise quotient. Derivatives {@code 1/b} and {@code −a/b²}. */
    public static Node divide(Node a, Node b) {
        return Broadcasting.apply(new ArithmeticOps.Divide(), a, b);
    }

    /** Elementwise negative. Derivative −1. */
    public static Node negate(Node a) {
        return Node.apply(new ArithmeticOps.Negate(), a);
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
        return Node.apply(new ArithmeticOps.Square(), a);
    }

    /** Elementwise {@code 1/a}. Derivative {@code −1/a²}. */
    public static Node reciprocal(Node a) {
        return Node.apply(new ArithmeticOps.Reciprocal(), a);
    }

    /**
     * Elementwise power with an exponent that never changes. Derivative {@code p·a^(p − 1)}.
     *
     * <p>{@code a^0} is 1 everywhere, at 0 and for NaN too, and its derivative is 0. A negative number to a power that is
     * not integral is NaN.
     */
    public static Node power(Node a, double exponent) {
        return Node.apply(new PowerOps.ConstantPower(exponent), a);
    }

    /**
     * Elementwise {@code a^b}. Derivatives {@code b·a^(b − 1)} and {@code a^b·log a}.
     *
     * <p>{@code 0^0} is 1, and both derivatives there are 0. The derivative of {@code 0^b} by {@code b} is 0 for {@code b
     * ≥ 0}. A negative number to a power that is not integral is NaN; to an integral one it has no derivative by {@code b},
     * which is NaN.
     */
    public static Node power(Node a, Node b) {
        return Broadcasting.apply(new PowerOps.Power(), a, b);
    }

    // Elementary functions

    /** Elementwise e to the power of x. Derivative e<sup>x</sup>. */
    public static Node exp(Node x) {
        return Node.apply(new ElementaryOps.Exp(), x);
    }

    /** Elementwise e<sup>x</sup> − 1, exact near 0. Derivative e<sup>x</sup>. */
    public static Node expm1(Node x) {
        return Node.apply(new ElementaryOps.Expm1(), x);
    }

    /** Elementwise natural logarithm; −∞ at 0, NaN below. Derivative {@code 1/x}, +∞ at 0. */
    public static Node log(Node x) {
        return Node.apply(new ElementaryOps.Log(), x);
    }

    /** Elementwise log(1 + x), exact near 0; −∞ at −1, NaN below. Derivative {@code 1/(1 + x)}, +∞ at −1. */
    public static Node log1p(Node x) {
        return Node.apply(new ElementaryOps.Log1p(), x);
    }

    /** Elementwise logarithm to base 2, exact for powers of 2; −∞ at 0, NaN below. Derivative {@code 1/(x·log 2)}. */
    public static Node log2(Node x) {
        return Node.apply(new ElementaryOps.Log2(), x);
    }

    /** Elementwise logarithm to base 10; −∞ at 0, NaN below. Derivative {@code 1/(x·log 10)}. */
    public static Node log10(Node x) {
        return Node.apply(new ElementaryOps.Log10(), x);
    }

    /** Elementwise square root; NaN below 0. Derivative {@code 1/(2y)}, +∞ at 0. */
    public static Node sqrt(Node x) {
        return Node.apply(new ElementaryOps.Sqrt(), x);
    }

    /** Elementwise cube root, of negative numbers too. Derivative {@code 1/(3y²)}, +∞ at 0. */
    public static Node cbrt(Node x) {
        return Node.apply(new ElementaryOps.Cbrt(), x);
    }

    /** Elementwise {@code √(a² + b²)}, without overflow. Derivatives {@code a/y} and {@code b/y}, 0 where both are 0. */
    public static Node hypot(Node a, Node b) {
        return Broadcasting.apply(new ElementaryOps.Hypot(), a, b);
    }

    /** Elementwise absolute value. Derivative {@code sign(x)}, 0 at 0. */
    public static Node abs(Node x) {
        return Node.apply(new ElementaryOps.Abs(), x);
    }

    /** Elementwise sign: −1, 0 or 1. It has no gradient: the derivative is 0, at 0 too. */
    public static Node sign(Node x) {
        return Node.apply(new StepOps.Sign(), x);
    }

    /** Elementwise largest integer that is not above. It has no gradient: the derivative is 0, at integers too. */
    public static Node floor(Node x) {
        return Node.apply(new StepOps.Floor(), x);
    }

    /** Elementwise nearest integer, of two the even one. It has no gradient: the derivative is 0 everywhere. */
    public static Node round(Node x) {
        return Node.apply(new StepOps.Round(), x);
    }

    /** Elementwise sine. Derivative {@code cos x}. */
    public static Node sin(Node x) {
        return Node.apply(new TrigonometricOps.Sin(), x);
    }

    /** Elementwise cosine. Derivative {@code −sin x}. */
    public static Node cos(Node x) {
        return Node.apply(new TrigonometricOps.Cos(), x);
    }

    /** Elementwise tangent. Derivative {@code 1 + y²}. */
    public static Node tan(Node x) {
        return Node.apply(new TrigonometricOps.Tan(), x);
    }

    /** Elementwise arc sine; NaN beyond ±1. Derivative {@code 1/√(1 − x²)}, +∞ at ±1. */
    public static Node asin(Node x) {
        return Node.apply(new TrigonometricOps.Asin(), x);
    }

    /** Elementwise arc cosine; NaN beyond ±1. Derivative {@code −1/√(1 − x²)}, −∞ at ±1. */
    public static Node acos(Node x) {
        return Node.apply(new TrigonometricOps.Acos(), x);
    }

    /** Elementwise arc tangent. Derivative {@code 1/(1 + x²)}. */
    public static Node atan(Node x) {
        return Node.apply(new TrigonometricOps.Atan(), x);
    }

    /** Elementwise angle of the point (x, y), from −π to π. Derivatives {@code x/r²} and {@code −y/r²} with {@code r² = x² + y²}; NaN at the origin, which has no direction. */
    public static Node atan2(Node y, Node x) {
        return Broadcasting.apply(new TrigonometricOps.Atan2(), y, x);
    }

    /** Elementwise hyperbolic sine. Derivative {@code cosh x}. */
    public static Node sinh(Node x) {
        return Node.apply(new TrigonometricOps.Sinh(), x);
    }

    /** Elementwise hyperbolic cosine. Derivative {@code sinh x}. */
    public static Node cosh(Node x) {
        return Node.apply(new TrigonometricOps.Cosh(), x);
    }

    /** Elementwise hyperbolic tangent. Derivative {@code 1 − y²}. */
    public static Node tanh(Node x) {
        return Node.apply(new TrigonometricOps.Tanh(), x);
    }

    /** Elementwise error function. Derivative {@code 2/√π·}e<sup>−x²</sup>. */
    public static Node erf(Node x) {
        return Node.apply(new ElementaryOps.Erf(), x);
    }

    /** Elementwise 1 − erf(x), exact where that is tiny. Derivative {@code −2/√π·}e<sup>−x²</sup>. */
    public static Node erfc(Node x) {
        return Node.apply(new ElementaryOps.Erfc(), x);
    }

    // Activations

    /** Elementwise logistic function 1/(1 + e<sup>−x</sup>). Derivative {@code y(1 − y)}. */
    public static Node sigmoid(Node x) {
        return Node.apply(new ActivationOps.Sigmoid(), x);
    }

    /** Elementwise log of the logistic function, {@code −softplus(−x)}, exact at both ends. Derivative {@code sigmoid(−x)}. */
    public static Node logSigmoid(Node x) {
        return Node.apply(new ActivationOps.LogSigmoid(), x);
    }

    /** Elementwise log(1 + e<sup>x</sup>), exact at both ends and without a threshold. Derivative {@code sigmoid(x)}. */
    public static Node softplus(Node x) {
        return Node.apply(new ActivationOps.Softplus(), x);
    }

    /** Elementwise maximum of x and 0; NaN comes out. Derivative 1 above 0, 0 below and at 0. */
    public static Node relu(Node x) {
        return Node.apply(new ActivationOps.Relu(), x);
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
        return Node.apply(new ActivationOps.Gelu(), x);
    }

    /** Elementwise {@code x·sigmoid(x)}, also called swish. Derivative {@code s + x·s·(1 − s)} with {@code s = sigmoid(x)}. */
    public static Node silu(Node x) {
        return Node.apply(new ActivationOps.Silu(), x);
    }

    /** Elementwise {@code x/(1 + |x|)}. Derivative {@code 1/(1 + |x|)²}. */
    public static Node softsign(Node x) {
        return Node.apply(new ActivationOps.Softsign(), x);
    }

    /** Elementwise x, but at least −1 and at most 1. Derivative 1 between the bounds and at them, 0 outside. */
    public static Node hardTanh(Node x) {
        return clip(x, -1, 1);
    }

    // Choice

    /** Elementwise larger one; NaN comes out. Derivative 1 for the larger one and 0 for the other, one half for each if they are equal. */
    public static Node maximum(Node a, Node b) {
        return Broadcasting.apply(new ChoiceOps.Maximum(), a, b);
    }

    /** Elementwise smaller one; NaN comes out. Derivative 1 for the smaller one and 0 for the other, one half for each if they are equal. */
    public static Node minimum(Node a, Node b) {
        return Broadcasting.apply(new ChoiceOps.Minimum(), a, b);
    }

    /**
     * Elementwise nearest number between two bounds; NaN comes out. Derivative 1 between the bounds and at them, 0 outside.
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
        return Broadcasting.apply(new ChoiceOps.Where(), condition, a, b);
    }

    /**
     * Elementwise product in which a weight of 0 wins: {@code x·weight}, and an exact 0 where the weight is 0, even if x is
     * NaN or ∞. Derivatives {@code weight}, in the same sense, and {@code x}.
     */
    public static Node mask(Node x, Node weight) {
        return Broadcasting.apply(new ChoiceOps.Mask(), x, weight);
    }

    /** The node itself, taken as a constant by differentiation: no gradient flows through it. */
    public static Node stopGradient(Node x) {
        return Node.apply(new ChoiceOps.StopGradient(), x);
    }

    /**
     * Elementwise one number below 0, one at 0 and one above; NaN comes out. It has no gradient: the derivative is 0, at 0
     * too.
     */
    public static Node step(Node x, double below, double at, double above) {
        return Node.apply(new StepOps.Step(below, at, above), x);
    }

    /** Elementwise 1 where {@code a < b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node less(Node a, Node b) {
        return Broadcasting.apply(new StepOps.Compare(Relation.LESS), a, b);
    }

    /** The same against a number; see {@link #less(Node, Node)}. */
    public static Node less(Node a, double number) {
        return Node.apply(new StepOps.CompareNumber(Relation.LESS, number), a);
    }

    /** Elementwise 1 where {@code a ≤ b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node lessOrEqual(Node a, Node b) {
        return Broadcasting.apply(new StepOps.Compare(Relation.LESS_OR_EQUAL), a, b);
    }

    /** The same against a number; see {@link #lessOrEqual(Node, Node)}. */
    public static Node lessOrEqual(Node a, double number) {
        return Node.apply(new StepOps.CompareNumber(Relation.LESS_OR_EQUAL, number), a);
    }

    /** Elementwise 1 where {@code a = b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node equal(Node a, Node b) {
        return Broadcasting.apply(new StepOps.Compare(Relation.EQUAL), a, b);
    }

    /** The same against a number; see {@link #equal(Node, Node)}. */
    public static Node equal(Node a, double number) {
        return Node.apply(new StepOps.CompareNumber(Relation.EQUAL, number), a);
    }

    /** Elementwise 1 where {@code a ≠ b}, else 0; 1 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node notEqual(Node a, Node b) {
        return Broadcasting.apply(new StepOps.Compare(Relation.NOT_EQUAL), a, b);
    }

    /** The same against a number; see {@link #notEqual(Node, Node)}. */
    public static Node notEqual(Node a, double number) {
        return Node.apply(new StepOps.CompareNumber(Relation.NOT_EQUAL, number), a);
    }

    /** Elementwise 1 where {@code a ≥ b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node greaterOrEqual(Node a, Node b) {
        return Broadcasting.apply(new StepOps.Compare(Relation.GREATER_OR_EQUAL), a, b);
    }

    /** The same against a number; see {@link #greaterOrEqual(Node, Node)}. */
    public static Node greaterOrEqual(Node a, double number) {
        return Node.apply(new StepOps.CompareNumber(Relation.GREATER_OR_EQUAL, number), a);
    }

    /** Elementwise 1 where {@code a > b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node greater(Node a, Node b) {
        return Broadcasting.apply(new StepOps.Compare(Relation.GREATER), a, b);
    }

    /** The same against a number; see {@link #greater(Node, Node)}. */
    public static Node greater(Node a, double number) {
        return Node.apply(new StepOps.CompareNumber(Relation.GREATER, number), a);
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
     * @throws IllegalArgumentException if {@code rate} is none
     */
    public static Node dropoutMask(Shape shape, double rate, long seed, Node draw) {
        Bounds.requireRate("dropoutMask", rate);
        return scale(greaterOrEqual(uniform(shape, seed, draw), rate), 1 / (1 - rate));
    }

    /**
     * Dropout: x times a random mask of its shape; see {@link #dropoutMask}. Derivative: the mask.
     *
     * @param rate the probability of a 0, from 0 to below 1
     * @param seed the same seed gives the same mask
     * @param draw a 1×1 node that is fed 0, 1, 2, … for a new mask in each run
     * @throws IllegalArgumentException if {@code rate} is none
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

    /** The mean of all elements, 1×1. Derivative 1/(m·n). */
    public static Node mean(Node x) {
        return Node.apply(new ReductionOps.Mean(), x);
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
        return Node.apply(new LinearAlgebraOps.MatMul(transposeA, transposeB), a, b);
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
}
