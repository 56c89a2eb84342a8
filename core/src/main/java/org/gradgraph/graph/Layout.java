package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;

/**
 * Operations that move elements without computing.
 *
 * <p>The records are the declarations behind the methods; they can be recognised in a graph.
 *
 * <pre>{@code
 * boolean isTransposed = node.op().orElse(null) instanceof Layout.Transpose;
 * }</pre>
 */
@CheckReturnValue
public final class Layout {
    private Layout() {}

    /**
     * {@return the transposed matrix: m×n becomes n×m}
     *
     * @param x a matrix of any shape
     */
    public static Node transpose(Node x) {
        return Node.apply(new Layout.Transpose(), x);
    }

    /**
     * {@return a row, a column or a number repeated to a shape; the node itself if it has that shape}
     *
     * @param x a matrix whose sides are 1 or those of {@code target}
     * @param target the shape of the result
     */
    public static Node broadcast(Node x, Shape target) {
        Require.given(x, "broadcast: operand 1");
        Require.given(target, "broadcast: the target shape");
        return x.shape().equals(target) ? x : Node.apply(new Layout.Broadcast(target), x);
    }

    /**
     * {@return the sum over what broadcasting from {@code target} repeats; the node itself if it has that shape}
     *
     * @param x a matrix of any shape
     * @param target the shape of the result
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
                return Node.apply(new Reductions.Sum(over), x);
            }
        }
        throw new ShapeException(
                        from + " cannot be summed to " + target,
                        "the result is " + Over.EACH_COLUMN.of(from) + ", " + Over.EACH_ROW.of(from) + " or 1×1")
                .in("sumTo", List.of(x), Node.lineOfOperation(List.of(x)));
    }

    /**
     * {@return the same elements in row-major order under another shape} Derivative: reshaped back.
     *
     * @param x a matrix of any shape
     * @param rows the number of rows of the result
     * @param columns the number of columns of the result
     */
    public static Node reshape(Node x, int rows, int columns) {
        return reshape(x, Shape.of(rows, columns));
    }

    /**
     * {@return the same elements in row-major order under another shape; the node itself if it has it}
     *
     * @param x a matrix of any shape
     * @param target the shape of the result
     * @throws ShapeException if the number of elements differs
     */
    public static Node reshape(Node x, Shape target) {
        Node.requireOperands("reshape", x);
        Require.given(target, "reshape: the target shape");
        return x.shape().equals(target) ? x : Node.apply(new Layout.Reshape(target), x);
    }

    /**
     * {@return a block of neighbouring rows and columns, counted from 0, without the ends} Derivative: zeros around it.
     *
     * <pre>{@code
     * Layout.slice(x, 0, 2, 1, 4)          // rows 0 and 1, columns 1, 2 and 3: 2×3
     * }</pre>
     *
     * @param x a matrix of any shape
     * @param fromRow the first row of the block
     * @param toRow the row after the last one
     * @param fromColumn the first column
     * @param toColumn the column after the last one
     */
    public static Node slice(Node x, int fromRow, int toRow, int fromColumn, int toColumn) {
        Op slice = new BlockOps.Slice(
                Dim.offset(fromRow), Dim.offset(toRow), Dim.offset(fromColumn), Dim.offset(toColumn));
        return Node.apply(slice, x);
    }

    /**
     * {@return one element, 1×1} Derivative: zeros around it.
     *
     * <pre>{@code
     * Node total = Layout.at(table, 0, 2).plus(1);             // row 0, column 2
     * }</pre>
     *
     * @param x a matrix of any shape
     * @param row the row, counted from 0
     * @param column the column, counted from 0
     * @throws ShapeException if a fixed side has no such row or column
     */
    public static Node at(Node x, int row, int column) {
        return slice(x, row, row + 1, column, column + 1);
    }

    /**
     * {@return neighbouring rows, counted from 0, without the last; see {@link #slice}}
     *
     * @param x a matrix of any shape
     * @param from the first row
     * @param to the row after the last one
     */
    public static Node sliceRows(Node x, int from, int to) {
        Node.requireOperands("sliceRows", x);
        Dim columns = x.shape().columns();
        return Node.apply(new BlockOps.Slice(Dim.offset(from), Dim.offset(to), Dim.offset(0), columns), x);
    }

    /**
     * {@return neighbouring columns, counted from 0, without the last; see {@link #slice}}
     *
     * @param x a matrix of any shape
     * @param from the first column
     * @param to the column after the last one
     */
    public static Node sliceColumns(Node x, int from, int to) {
        Node.requireOperands("sliceColumns", x);
        Dim rows = x.shape().rows();
        return Node.apply(new BlockOps.Slice(Dim.offset(0), rows, Dim.offset(from), Dim.offset(to)), x);
    }

    /**
     * {@return matrices below each other, in the order given} Derivative: cut apart again.
     *
     * @param parts matrices with the same number of columns
     */
    public static Node concatRows(Node... parts) {
        return Node.apply(new BlockOps.Concat(true), parts);
    }

    /**
     * {@return matrices beside each other, in the order given} Derivative: cut apart again.
     *
     * @param parts matrices with the same number of rows
     */
    public static Node concatColumns(Node... parts) {
        return Node.apply(new BlockOps.Concat(false), parts);
    }

    /**
     * {@return the matrix with a border of zeros} Derivative: the block inside.
     *
     * @param x a matrix of any shape
     * @param top how many rows are added above
     * @param bottom how many rows are added below
     * @param left how many columns are added on the left
     * @param right how many columns are added on the right
     */
    public static Node pad(Node x, int top, int bottom, int left, int right) {
        return pad(x, top, bottom, left, right, 0);
    }

    /**
     * {@return the matrix with a border of one number} Derivative: the block inside.
     *
     * @param x a matrix of any shape
     * @param top how many rows are added above
     * @param bottom how many rows are added below
     * @param left how many columns are added on the left
     * @param right how many columns are added on the right
     * @param value the number that fills the border
     */
    public static Node pad(Node x, int top, int bottom, int left, int right, double value) {
        Op pad = new BlockOps.Pad(Dim.offset(top), Dim.offset(bottom), Dim.offset(left), Dim.offset(right), value);
        return Node.apply(pad, x);
    }

    /**
     * {@return copies of the whole matrix below and beside each other, like NumPy's {@code tile}} Derivative: the sum
     * over all copies.
     *
     * @param x a matrix of any shape
     * @param down how many copies stand below each other
     * @param across how many copies stand beside each other
     */
    public static Node repeat(Node x, int down, int across) {
        return Node.apply(new BlockOps.Repeat(down, across), x);
    }

    /**
     * {@return the matrix with its rows in reverse order} Derivative: the same.
     *
     * @param x a matrix of any shape
     */
    public static Node flipRows(Node x) {
        return Node.apply(new Layout.Flip(true, false), x);
    }

    /**
     * {@return the matrix with its columns in reverse order} Derivative: the same.
     *
     * @param x a matrix of any shape
     */
    public static Node flipColumns(Node x) {
        return Node.apply(new Layout.Flip(false, true), x);
    }

    /**
     * {@return the matrix with its rows and its columns in reverse order, which turns a picture by 180°} Derivative:
     * the same.
     *
     * @param x a matrix of any shape
     */
    public static Node flip(Node x) {
        return Node.apply(new Layout.Flip(true, true), x);
    }

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
        /**
         * Refuses null.
         *
         * @param target the shape of the result
         */
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
        /**
         * Refuses null.
         *
         * @param target the shape of the result
         */
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
            return List.of(Layout.reshape(dy, inputs.get(0).shape()));
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
