package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Operations that cut matrices into blocks and put blocks together.
 *
 * <pre>{@code
 * if (node.op().orElse(null) instanceof BlockOps.Slice slice && slice.fromRow().equals(slice.fromColumn())) { ... }
 * }</pre>
 */
public final class BlockOps {
    private BlockOps() {}

    /**
     * Some neighbouring rows and columns; starts are counted from 0, ends are not included.
     *
     * @param fromRow the first row
     * @param toRow the row after the last one
     * @param fromColumn the first column
     * @param toColumn the column after the last one
     */
    public record Slice(Dim fromRow, Dim toRow, Dim fromColumn, Dim toColumn) implements View {
        /**
         * Refuses null.
         *
         * @param fromRow the first row
         * @param toRow the row after the last one
         * @param fromColumn the first column
         * @param toColumn the column after the last one
         */
        public Slice {
            Require.given(fromRow, "slice: the first row");
            Require.given(toRow, "slice: the row after the last one");
            Require.given(fromColumn, "slice: the first column");
            Require.given(toColumn, "slice: the column after the last one");
        }

        @Override
        public String name() {
            return "slice";
        }

        @Override
        public String label() {
            return "slice(" + fromRow + ":" + toRow + ", " + fromColumn + ":" + toColumn + ")";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Shape x = Operands.only(inputs);
            requireWithin("rows", fromRow, toRow, x.rows());
            requireWithin("columns", fromColumn, toColumn, x.columns());
            return Shape.of(toRow.minus(fromRow), toColumn.minus(fromColumn));
        }

        private static void requireWithin(String sides, Dim from, Dim to, Dim all) {
            boolean bad = (from.isFixed() && from.offset() < 0)
                    || (from.isFixed() && to.isFixed() && to.offset() <= from.offset())
                    || (to.isFixed() && all.isFixed() && to.offset() > all.offset());
            if (bad) {
                throw new ShapeException(
                        sides + " " + from + " to " + to + " of " + all + " " + sides,
                        "a slice starts at 0 or later, holds at least one of them, and ends at " + all + " at most");
            }
        }

        @Override
        public Strides strides(int rows, int columns) {
            return new Strides(fromRow.offset() * columns + fromColumn.offset(), columns, 1);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Shape x = inputs.get(0).shape();
            Pad pad = new Pad(
                    fromRow, x.rows().minus(toRow), fromColumn, x.columns().minus(toColumn), 0);
            return List.of(Node.apply(pad, dy));
        }

        @Override
        public Op bind(Sizes sizes) {
            return new Slice(
                    fromRow.boundOffset(sizes),
                    toRow.boundOffset(sizes),
                    fromColumn.boundOffset(sizes),
                    toColumn.boundOffset(sizes));
        }
    }

    /**
     * A border of one number.
     *
     * @param top rows above
     * @param bottom rows below
     * @param left columns to the left
     * @param right columns to the right
     * @param value the number
     */
    public record Pad(Dim top, Dim bottom, Dim left, Dim right, double value) implements Kernel {
        /**
         * Refuses null.
         *
         * @param top rows above
         * @param bottom rows below
         * @param left columns to the left
         * @param right columns to the right
         * @param value the number
         */
        public Pad {
            Require.given(top, "pad: the rows above");
            Require.given(bottom, "pad: the rows below");
            Require.given(left, "pad: the columns to the left");
            Require.given(right, "pad: the columns to the right");
        }

        @Override
        public String name() {
            return "pad";
        }

        @Override
        public String label() {
            String borders = "pad(" + top + ", " + bottom + ", " + left + ", " + right;
            return value == 0 ? borders + ")" : borders + ", " + Labels.number(value) + ")";
        }

        @Override
        public Over apart(int operand, Over lanes) {
            List<Dim> borders = lanes == Over.EACH_ROW ? List.of(top, bottom) : List.of(left, right);
            return borders.equals(List.of(Dim.offset(0), Dim.offset(0))) ? lanes : Over.ALL;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Shape x = Operands.only(inputs);
            for (Dim border : List.of(top, bottom, left, right)) {
                if (border.isFixed() && border.offset() < 0) {
                    throw new ShapeException(
                            "a border of " + border, "a border must be at least 0 wide; use slice to crop");
                }
            }
            return Shape.of(
                    top.plus(x.rows()).plus(bottom), left.plus(x.columns()).plus(right));
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj x = inputs.get(0);
            Arrays.fill(out.data, 0, out.getNumElements(), value);
            copyBlock(x, out, top.offset(), left.offset());
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Shape x = inputs.get(0).shape();
            return List.of(Node.apply(new Slice(top, top.plus(x.rows()), left, left.plus(x.columns())), dy));
        }

        @Override
        public Op bind(Sizes sizes) {
            return new Pad(
                    top.boundOffset(sizes),
                    bottom.boundOffset(sizes),
                    left.boundOffset(sizes),
                    right.boundOffset(sizes),
                    value);
        }
    }

    /**
     * Matrices put together.
     *
     * @param below whether each is put below the one before, instead of to the right of it
     */
    record Concat(boolean below) implements Kernel {
        @Override
        public String name() {
            return below ? "concatRows" : "concatColumns";
        }

        @Override
        public int copiedOperands() {
            return Integer.MAX_VALUE;
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return lanes == (below ? Over.EACH_COLUMN : Over.EACH_ROW) ? lanes : Over.ALL;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            if (inputs.isEmpty()) {
                throw new ShapeException("no matrices to concatenate", "give at least one node");
            }
            Dim total = Dim.offset(0);
            Dim across = across(inputs.get(0));
            for (Shape shape : inputs) {
                if (!across(shape).equals(across)) {
                    throw new ShapeException(
                            inputs.get(0) + " and " + shape + " differ in their number of "
                                    + (below ? "columns" : "rows"),
                            below ? "concatColumns puts them side by side" : "concatRows puts them below each other");
                }
                total = total.plus(along(shape));
            }
            return below ? Shape.of(total, across) : Shape.of(across, total);
        }

        private Dim along(Shape shape) {
            return below ? shape.rows() : shape.columns();
        }

        private Dim across(Shape shape) {
            return below ? shape.columns() : shape.rows();
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            int at = 0;
            for (DMatrixRMaj x : inputs) {
                copyBlock(x, out, below ? at : 0, below ? 0 : at);
                at += below ? x.numRows : x.numCols;
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            List<Node> parts = new ArrayList<>();
            Dim zero = Dim.offset(0);
            Dim from = zero;
            for (Node input : inputs) {
                Dim to = from.plus(along(input.shape()));
                Dim side = across(input.shape());
                parts.add(Node.apply(below ? new Slice(from, to, zero, side) : new Slice(zero, side, from, to), dy));
                from = to;
            }
            return parts;
        }
    }

    /**
     * The whole matrix several times.
     *
     * @param down how many times below each other
     * @param across how many times side by side
     */
    record Repeat(int down, int across) implements Kernel {
        @Override
        public String name() {
            return "repeat";
        }

        @Override
        public String label() {
            return "repeat(" + down + ", " + across + ")";
        }

        @Override
        public int copiedOperands() {
            return 1;
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return lanes;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Shape x = Operands.only(inputs);
            if (down < 1 || across < 1) {
                throw new ShapeException(
                        down + " times down and " + across + " times across", "give at least 1 in both directions");
            }
            return Shape.of(x.rows().times(Dim.of(down)), x.columns().times(Dim.of(across)));
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj x = inputs.get(0);
            for (int i = 0; i < down; i++) {
                for (int j = 0; j < across; j++) {
                    copyBlock(x, out, i * x.numRows, j * x.numCols);
                }
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(new SumRepeats(down, across, inputs.get(0).shape()), dy));
        }
    }

    /**
     * The adjoint of {@link Repeat}: the sum of all repetitions.
     *
     * @param down how many there are below each other
     * @param across how many there are side by side
     * @param target the shape of one of them
     */
    record SumRepeats(int down, int across, Shape target) implements Kernel {
        private static final int MOST_WRITTEN = 12;

        @Override
        public String name() {
            return "sumRepeats";
        }

        @Override
        public String label() {
            return "sumRepeats(" + down + ", " + across + ")";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Shape repeated = new Repeat(down, across).shape(List.of(target));
            if (!Operands.only(inputs).equals(repeated)) {
                throw new ShapeException(inputs.get(0) + " is no repeated " + target, "it must be exactly " + repeated);
            }
            return target;
        }

        /** The sum of the repetitions, if there are few and their places are known. */
        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            if (!target.isFixed() || down * across > MOST_WRITTEN) {
                return Optional.empty();
            }
            int rows = target.rows().size();
            int columns = target.columns().size();
            Node sum = null;
            for (int k = 0; k < down * across; k++) {
                int top = k / across * rows;
                int left = k % across * columns;
                Node part = Layout.slice(inputs.get(0), top, top + rows, left, left + columns);
                sum = sum == null ? part : sum.plus(part);
            }
            return Optional.ofNullable(sum);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj x = inputs.get(0);
            for (int i = 0; i < out.numRows; i++) {
                for (int j = 0; j < out.numCols; j++) {
                    out.data[i * out.numCols + j] = total(x, i, j, out.numRows, out.numCols);
                }
            }
        }

        private double total(DMatrixRMaj x, int row, int column, int rows, int columns) {
            double total = x.data[row * x.numCols + column];
            for (int k = 1; k < down * across; k++) {
                int i = row + k / across * rows;
                int j = column + k % across * columns;
                total += x.data[i * x.numCols + j];
            }
            return total;
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(new Repeat(down, across), dy));
        }

        @Override
        public Op bind(Sizes sizes) {
            return new SumRepeats(down, across, target.bind(sizes));
        }
    }

    private static void copyBlock(DMatrixRMaj from, DMatrixRMaj to, int row, int column) {
        int n = from.numCols;
        for (int i = 0; i < from.numRows; i++) {
            System.arraycopy(from.data, i * n, to.data, (row + i) * to.numCols + column, n);
        }
    }
}
