package org.gradgraph.graph;

import static org.gradgraph.graph.ScalarFunction.function;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;

/**
 * Sums, products, quotients and powers, element by element.
 *
 * <p>The constants and records are the declarations behind the methods; they can be recognised in a graph.
 *
 * <pre>{@code
 * boolean isSum = node.op().orElse(null) == Arithmetic.ADD;
 * }</pre>
 */
@CheckReturnValue
public final class Arithmetic {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);

    private Arithmetic() {}

    /**
     * {@return the elementwise sum} Derivatives 1 and 1.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node add(Node a, Node b) {
        return Broadcasting.apply(Arithmetic.ADD, a, b);
    }

    /**
     * {@return the elementwise difference} Derivatives 1 and −1.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node subtract(Node a, Node b) {
        return Broadcasting.apply(Arithmetic.SUBTRACT, a, b);
    }

    /**
     * {@return the elementwise product} Derivatives {@code b} and {@code a}.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node multiply(Node a, Node b) {
        return Broadcasting.apply(Arithmetic.MULTIPLY, a, b);
    }

    /**
     * {@return the elementwise quotient} Derivatives {@code 1/b} and {@code −a/b²}.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}; division by 0 gives ±∞ or NaN
     */
    public static Node divide(Node a, Node b) {
        return Broadcasting.apply(Arithmetic.DIVIDE, a, b);
    }

    /**
     * {@return the elementwise negative} Derivative −1.
     *
     * @param a a matrix of any shape
     */
    public static Node negate(Node a) {
        return Node.apply(Arithmetic.NEGATE, a);
    }

    /**
     * {@return every element times a number} Derivative: the number.
     *
     * @param a a matrix of any shape
     * @param factor any number
     */
    public static Node scale(Node a, double factor) {
        return Node.apply(new Arithmetic.Scale(factor), a);
    }

    /**
     * {@return every element plus a number} Derivative 1.
     *
     * @param a a matrix of any shape
     * @param number any number
     */
    public static Node addScalar(Node a, double number) {
        return Node.apply(new Arithmetic.AddScalar(number), a);
    }

    /**
     * {@return the elementwise square} Derivative {@code 2a}.
     *
     * @param a a matrix of any shape
     */
    public static Node square(Node a) {
        return Node.apply(Arithmetic.SQUARE, a);
    }

    /**
     * {@return elementwise {@code 1/a}} Derivative {@code −1/a²}.
     *
     * @param a a matrix of any shape
     */
    public static Node reciprocal(Node a) {
        return Node.apply(Arithmetic.RECIPROCAL, a);
    }

    /**
     * {@return the elementwise power with an exponent that never changes} Derivative {@code p·a^(p − 1)}.
     *
     * <p>{@code a^0} is 1 everywhere, at 0 and for NaN too, and its derivative is 0. A negative number to a power that is
     * not integral is NaN.
     *
     * @param a a matrix of any shape
     * @param exponent any number
     */
    public static Node power(Node a, double exponent) {
        return Node.apply(new Arithmetic.ConstantPower(exponent), a);
    }

    /**
     * {@return elementwise {@code a^b}} Derivatives {@code b·a^(b − 1)} and {@code a^b·log a}.
     *
     * <p>{@code 0^0} is 1, and both derivatives there are 0. The derivative of {@code 0^b} by {@code b} is 0 for {@code b
     * ≥ 0}. A negative number to a power that is not integral is NaN; to an integral one it has no derivative by {@code b},
     * which is NaN.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node power(Node a, Node b) {
        return Broadcasting.apply(Arithmetic.POWER, a, b);
    }

    /**
     * {@return the node itself, which differentiation takes as a constant: no gradient flows through it}
     *
     * @param x any node
     */
    public static Node stopGradient(Node x) {
        return Node.apply(ChoiceOps.STOP_GRADIENT, x);
    }

    /** {@code a + b}. */
    public static final Elementwise ADD = function("add", A.plus(B), (a, b, y, dy) -> List.of(dy, dy))
            .symbol("+")
            .notation(new Notation.Terms(List.of(false, false), 0));

    /** {@code a − b}. */
    public static final Elementwise SUBTRACT = function(
                    "subtract", A.minus(B), (a, b, y, dy) -> List.of(dy, dy.negate()))
            .symbol("−")
            .notation(new Notation.Terms(List.of(false, true), 0));

    /** {@code a·b}. */
    public static final Elementwise MULTIPLY = function(
                    "multiply", A.times(B), (a, b, y, dy) -> List.of(dy.times(b), dy.times(a)))
            .symbol("×")
            .notation(new Notation.Product(1));

    /** {@code a/b}. */
    public static final Elementwise DIVIDE = function("divide", A.dividedBy(B), (a, b, y, dy) -> {
                Node da = dy.dividedBy(b);
                return List.of(da, da.times(y).negate());
            })
            .symbol("÷")
            .notation(new Notation.Quotient())
            .nonFiniteAdvice(
                    "choose a safe denominator before dividing, where(b = 0, 1, b); a where(…) after the division"
                            + " lets the NaN back in through its gradient");

    /** {@code a/b}, and {@code 0·a} where {@code b} is 0, in every derivative too; a cotangent {@code a} of 0 stays 0. */
    static final Elementwise QUOTIENT_OR_ZERO = function(
                    "quotientOrZero",
                    Formula.select(
                            A, Formula.select(Formula.of(Primitive.EQUAL, B, ZERO), A.times(ZERO), A.dividedBy(B)), A),
                    (a, b, y, dy) -> {
                        Node da = Node.apply(Arithmetic.QUOTIENT_OR_ZERO, dy, b);
                        return List.of(da, CotangentOps.both(da, y).negate());
                    })
            .textbook(in -> Comparisons.where(
                    Comparisons.equal(in.get(1), 0),
                    Constants.zeros(in.get(0).shape()),
                    in.get(0).dividedBy(in.get(1))));

    /** {@code −a}. */
    public static final Elementwise NEGATE = function("negate", A.negate(), (a, y, dy) -> dy.negate())
            .symbol("−")
            .notation(new Notation.Minus());

    /** {@code a²}. */
    public static final Elementwise SQUARE = function("square", A.times(A), (a, y, dy) -> dy.times(a.times(2)))
            .symbol("²")
            .notation(new Notation.Superscript("²", "2"));

    /** {@code 1/a}. */
    public static final Elementwise RECIPROCAL = function(
                    "reciprocal",
                    Formula.constant(1).dividedBy(A),
                    (a, y, dy) -> dy.times(y.square()).negate())
            .textbook(in -> Node.constant(1).dividedBy(in.get(0)))
            .nonFiniteAdvice("1/a is infinite at 0; choose a safe denominator first, where(a = 0, 1, a)");

    /** A constant, so that operations declared above may use it. */
    private static final String NEGATIVE_BASE =
            "a power is NaN for a negative base with a fractional exponent, infinite"
                    + " for base 0 with a negative one, and beyond the largest double for large ones; keep the base positive";

    /** {@code a} to the power of {@code b}. */
    public static final Elementwise POWER = function("power", Formula.of(Primitive.POW, A, B), (a, b, y, dy) -> {
                Node slope = Comparisons.mask(Arithmetic.power(a, b.minus(1)), b);
                Node growth = Comparisons.mask(Node.apply(Arithmetic.LOG_OF_BASE, a, b), y);
                return List.of(dy.times(slope), dy.times(growth));
            })
            .nonFiniteAdvice(NEGATIVE_BASE);

    /** {@code log a}, but 0 where {@code a} is 0 and {@code b} is not negative: what {@code b} means for a power of 0. */
    static final Elementwise LOG_OF_BASE = function(
                    "logOfBase",
                    Formula.select(
                            Formula.of(Primitive.EQUAL, A, ZERO).times(Formula.of(Primitive.LESS_OR_EQUAL, ZERO, B)),
                            ZERO,
                            A.log()),
                    (a, b, y, dy) -> List.of(
                            Comparisons.mask(dy.dividedBy(a), Comparisons.notEqual(a, 0)), Constants.zeros(y.shape())))
            .symbol("log")
            .textbook(in -> in.get(0).log());

    /**
     * {@code factor·a}.
     *
     * @param factor a number
     */
    public record Scale(double factor) implements Elementwise {
        @Override
        public String name() {
            return "scale";
        }

        @Override
        public String label() {
            return Labels.call("scale", factor);
        }

        @Override
        public String symbol() {
            return "×" + Labels.signed(factor, "");
        }

        @Override
        public Notation notation() {
            return new Notation.Product(factor);
        }

        @Override
        public Formula formula() {
            return A.times(Formula.constant(factor));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(factor));
        }
    }

    /**
     * {@code a + number}.
     *
     * @param number a number
     */
    public record AddScalar(double number) implements Elementwise {
        @Override
        public String name() {
            return "addScalar";
        }

        @Override
        public String label() {
            return Labels.call("addScalar", number);
        }

        @Override
        public String symbol() {
            return Labels.signed(number, "+");
        }

        @Override
        public Notation notation() {
            return number == 0 ? new Notation.Unwritten() : new Notation.Terms(List.of(false), number);
        }

        @Override
        public Formula formula() {
            return A.plus(Formula.constant(number));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy);
        }
    }

    /**
     * {@code a} to a power that never changes.
     *
     * @param exponent a number
     */
    public record ConstantPower(double exponent) implements Elementwise {
        @Override
        public String name() {
            return "power";
        }

        @Override
        public String label() {
            return Labels.call("power", exponent);
        }

        @Override
        public String nonFiniteAdvice() {
            return NEGATIVE_BASE;
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.POW, A, Formula.constant(exponent));
        }

        /** The power 0 is constant, at 0 too, where the general rule would multiply 0 by ∞. */
        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node a = inputs.get(0);
            return List.of(
                    exponent == 0
                            ? Constants.zeros(a.shape())
                            : dy.times(Arithmetic.power(a, exponent - 1).times(exponent)));
        }
    }
}
