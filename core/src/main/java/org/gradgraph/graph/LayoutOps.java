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
}
