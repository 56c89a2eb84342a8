package org.gradgraph.graph;

import java.util.List;

/**
 * Exponentials, logarithms, roots and signs, element by element.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting can recognise them.
 *
 * <pre>{@code
 * boolean isLogarithm = node.op().orElse(null) instanceof ElementaryOps.Log;
 * }</pre>
 */
public final class ElementaryOps {
    private static final Formula X = Formula.argument(0);

    private ElementaryOps() {}

    /** e to the power of x. */
    public record Exp() implements Elementwise {
        @Override
        public String name() {
            return "exp";
        }

        @Override
        public Formula formula() {
            return X.exp();
        }

        @Override
        public Notation notation() {
            return new Notation.Call("exp", "\\exp");
        }

        @Override
        public String nonFiniteAdvice() {
            return "exp overflows above 709.78: subtract the maximum first, as softmax and logSumExp do, or use sigmoid or"
                    + " softplus, which cannot overflow";
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(y));
        }
    }

    /** e to the power of x, minus 1; its derivative is not {@code y + 1}, which is wrong far below 0. */
    public record Expm1() implements Elementwise {
        @Override
        public String name() {
            return "expm1";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.EXPM1, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(inputs.get(0).exp()));
        }
    }

    /** The natural logarithm; adding 0 in the derivative turns −0 into 0, so that it is +∞ at both zeros. */
    public record Log() implements Elementwise {
        @Override
        public String name() {
            return "log";
        }

        @Override
        public Formula formula() {
            return X.log();
        }

        @Override
        public Notation notation() {
            return new Notation.Call("log", "\\log");
        }

        @Override
        public String nonFiniteAdvice() {
            return "log needs a positive operand: compute the loss from what goes into the sigmoid or softmax and not from"
                    + " what comes out, write log(1 + x) as log1p(x), or keep the operand above 0";
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.dividedBy(inputs.get(0).plus(0)));
        }
    }

    /** The natural logarithm of 1 + x. */
    public record Log1p() implements Elementwise {
        @Override
        public String name() {
            return "log1p";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.LOG1P, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.dividedBy(inputs.get(0).plus(1)));
        }
    }

    /** The logarithm to base 2; the derivative is +∞ at both zeros. */
    public record Log2() implements Elementwise {
        @Override
        public String name() {
            return "log2";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.LOG2, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.dividedBy(inputs.get(0).plus(0).times(Math.log(2))));
        }
    }

    /** The logarithm to base 10; the derivative is +∞ at both zeros. */
    public record Log10() implements Elementwise {
        @Override
        public String name() {
            return "log10";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.LOG10, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.dividedBy(inputs.get(0).plus(0).times(Math.log(10))));
        }
    }

    /** The square root; adding 0 turns −0 into 0, so that the derivative there is +∞ and not −∞. */
    public record Sqrt() implements Elementwise {
        @Override
        public String name() {
            return "sqrt";
        }

        @Override
        public String symbol() {
            return "√";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.SQRT, X.plus(Formula.constant(0)));
        }

        @Override
        public String nonFiniteAdvice() {
            return "sqrt is NaN below 0 and infinitely steep at 0: choose a safe operand before the root, where(x > 0, x, 1);"
                    + " a where(…) after it lets the NaN back in through its gradient";
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.dividedBy(y.times(2)));
        }
    }

    /** The cube root; its second derivative at 0 is −∞, and +∞ at −0: what it tends to from each side. */
    public record Cbrt() implements Elementwise {
        @Override
        public String name() {
            return "cbrt";
        }

        @Override
        public String symbol() {
            return "∛";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.CBRT, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(Ops.reciprocal(y).square().times(1.0 / 3)));
        }
    }

    /** The absolute value. */
    public record Abs() implements Elementwise {
        @Override
        public String name() {
            return "abs";
        }

        @Override
        public String symbol() {
            return "|·|";
        }

        @Override
        public Formula formula() {
            return X.abs();
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(Ops.sign(inputs.get(0))));
        }
    }

    /** The error function. */
    public record Erf() implements Elementwise {
        @Override
        public String name() {
            return "erf";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.ERF, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(Node.apply(new Bell(0, 2 / Math.sqrt(Math.PI), 1), inputs.get(0))));
        }
    }

    /** One minus the error function, exact where that is tiny. */
    public record Erfc() implements Elementwise {
        @Override
        public String name() {
            return "erfc";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.ERFC, X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(Node.apply(new Bell(0, -2 / Math.sqrt(Math.PI), 1), inputs.get(0))));
        }
    }

    /**
     * {@code factor·xᵖ·exp(−width·x²)} for a power p, and its limit 0 at ±∞, in every derivative.
     *
     * @param power 0 or more
     * @param factor a number
     * @param width above 0
     */
    record Bell(int power, double factor, double width) implements Elementwise {
        @Override
        public String name() {
            return "bell";
        }

        @Override
        public String label() {
            return "bell(" + power + ", " + Labels.number(factor) + ", " + Labels.number(width) + ")";
        }

        @Override
        public Formula formula() {
            Formula bell = X.times(X).times(Formula.constant(-width)).exp();
            Formula product = bell.times(Formula.constant(factor));
            for (int i = 0; i < power; i++) {
                product = product.times(X);
            }
            return Formula.select(bell, product, Formula.constant(0));
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
