package org.gradgraph.graph;

import static org.gradgraph.graph.ScalarFunction.function;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import java.util.Optional;

/**
 * Exponentials, logarithms, roots and error functions, element by element.
 *
 * <p>The constants are the declarations behind the methods; they can be recognised in a graph.
 *
 * <pre>{@code
 * boolean isLogarithm = node.op().orElse(null) == Elementary.LOG;
 * }</pre>
 */
@CheckReturnValue
public final class Elementary {
    private static final Formula X = Formula.argument(0);

    private Elementary() {}

    /**
     * {@return elementwise e<sup>x</sup>} Derivative e<sup>x</sup>.
     *
     * @param x a matrix of any shape
     */
    public static Node exp(Node x) {
        return Node.apply(Elementary.EXP, x);
    }

    /**
     * {@return elementwise e<sup>x</sup> − 1, exact near 0} Derivative e<sup>x</sup>.
     *
     * @param x a matrix of any shape
     */
    public static Node expm1(Node x) {
        return Node.apply(Elementary.EXPM1, x);
    }

    /**
     * {@return the elementwise natural logarithm; −∞ at 0, NaN below} Derivative {@code 1/x}, +∞ at 0 and at −0.
     *
     * @param x a matrix of any shape
     */
    public static Node log(Node x) {
        return Node.apply(Elementary.LOG, x);
    }

    /**
     * {@return elementwise log(1 + x), exact near 0; −∞ at −1, NaN below} Derivative {@code 1/(1 + x)}, +∞ at −1.
     *
     * @param x a matrix of any shape
     */
    public static Node log1p(Node x) {
        return Node.apply(Elementary.LOG1P, x);
    }

    /**
     * {@return the elementwise logarithm to base 2, exact for powers of 2; −∞ at 0, NaN below} Derivative
     * {@code 1/(x·log 2)}, +∞ at 0 and at −0.
     *
     * @param x a matrix of any shape
     */
    public static Node log2(Node x) {
        return Node.apply(Elementary.LOG2, x);
    }

    /**
     * {@return the elementwise logarithm to base 10; −∞ at 0, NaN below} Derivative {@code 1/(x·log 10)}, +∞ at 0 and
     * at −0.
     *
     * @param x a matrix of any shape
     */
    public static Node log10(Node x) {
        return Node.apply(Elementary.LOG10, x);
    }

    /**
     * {@return the elementwise square root; NaN below 0} Derivative {@code 1/(2y)}, +∞ at 0.
     *
     * @param x a matrix of any shape
     */
    public static Node sqrt(Node x) {
        return Node.apply(Elementary.SQRT, x);
    }

    /**
     * {@return the elementwise cube root, of negative numbers too} Derivative {@code 1/(3y²)}, +∞ at 0; the second one
     * is −∞ at 0 and +∞ at −0.
     *
     * @param x a matrix of any shape
     */
    public static Node cbrt(Node x) {
        return Node.apply(Elementary.CBRT, x);
    }

    /**
     * {@return elementwise {@code √(a² + b²)}, without overflow} Derivatives {@code a/y} and {@code b/y}, 0 where both
     * are 0, in the second derivative too.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node hypot(Node a, Node b) {
        return Broadcasting.apply(TrigonometricOps.HYPOT, a, b);
    }

    /**
     * {@return the elementwise absolute value} Derivative {@code sign(x)}, 0 at 0.
     *
     * @param x a matrix of any shape
     */
    public static Node abs(Node x) {
        return Node.apply(Elementary.ABS, x);
    }

    /**
     * {@return the elementwise sign: −1, 0 or 1} It has no gradient: the derivative is 0, at 0 too.
     *
     * @param x a matrix of any shape
     */
    public static Node sign(Node x) {
        return Node.apply(ChoiceOps.SIGN, x);
    }

    /**
     * {@return each element rounded down to an integer} It has no gradient: the derivative is 0, at integers too.
     *
     * @param x a matrix of any shape
     */
    public static Node floor(Node x) {
        return Node.apply(ChoiceOps.FLOOR, x);
    }

    /**
     * {@return each element rounded to the nearest integer, ties to even} It has no gradient: the derivative is 0
     * everywhere.
     *
     * @param x a matrix of any shape
     */
    public static Node round(Node x) {
        return Node.apply(ChoiceOps.ROUND, x);
    }

    /**
     * {@return the elementwise sine} Derivative {@code cos x}.
     *
     * @param x a matrix of any shape
     */
    public static Node sin(Node x) {
        return Node.apply(TrigonometricOps.SIN, x);
    }

    /**
     * {@return the elementwise cosine} Derivative {@code −sin x}.
     *
     * @param x a matrix of any shape
     */
    public static Node cos(Node x) {
        return Node.apply(TrigonometricOps.COS, x);
    }

    /**
     * {@return the elementwise tangent} Derivative {@code 1 + y²}.
     *
     * @param x a matrix of any shape
     */
    public static Node tan(Node x) {
        return Node.apply(TrigonometricOps.TAN, x);
    }

    /**
     * {@return the elementwise arc sine; NaN beyond ±1} Derivative {@code 1/√(1 − x²)}, +∞ at ±1; the second one is ±∞
     * there.
     *
     * @param x a matrix of any shape
     */
    public static Node asin(Node x) {
        return Node.apply(TrigonometricOps.ASIN, x);
    }

    /**
     * {@return the elementwise arc cosine; NaN beyond ±1} Derivative {@code −1/√(1 − x²)}, −∞ at ±1; the second one is
     * ∓∞ there.
     *
     * @param x a matrix of any shape
     */
    public static Node acos(Node x) {
        return Node.apply(TrigonometricOps.ACOS, x);
    }

    /**
     * {@return the elementwise arc tangent} Derivative {@code 1/(1 + x²)}.
     *
     * @param x a matrix of any shape
     */
    public static Node atan(Node x) {
        return Node.apply(TrigonometricOps.ATAN, x);
    }

    /**
     * {@return the elementwise angle of the point (x, y), from −π to π}
     *
     * <p>Derivatives {@code x/r²} and {@code −y/r²} with {@code r² = x² + y²}; NaN at the origin, which has no direction, and
     * 0 at infinity.
     *
     * @param y the ordinates, of any shape
     * @param x the abscissae, of the same shape or one that broadcasts with {@code y}
     */
    public static Node atan2(Node y, Node x) {
        return Broadcasting.apply(TrigonometricOps.ATAN2, y, x);
    }

    /**
     * {@return the elementwise hyperbolic sine} Derivative {@code cosh x}.
     *
     * @param x a matrix of any shape
     */
    public static Node sinh(Node x) {
        return Node.apply(TrigonometricOps.SINH, x);
    }

    /**
     * {@return the elementwise hyperbolic cosine} Derivative {@code sinh x}.
     *
     * @param x a matrix of any shape
     */
    public static Node cosh(Node x) {
        return Node.apply(TrigonometricOps.COSH, x);
    }

    /**
     * {@return the elementwise hyperbolic tangent} Derivative {@code 1 − y²}.
     *
     * @param x a matrix of any shape
     */
    public static Node tanh(Node x) {
        return Node.apply(TrigonometricOps.TANH, x);
    }

    /**
     * {@return elementwise inverse of sinh} Derivative {@code 1/√(x² + 1)}.
     *
     * @param x m×n
     */
    public static Node asinh(Node x) {
        return Node.apply(HyperbolicOps.ASINH, x);
    }

    /**
     * {@return elementwise inverse of cosh, from 0 up; NaN below 1} Derivative {@code 1/√(x² − 1)}, +∞ at 1; the second one is −∞ there.
     *
     * @param x m×n
     */
    public static Node acosh(Node x) {
        return Node.apply(HyperbolicOps.ACOSH, x);
    }

    /**
     * {@return elementwise inverse of tanh; ±∞ at ±1, NaN beyond} Derivative {@code 1/(1 − x²)}, +∞ at ±1; the second one is ±∞ there.
     *
     * @param x m×n
     */
    public static Node atanh(Node x) {
        return Node.apply(HyperbolicOps.ATANH, x);
    }

    /** e to the power of x. */
    public static final Elementwise EXP = function("exp", X.exp(), (x, y, dy) -> dy.times(y))
            .notation(new Notation.Call("exp", "\\exp"))
            .nonFiniteAdvice(
                    "exp overflows above 709.78: subtract the maximum first, as softmax and logSumExp do, or use"
                            + " sigmoid or softplus, which cannot overflow");

    /** e to the power of x, minus 1; its derivative is not {@code y + 1}, which is wrong far below 0. */
    public static final Elementwise EXPM1 =
            function("expm1", Formula.of(Primitive.EXPM1, X), (x, y, dy) -> dy.times(x.exp()));

    /** The natural logarithm; adding 0 in the derivative turns −0 into 0, so that it is +∞ at both zeros. */
    public static final Elementwise LOG = function("log", X.log(), (x, y, dy) -> dy.dividedBy(x.plus(0)))
            .notation(new Notation.Call("log", "\\log"))
            .nonFiniteAdvice("log needs a positive operand: compute the loss from logits, with bceWithLogits or"
                    + " crossEntropyWithLogits, write log(1 + x) as log1p(x), or keep the operand above 0");

    /** The natural logarithm of 1 + x. */
    public static final Elementwise LOG1P = function(
                    "log1p", Formula.of(Primitive.LOG1P, X), (x, y, dy) -> dy.dividedBy(x.plus(1)))
            .nonFiniteAdvice("log1p(x) is −∞ at −1 and NaN below; keep its operand above −1");

    /** The logarithm to base 2; the derivative is +∞ at both zeros. */
    static final Elementwise LOG2 = function(
                    "log2",
                    Formula.of(Primitive.LOG2, X),
                    (x, y, dy) -> dy.dividedBy(x.plus(0).times(StrictMath.log(2))))
            .nonFiniteAdvice("log2 is −∞ at 0 and NaN below; keep its operand above 0");

    /** The logarithm to base 10; the derivative is +∞ at both zeros. */
    static final Elementwise LOG10 = function(
                    "log10",
                    Formula.of(Primitive.LOG10, X),
                    (x, y, dy) -> dy.times(1 / StrictMath.log(10)).dividedBy(x.plus(0)))
            .nonFiniteAdvice("log10 is −∞ at 0 and NaN below; keep its operand above 0");

    /** The square root; adding 0 turns −0 into 0, so that the derivative there is +∞ and not −∞. */
    public static final Elementwise SQRT = function(
                    "sqrt",
                    Formula.of(Primitive.SQRT, X.plus(Formula.constant(0))),
                    (x, y, dy) -> dy.dividedBy(y.times(2)))
            .symbol("√")
            .nonFiniteAdvice("sqrt is NaN below 0 and infinitely steep at 0: choose a safe operand before the root,"
                    + " where(x > 0, x, 1); a where(…) after it lets the NaN back in through its gradient");

    /** The cube root; its second derivative at 0 is −∞, and +∞ at −0: what it tends to from each side. */
    static final Elementwise CBRT = function(
                    "cbrt",
                    Formula.of(Primitive.CBRT, X),
                    (x, y, dy) -> dy.times(Arithmetic.reciprocal(y).square().times(1.0 / 3)))
            .symbol("∛");

    /** {@code |a|}. */
    public static final Elementwise ABS =
            function("abs", X.abs(), (x, y, dy) -> dy.times(Elementary.sign(x))).symbol("|·|");

    static final Elementwise ERF = function(
            "erf",
            Formula.of(Primitive.ERF, X),
            (x, y, dy) -> dy.times(Node.apply(new Bell(0, 2 / Math.sqrt(Math.PI), 1), x)));

    /** One minus the error function, exact where that is tiny. */
    static final Elementwise ERFC = function(
            "erfc",
            Formula.of(Primitive.ERFC, X),
            (x, y, dy) -> dy.times(Node.apply(new Bell(0, -2 / Math.sqrt(Math.PI), 1), x)));

    /**
     * {@code factor·xᵖ·exp(−width·x²)} for a power p, and its limit 0 at ±∞, in every derivative.
     *
     * <p>What the rounding of x² loses is made good to first order. The exponential of half the exponent is used twice, so
     * that factors are not multiplied by a subnormal number.
     *
     * @param power 0 or more
     * @param factor a number
     * @param width above 0
     */
    record Bell(int power, double factor, double width) implements Elementwise {
        private static final double DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);

        @Override
        public String name() {
            return "bell";
        }

        @Override
        public String label() {
            return Labels.call("bell", power, factor, width);
        }

        /** The density of a standard normal number is a function with a name; the others are written with it or with exp. */
        @Override
        public Notation notation() {
            return isDensity() ? new Notation.Call("φ", "\\varphi") : Notation.labelled(name(), label());
        }

        private boolean isDensity() {
            return power == 0 && factor == DENSITY_AT_ZERO && width == 0.5;
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            if (isDensity()) {
                return Optional.empty();
            }
            Node x = inputs.get(0);
            Node scaled = x;
            double scale = 1;
            if (x.op().orElse(null) instanceof Arithmetic.Scale inner) {
                scaled = x.inputs().get(0);
                scale = inner.factor();
            } else if (x.op().orElse(null) == Arithmetic.DIVIDE
                    && repeated(x.inputs().get(1)).op().orElse(null) instanceof Constant divisor
                    && divisor.value().getNumElements() == 1) {
                scaled = x.inputs().get(0);
                scale = 1 / divisor.value().get(0);
            }
            boolean isNormal = Math.abs(width * scale * scale - 0.5) <= 4 * Math.ulp(0.5);
            Node bell = isNormal
                    ? Node.apply(new Bell(0, DENSITY_AT_ZERO, 0.5), scaled).times(factor / DENSITY_AT_ZERO)
                    : x.square().times(-width).exp().times(factor);
            return Optional.of(
                    power == 0
                            ? bell
                            : bell.times(power == 1 ? x : power == 2 ? x.square() : Arithmetic.power(x, power)));
        }

        private static Node repeated(Node node) {
            return node.op().orElse(null) instanceof Layout.Broadcast
                    ? node.inputs().get(0)
                    : node;
        }

        @Override
        public Formula formula() {
            Formula square = X.times(X);
            Formula lost = Formula.of(Primitive.FMA, X, X, square.negate());
            Formula root = square.times(Formula.constant(-width / 2)).exp();
            Formula product = root.times(Formula.constant(factor))
                    .times(Formula.constant(1).minus(lost.times(Formula.constant(width))));
            for (int i = 0; i < power; i++) {
                product = product.times(X);
            }
            return Formula.select(root, product.times(root), Formula.constant(0));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            Node outer = Node.apply(new Bell(power + 1, -2 * width * factor, width), x);
            return List.of(dy.times(
                    power == 0 ? outer : outer.plus(Node.apply(new Bell(power - 1, power * factor, width), x))));
        }
    }
}
