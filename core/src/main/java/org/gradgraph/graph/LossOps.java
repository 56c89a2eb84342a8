package org.gradgraph.graph;

import java.util.List;

/**
 * What losses are made of, element by element.
 *
 * <p>Made by {@link Ops}, which takes the mean; the types are public so that rewriting can recognise them.
 *
 * <pre>{@code
 * boolean isLogisticLoss = node.op().orElse(null) instanceof LossOps.BceWithLogits;
 * }</pre>
 */
public final class LossOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula ONE = Formula.constant(1);

    private LossOps() {}

    /** {@code a·log b}, and 0 where {@code a} is 0 and {@code b} a number. */
    public record XLogY() implements Elementwise {
        @Override
        public String name() {
            return "xLogY";
        }

        @Override
        public Formula formula() {
            return zeroIfZero(A, B, A.times(B.log()));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node a = inputs.get(0);
            Node b = inputs.get(1);
            return List.of(dy.times(b.log()), dy.times(Node.apply(new ZeroOver(), a, b)));
        }
    }

    /** {@code a·b}, and 0 where {@code a} is 0 and {@code b} a number, infinite ones included. */
    public record ZeroTimes() implements Elementwise {
        @Override
        public String name() {
            return "zeroTimes";
        }

        @Override
        public String symbol() {
            return "×";
        }

        @Override
        public Formula formula() {
            return zeroIfZero(A, B, A.times(B));
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

    /** {@code a·log(1 − b)}, exact for small {@code b}, and 0 where {@code a} is 0 and {@code b} a number. */
    public record XLogOneMinusY() implements Elementwise {
        @Override
        public String name() {
            return "xLogOneMinusY";
        }

        @Override
        public Formula formula() {
            return zeroIfZero(A, B, A.times(Formula.of(Primitive.LOG1P, B.negate())));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node a = inputs.get(0);
            Node b = inputs.get(1);
            Node log = Node.apply(new XLogOneMinusY(), Ops.ones(b.shape()), b);
            Node quotient = Node.apply(new ZeroOver(), a, b.negate().plus(1));
            return List.of(dy.times(log), dy.times(quotient).negate());
        }
    }

    /** {@code a/b}, and 0 where {@code a} is 0 and {@code b} a number; a {@code b} of −0 counts as 0. */
    public record ZeroOver() implements Elementwise {
        @Override
        public String name() {
            return "zeroOver";
        }

        @Override
        public Formula formula() {
            return zeroIfZero(A, B, A.dividedBy(B.plus(ZERO)));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node b = inputs.get(1);
            Node da = dy.dividedBy(b.plus(0));
            return List.of(da, dy.times(Node.apply(this, y, b)).negate());
        }
    }

    /**
     * The logistic loss of a logit {@code z} and a label {@code y}, {@code softplus(z) − z·y}.
     *
     * <p>Computed as {@code (1 − y)·softplus(z) + y·softplus(−z)}, whose terms do not cancel; a term whose weight is 0
     * is left out, so an infinite logit on the right side costs nothing.
     */
    public record BceWithLogits() implements Elementwise {
        @Override
        public String name() {
            return "bceWithLogits";
        }

        @Override
        public Formula formula() {
            Formula small = Formula.of(Primitive.LOG1P, A.abs().negate().exp());
            Formula up = Formula.of(Primitive.MAX, A, ZERO).plus(small);
            Formula down = Formula.of(Primitive.MAX, A.negate(), ZERO).plus(small);
            Formula rest = ONE.minus(B);
            return zeroIfZero(rest, A, rest.times(up)).plus(zeroIfZero(B, A, B.times(down)));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node z = inputs.get(0);
            Node label = inputs.get(1);
            return List.of(
                    dy.times(Node.apply(new SigmoidMinus(), z, label)),
                    dy.times(z).negate());
        }
    }

    /** {@code sigmoid(a) − b} without cancellation, computed as {@code (1 − b)·sigmoid(a) − b·sigmoid(−a)}. */
    public record SigmoidMinus() implements Elementwise {
        @Override
        public String name() {
            return "sigmoidMinus";
        }

        @Override
        public Formula formula() {
            Formula e = A.abs().negate().exp();
            Formula isBelow = A.lessThan(ZERO);
            Formula up = Formula.select(isBelow, e, ONE);
            Formula down = Formula.select(isBelow, ONE, e);
            return ONE.minus(B).times(up).minus(B.times(down)).dividedBy(ONE.plus(e));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node z = inputs.get(0);
            return List.of(dy.times(z.sigmoid().times(z.negate().sigmoid())), dy.negate());
        }
    }

    private static Formula zeroIfZero(Formula weight, Formula value, Formula otherwise) {
        Formula isNumber = Formula.of(Primitive.EQUAL, value, value);
        Formula isZero = Formula.of(Primitive.EQUAL, weight, ZERO);
        return Formula.select(isZero.times(isNumber), ZERO, otherwise);
    }
}
