package org.gradgraph.graph;

import java.util.List;

/**
 * Activation functions of neural networks, element by element.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting can recognise them.
 *
 * <pre>{@code
 * boolean isSigmoid = node.op().orElse(null) instanceof ActivationOps.Sigmoid;
 * }</pre>
 */
public final class ActivationOps {
    private static final Formula X = Formula.argument(0);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula ONE = Formula.constant(1);

    private ActivationOps() {}

    /** The logistic function 1/(1 + e<sup>−x</sup>), computed from e<sup>−|x|</sup>, which cannot overflow. */
    public record Sigmoid() implements Elementwise {
        @Override
        public String name() {
            return "sigmoid";
        }

        @Override
        public String symbol() {
            return "σ";
        }

        @Override
        public Formula formula() {
            Formula e = X.abs().negate().exp();
            return Formula.select(X.lessThan(Formula.constant(0)), e, ONE).dividedBy(ONE.plus(e));
        }

        @Override
        public Notation notation() {
            return new Notation.Call("σ", "\\sigma");
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(y.times(y.negate().plus(1))));
        }
    }

    /** The logarithm of the logistic function, exact at both ends. */
    public record LogSigmoid() implements Elementwise {
        @Override
        public String name() {
            return "logSigmoid";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.MIN, X, ZERO).minus(softplusOfMinusAbs());
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(inputs.get(0).negate().sigmoid()));
        }
    }

    /** log(1 + e<sup>x</sup>), exact at both ends. */
    public record Softplus() implements Elementwise {
        @Override
        public String name() {
            return "softplus";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.MAX, X, ZERO).plus(softplusOfMinusAbs());
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(inputs.get(0).sigmoid()));
        }
    }

    private static Formula softplusOfMinusAbs() {
        return Formula.of(Primitive.LOG1P, X.abs().negate().exp());
    }

    /** The larger one of x and 0. */
    public record Relu() implements Elementwise {
        @Override
        public String name() {
            return "relu";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.MAX, X, ZERO);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Ops.mask(dy, Ops.step(inputs.get(0), 0, 0, 1)));
        }
    }

    /**
     * x above 0, {@code slope·x} below.
     *
     * @param slope a number
     */
    public record LeakyRelu(double slope) implements Elementwise {
        @Override
        public String name() {
            return "leakyRelu";
        }

        @Override
        public String label() {
            return "leakyRelu(" + Labels.number(slope) + ")";
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
    public record Elu(double alpha) implements Elementwise {
        @Override
        public String name() {
            return "elu";
        }

        @Override
        public String label() {
            return "elu(" + Labels.number(alpha) + ")";
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

    /** x times the probability that a standard normal number is below x. */
    public record Gelu() implements Elementwise {
        private static final double SQRT_HALF = Math.sqrt(0.5);

        @Override
        public String name() {
            return "gelu";
        }

        @Override
        public Formula formula() {
            Formula twice = Formula.of(Primitive.ERFC, X.times(Formula.constant(-SQRT_HALF)));
            return zeroWins(twice, X.times(Formula.constant(0.5)));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            Node probability = Ops.erfc(x.times(-SQRT_HALF)).times(0.5);
            Op tilt = new ElementaryOps.Bell(1, SQRT_HALF / Math.sqrt(Math.PI), 0.5);
            return List.of(dy.times(probability.plus(Node.apply(tilt, x))));
        }
    }

    /** x times the logistic function of x, also called swish. */
    public record Silu() implements Elementwise {
        @Override
        public String name() {
            return "silu";
        }

        @Override
        public Formula formula() {
            return zeroWins(new Sigmoid().formula(), X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return List.of(dy.times(x.sigmoid().plus(Node.apply(new SigmoidTilt(), x))));
        }
    }

    /** {@code x·s·(1 − s)} for the logistic function s of x, and its limit 0 at ±∞, in every derivative. */
    record SigmoidTilt() implements Elementwise {
        @Override
        public String name() {
            return "sigmoidTilt";
        }

        @Override
        public Formula formula() {
            Formula e = X.abs().negate().exp();
            Formula both = ONE.plus(e);
            return zeroWins(e.dividedBy(both.times(both)), X);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node s = inputs.get(0).sigmoid();
            Node rest = s.negate().plus(1);
            return List.of(dy.times(s.times(rest).plus(y.times(rest.minus(s)))));
        }
    }

    /** A product that is 0 at −∞, where the first factor is 0. */
    private static Formula zeroWins(Formula weight, Formula x) {
        return Formula.select(weight, weight.times(x), ZERO);
    }

    /** {@code x/(1 + |x|)}, and ±1 at ±∞. */
    public record Softsign() implements Elementwise {
        @Override
        public String name() {
            return "softsign";
        }

        @Override
        public Formula formula() {
            Formula size = X.abs();
            Formula infinite = Formula.of(Primitive.EQUAL, size, Formula.constant(Double.POSITIVE_INFINITY));
            return Formula.select(infinite, Formula.of(Primitive.SIGN, X), X.dividedBy(size.plus(ONE)));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(
                    dy.times(Ops.reciprocal(Ops.abs(inputs.get(0)).plus(1)).square()));
        }
    }
}
