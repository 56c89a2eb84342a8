package org.gradgraph.graph;

import java.util.List;

/**
 * Operations that move elements without computing.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting and execution can recognise them.
 *
 * <pre>{@code
 * boolean isTransposed = node.op().orElse(null) instanceof LayoutOps.Transpose;
 * }</pre>
 */
public final class LayoutOps {
    private LayoutOps() {}

    /** Rows become columns. */
    public record Transpose() implements View {
        @Override
        public String name() {
            return "transpose";
        }

        @Override
        public String symbol() {
            return "ᵀ";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs).transposed();
        }

        @Override
        public Strides strides(int rows, int columns) {
            return new Strides(0, 1, columns);
        }

        @Override
        public Notation notation() {
            return new Notation.Superscript("ᵀ", "\\mathsf{T}");
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.transpose());
        }
    }

    /**
     * Repeats a row, a column or a number.
     *
     * @param target the shape of the result
     */
    public record Broadcast(Shape target) implements View {
        /** Refuses null. */
        public Broadcast {
            Require.given(target, "broadcast: the shape");
        }

        @Override
        public String name() {
            return "broadcast";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Shape from = Operands.only(inputs);
            if (!Broadcasting.stretches(from, target)) {
                throw new ShapeException(
                        from + " cannot be repeated to " + target,
                        "a side that is repeated is 1, the other ones are equal");
            }
            return target;
        }

        @Override
        public Strides strides(int rows, int columns) {
            return new Strides(0, rows == 1 ? 0 : columns, columns == 1 ? 0 : 1);
        }

        @Override
        public Notation notation() {
            return new Notation.Unwritten();
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.sumTo(inputs.get(0).shape()));
        }

        @Override
        public Op bind(Sizes sizes) {
            return new Broadcast(target.bind(sizes));
        }
    }

    /**
     * The same elements in row-major order under another shape.
     *
     * @param target the shape of the result
     */
    public record Reshape(Shape target) implements View {
        /** Refuses null. */
        public Reshape {
            Require.given(target, "reshape: the shape");
        }

        @Override
        public String name() {
            return "reshape";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Shape from = Operands.only(inputs);
            if (!from.elements().equals(target.elements())) {
                throw new ShapeException(
                        from + " has " + from.elements() + " elements, " + target + " has " + target.elements(),
                        "a reshape keeps every element; take a slice or pad to change their number");
            }
            return target;
        }

        @Override
        public Strides strides(int rows, int columns) {
            return new Strides(0, target.columns().size(), 1);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Ops.reshape(dy, inputs.get(0).shape()));
        }

        @Override
        public Op bind(Sizes sizes) {
            return new Reshape(target.bind(sizes));
        }
    }

    /**
     * The order of rows, of columns, or of both reversed.
     *
     * @param rows whether the last row comes first
     * @param columns whether the last column comes first
     */
    public record Flip(boolean rows, boolean columns) implements View {
        @Override
        public String name() {
            return rows && columns ? "flip" : rows ? "flipRows" : "flipColumns";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public Strides strides(int height, int width) {
            int first = (rows ? (height - 1) * width : 0) + (columns ? width - 1 : 0);
            return new Strides(first, rows ? -width : width, columns ? -1 : 1);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(this, dy));
        }
    }
}
