package org.gradgraph.graph;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * An operation with code of its own, such as a decomposition.
 *
 * <p>Programs cannot look into it: it is a step of its own, which is not fused and runs on one thread.
 *
 * <pre>{@code
 * record Trace() implements Kernel {
 *     public String name() { return "trace"; }
 *     public Shape shape(List<Shape> inputs) { return Shape.SCALAR; }
 *     public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
 *         out.set(0, CommonOps_DDRM.trace(inputs.get(0)));
 *     }
 *     public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
 *         int n = inputs.get(0).shape().rows().size();
 *         return List.of(LinearAlgebra.diagonalMatrix(dy.broadcastTo(Shape.of(n, 1))));
 *     }
 * }
 * }</pre>
 */
public non-sealed interface Kernel extends Op {
    /**
     * Computes the value.
     *
     * @param inputs the values of the operands, not modified; their arrays may be longer than rows·columns
     * @param out the result, already of the right size and never one of the inputs; every element is overwritten
     */
    void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out);

    /**
     * {@return how many of the operands, counted from the first one, it takes its elements from, without a change; 0 if it computes them}
     *
     * <p>A function of each element may be applied to these operands instead of the result.
     */
    default int copiedOperands() {
        return 0;
    }
}
