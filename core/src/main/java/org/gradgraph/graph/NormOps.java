package org.gradgraph.graph;

import java.util.List;
import java.util.Optional;

/**
 * The Euclidean norm and what its derivative needs.
 *
 * <pre>{@code
 * boolean isNorm = node.op().orElse(null) instanceof NormOps.Norm2;
 * }</pre>
 */
public final class NormOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);

    private static final Formula C = Formula.argument(2);
    private static final Formula ONE = Formula.constant(1);
    private static final Formula INFINITY = Formula.constant(Double.POSITIVE_INFINITY);
    private static final Formula DOWN = Formula.constant(0x1p-600);
    private static final Formula UP = Formula.constant(0x1p600);

    /** A sum of squares from here on has lost nothing that counts. */
    private static final Formula LEAST = Formula.constant(0x1p-900);

    /** If squares overflow or underflow, two other sums are taken, and one of them is in range. */
    private static final Formula OF_LARGE =
            squared(Formula.of(Primitive.MIN, A.abs().times(DOWN), Formula.constant(0x1p500)));

    private static final Formula OF_SMALL = squared(A.times(UP));

    /** The plain sum of squares is A, that of large elements B, that of small ones C; infinite elements are 2⁵⁰⁰ in B. */
    private static final Formula IS_SMALL = A.lessThan(LEAST);

    private static final Formula IS_INFINITE = Formula.constant(0x1p999).lessThan(B);

    /** A plain sum in range is neither small nor infinite nor NaN. */
    private static final Formula IS_USUAL =
            Formula.of(Primitive.LESS_OR_EQUAL, LEAST, A).times(A.lessThan(INFINITY));

    private static final Formula USUAL_NORM = root(A);

    private static final Formula NORM = chosen(root(C).times(DOWN), INFINITY, root(B).times(UP));

    /** What elements are multiplied by, and what they are divided by then; beside infinity, no number counts. */
    private static final Formula SCALE = chosen(UP, Formula.constant(Double.MIN_VALUE), DOWN);

    private static final Formula LENGTH = chosen(root(C), INFINITY, root(B));

    /** A vector of zeros stays as it is; beside infinite elements, finite ones become 0. */
    private static final Formula LENGTH_OR_ONE = chosen(
            Formula.select(Formula.of(Primitive.EQUAL, C, ZERO), ONE, root(C)),
            Formula.constant(Double.MAX_VALUE),
            root(B));

    /** Infinite elements of one lane share the length 1. */
    private static final Formula BOUND =
            chosen(INFINITY, ONE.dividedBy(root(B.times(Formula.constant(0x1p-1000)))), INFINITY);

    private static final Formula CLIPPED = Formula.of(Primitive.MAX, Formula.of(Primitive.MIN, A, B), C);

    private static Formula squared(Formula x) {
        return x.times(x);
    }

    private static Formula root(Formula x) {
        return Formula.of(Primitive.SQRT, x);
    }

    private static Formula chosen(Formula ifSmall, Formula ifInfinite, Formula ifLarge) {
        return Formula.select(IS_SMALL, ifSmall, Formula.select(IS_INFINITE, ifInfinite, ifLarge));
    }

    private static Node squares(Node x, Over over) {
        return Node.apply(new Reductions.Sum(over), x.square());
    }

    /** What the formula gives for the sums of squares of each lane; for a lane whose plain sum is out of range. */
    private static Node ofSums(Formula formula, Node x, Over over) {
        Reductions.Sum sum = new Reductions.Sum(over);
        return Inline.of(
                formula,
                squares(x, over),
                Node.apply(sum, Inline.of(OF_LARGE, x)),
                Node.apply(sum, Inline.of(OF_SMALL, x)));
    }

    private NormOps() {}

    /**
     * The root of the sum of squares, without overflow or underflow on the way.
     *
     * @param over what is summed
     */
    public record Norm2(Over over) implements Composite {
        /**
         * Refuses null.
         *
         * @param over what is summed
         */
        public Norm2 {
            Require.given(over, "norm2: what is reduced");
        }

        @Override
        public String name() {
            return over == Over.ALL ? "norm2" : over.prefixed("norm");
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return over.of(Operands.only(inputs));
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node x = inputs.get(0);
            Node squares = squares(x, over);
            return Fallback.of(Inline.of(IS_USUAL, squares), Inline.of(USUAL_NORM, squares), ofSums(NORM, x, over));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return List.of(dy.broadcastTo(x.shape()).times(Node.apply(new Normalize(over, true), x)));
        }
    }

    /**
     * Vectors divided by their norm; nothing overflows or underflows on the way.
     *
     * @param over what becomes a vector of length 1
     * @param orZero for the derivative of {@link Norm2}: whether a vector of zeros stays 0, in every derivative, and
     *     infinite elements share the length 1, where otherwise both give NaN
     */
    record Normalize(Over over, boolean orZero) implements Composite {
        @Override
        public String name() {
            String each = switch (over) {
                case ALL -> "normalize";
                case EACH_ROW -> "normalizeRows";
                case EACH_COLUMN -> "normalizeColumns";
            };
            return orZero ? each + "OrZero" : each;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node x = inputs.get(0);
            Node squares = squares(x, over);
            Node usual = x.dividedBy(Inline.of(USUAL_NORM, squares).broadcastTo(x.shape()));
            return Fallback.of(Inline.of(IS_USUAL, squares).broadcastTo(x.shape()), usual, outOfRange(x));
        }

        private Node outOfRange(Node x) {
            Node scaled = x.times(ofSums(SCALE, x, over).broadcastTo(x.shape()));
            Node length = ofSums(orZero ? LENGTH_OR_ONE : LENGTH, x, over);
            Node direction = scaled.dividedBy(length.broadcastTo(x.shape()));
            if (!orZero) {
                return direction;
            }
            Node bound = ofSums(BOUND, x, over);
            Node opposite = bound.negate().broadcastTo(x.shape());
            return Inline.of(CLIPPED, direction, bound.broadcastTo(x.shape()), opposite);
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node x = inputs.get(0);
            return orZero ? Optional.of(x.dividedBy(Node.apply(new Norm2(over), x))) : Optional.empty();
        }

        /** What is left of the cotangent across the vector, over the norm. */
        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            Node across = Node.apply(new Across(over), y, dy);
            Node norm = Node.apply(new Norm2(over), x).broadcastTo(x.shape());
            return List.of(orZero ? Node.apply(Arithmetic.QUOTIENT_OR_ZERO, across, norm) : across.dividedBy(norm));
        }
    }

    /**
     * {@code d·Σ y² − y·Σ y⊙d}, for vectors y of length 1 what of a tangent is across a vector.
     *
     * <p>An element near ±1 hides the others in both terms; there, they are sums over the others alone. Only one element
     * can be that long.
     *
     * @param over what is a vector
     */
    record Across(Over over) implements Composite {
        private static final Formula IS_LONG = Formula.constant(0.6).lessThan(A.times(A));
        private static final Formula SMALL_SQUARE = Formula.select(IS_LONG, ZERO, A.times(A));
        private static final Formula SMALL_PRODUCT = Formula.select(IS_LONG, ZERO, A.times(B));

        /** y, d, the sums of small squares and products, and of all squares and products. */
        private static final Formula REST = Formula.select(
                IS_LONG,
                B.times(C).minus(A.times(Formula.argument(3))),
                B.times(Formula.argument(4)).minus(A.times(Formula.argument(5))));

        @Override
        public String name() {
            return switch (over) {
                case ALL -> "across";
                case EACH_ROW -> "acrossRows";
                case EACH_COLUMN -> "acrossColumns";
            };
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Operands.require(2, inputs);
            Operands.requireShape(inputs.get(1), inputs.get(0));
            return inputs.get(0);
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node y = inputs.get(0);
            Node d = inputs.get(1);
            return Inline.of(
                    REST,
                    y,
                    d,
                    total(Inline.of(SMALL_SQUARE, y)),
                    total(Inline.of(SMALL_PRODUCT, y, d)),
                    total(y.square()),
                    total(y.times(d)));
        }

        private Node total(Node x) {
            return Node.apply(new Reductions.Sum(over), x).broadcastTo(x.shape());
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node y = inputs.get(0);
            Node d = inputs.get(1);
            return Optional.of(d.minus(y.times(total(d.times(y)))));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node unit = inputs.get(0);
            Node d = inputs.get(1);
            Node turned = d.times(total(unit.times(dy))).plus(dy.times(total(unit.times(d))));
            Node longer = unit.times(total(d.times(dy)).times(2));
            return List.of(longer.minus(turned), Node.apply(this, unit, dy));
        }
    }
}
