package org.gradgraph.graph;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Reductions over rows, columns, or everything.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting can recognise them.
 *
 * <pre>{@code
 * boolean isTotal = node.op().orElse(null) instanceof ReductionOps.Sum sum && sum.over() == ReductionOps.Over.ALL;
 * }</pre>
 */
public final class ReductionOps {
    private ReductionOps() {}

    /** What is reduced to one number. */
    public enum Over {
        /** All elements; the result is 1×1. */
        ALL,
        /** The elements of each row; the result is m×1. */
        EACH_ROW,
        /** The elements of each column; the result is 1×n. */
        EACH_COLUMN;

        /** The shape of the result. */
        public Shape of(Shape shape) {
            Dim one = Dim.of(1);
            return switch (this) {
                case ALL -> Shape.SCALAR;
                case EACH_ROW -> Shape.of(shape.rows(), one);
                case EACH_COLUMN -> Shape.of(one, shape.columns());
            };
        }

        /** The name of a reduction: {@code mean}, {@code rowMeans}, {@code columnMeans}. */
        String prefixed(String name) {
            String plural = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "s";
            return switch (this) {
                case ALL -> name;
                case EACH_ROW -> "row" + plural;
                case EACH_COLUMN -> "column" + plural;
            };
        }

        /** The number of elements that make one result. */
        public Dim count(Shape shape) {
            return switch (this) {
                case ALL -> shape.elements();
                case EACH_ROW -> shape.columns();
                case EACH_COLUMN -> shape.rows();
            };
        }
    }

    /**
     * The sum.
     *
     * @param over what is summed
     */
    public record Sum(Over over) implements Reduction {
        /** Refuses null. */
        public Sum {
            Require.given(over, "sum: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed("sum");
        }

        @Override
        public String symbol() {
            return switch (over) {
                case ALL -> "Σ";
                case EACH_ROW -> "Σ each row";
                case EACH_COLUMN -> "Σ each column";
            };
        }

        @Override
        public Fold fold() {
            return Fold.SUM;
        }

        @Override
        public Notation notation() {
            return over == Over.ALL ? new Notation.Prefix("Σ", "\\sum") : Notation.call(name());
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.broadcastTo(inputs.get(0).shape()));
        }
    }

    /**
     * The mean; it is finite whenever the mean is, even if the sum is not.
     *
     * @param over what is averaged
     */
    public record Mean(Over over) implements Composite {
        /** Refuses null. */
        public Mean {
            Require.given(over, "mean: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed("mean");
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return over.of(Operands.only(inputs));
        }

        /** A second sum, of smaller numbers, counts where the plain one overflows. */
        @Override
        public Node expansion(List<Node> inputs) {
            Node x = inputs.get(0);
            Formula n = Formula.constant(over.count(x.shape()).size());
            Formula mean = Formula.argument(0).dividedBy(n);
            Formula ofScaled = Formula.argument(1).dividedBy(n).times(Formula.constant(0x1p32));
            Formula isFinite = mean.abs().lessThan(Formula.constant(Double.POSITIVE_INFINITY));
            Node scaled = x.times(0x1p-32);
            return Inline.of(
                    Formula.select(isFinite, mean, ofScaled),
                    Node.apply(new Sum(over), x),
                    Node.apply(new Sum(over), scaled));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Shape shape = inputs.get(0).shape();
            return List.of(dy.dividedBy(Ops.size(over.count(shape))).broadcastTo(shape));
        }
    }

    /**
     * A number known from the shapes, such as the number of examples.
     *
     * @param dim the number
     */
    public record Size(Dim dim) implements Kernel {
        /** Refuses null. */
        public Size {
            Require.given(dim, "size: the dimension");
        }

        @Override
        public String name() {
            return "size";
        }

        @Override
        public String label() {
            return "size(" + dim + ")";
        }

        @Override
        public String symbol() {
            return dim.toString();
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Operands.require(0, inputs);
            return Shape.SCALAR;
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            out.data[0] = dim.size();
        }

        @Override
        public Notation notation() {
            return new Notation.Symbol(
                    dim.toString(), dim.toString().replace("·", " \\cdot ").replace("−", "-"));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of();
        }

        @Override
        public Op bind(Sizes sizes) {
            return new Size(Dim.of(dim.size(sizes)));
        }
    }
}
