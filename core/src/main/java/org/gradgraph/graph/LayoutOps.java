package org.gradgraph.graph;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

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
    public record Transpose() implements Op {
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
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            CommonOps_DDRM.transpose(inputs.get(0), out);
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
    public record Broadcast(Shape target) implements Op {
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
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj x = inputs.get(0);
            for (int i = 0; i < out.numRows; i++) {
                int from = x.numRows == 1 ? 0 : i * x.numCols;
                int to = i * out.numCols;
                if (x.numCols == 1) {
                    Arrays.fill(out.data, to, to + out.numCols, x.data[from]);
                } else {
                    System.arraycopy(x.data, from, out.data, to, out.numCols);
                }
            }
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
    public record Reshape(Shape target) implements Op {
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
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            System.arraycopy(inputs.get(0).data, 0, out.data, 0, out.getNumElements());
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
    public record Flip(boolean rows, boolean columns) implements Op {
        @Override
        public String name() {
            return rows && columns ? "flip" : rows ? "flipRows" : "flipColumns";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj x = inputs.get(0);
            int n = x.numCols;
            for (int i = 0; i < x.numRows; i++) {
                int from = (rows ? x.numRows - 1 - i : i) * n;
                for (int j = 0; j < n; j++) {
                    out.data[i * n + j] = x.data[from + (columns ? n - 1 - j : j)];
                }
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(this, dy));
        }
    }
}
