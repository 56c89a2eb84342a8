package org.gradgraph.graph;

import java.util.List;

/**
 * Sums, products and their inverses, element by element.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting can recognise them.
 *
 * <pre>{@code
 * boolean isSum = node.op().orElse(null) instanceof ArithmeticOps.Add;
 * }</pre>
 */
public final class ArithmeticOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);

    private ArithmeticOps() {}

    /** {@code a + b}. */
    public record Add() implements Elementwise {
        @Override
        public String name() {
            return "add";
        }

        @Override
        public String symbol() {
            return "+";
        }

        @Override
        public Formula formula() {
            return A.plus(B);
        }

        @Override
        public Notation notation() {
            return new Notation.Terms(List.of(false, false), 0);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy, dy);
        }
    }

    /** {@code a − b}. */
    public record Subtract() implements Elementwise {
        @Override
        public String name() {
            return "subtract";
        }

        @Override
        public String symbol() {
            return "−";
        }

        @Override
        public Formula formula() {
            return A.minus(B);
        }

        @Override
        public Notation notation() {
            return new Notation.Terms(List.of(false, true), 0);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy, dy.negate());
        }
    }

    /** {@code a·b}. */
    public record Multiply() implements Elementwise {
        @Override
        public String name() {
            return "multiply";
        }

        @Override
        public String symbol() {
            return "×";
        }

        @Override
        public Formula formula() {
            return A.times(B);
        }

        @Override
        public Notation notation() {
            return new Notation.Product(1);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(inputs.get(1)), dy.times(inputs.get(0)));
        }
    }

    /** {@code a/b}. */
    public record Divide() implements Elementwise {
        @Override
        public String name() {
            return "divide";
        }

        @Override
        public String symbol() {
            return "÷";
        }

        @Override
        public Formula formula() {
            return A.dividedBy(B);
        }

        @Override
        public Notation notation() {
            return new Notation.Quotient();
        }

        @Override
        public String nonFiniteAdvice() {
            return "choose a safe denominator before dividing, where(b = 0, 1, b); a where(…) after the division lets the"
                    + " NaN back in through its gradient";
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node da = dy.dividedBy(inputs.get(1));
            return List.of(da, da.times(y).negate());
        }
    }

    /** {@code −a}. */
    public record Negate() implements Elementwise {
        @Override
        public String name() {
            return "negate";
        }

        @Override
        public String symbol() {
            return "−";
        }

        @Override
        public Formula formula() {
            return A.negate();
        }

        @Override
        public Notation notation() {
            return new Notation.Minus();
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.negate());
        }
    }

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
            return "scale(" + Labels.number(factor) + ")";
        }

        @Override
        public String symbol() {
            return "×" + Labels.signed(factor, "");
        }

        @Override
        public Formula formula() {
            return A.times(Formula.constant(factor));
        }

        @Override
        public Notation notation() {
            return new Notation.Product(factor);
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
            return "addScalar(" + Labels.number(number) + ")";
        }

        @Override
        public String symbol() {
            return Labels.signed(number, "+");
        }

        @Override
        public Formula formula() {
            return A.plus(Formula.constant(number));
        }

        @Override
        public Notation notation() {
            return number == 0 ? new Notation.Unwritten() : new Notation.Terms(List.of(false), number);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy);
        }
    }

    /** {@code a²}. */
    public record Square() implements Elementwise {
        @Override
        public String name() {
            return "square";
        }

        @Override
        public String symbol() {
            return "²";
        }

        @Override
        public Formula formula() {
            return A.times(A);
        }

        @Override
        public Notation notation() {
            return new Notation.Superscript("²", "2");
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(inputs.get(0).times(2)));
        }
    }

    /** {@code 1/a}. */
    public record Reciprocal() implements Elementwise {
        @Override
        public String name() {
            return "reciprocal";
        }

        @Override
        public Formula formula() {
            return Formula.constant(1).dividedBy(A);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(y.square()).negate());
        }
    }
}
