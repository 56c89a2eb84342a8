package org.gradgraph.examples.operation;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;

/** The sum of the diagonal of a square matrix, by EJML. */
public record Trace() implements Kernel {

    /** The node; its derivative is the identity matrix. */
    public static Node of(Node x) {
        return Node.apply(new Trace(), x);
    }

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        if (inputs.size() != 1 || !inputs.get(0).rows().equals(inputs.get(0).columns())) {
            throw new ShapeException("the trace of " + inputs + " does not exist", "give one square matrix");
        }
        return Shape.SCALAR;
    }

    @Override
    public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
        out.set(0, CommonOps_DDRM.trace(inputs.get(0)));
    }

    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        Shape column = Shape.of(inputs.get(0).shape().rows(), Shape.SCALAR.columns());
        return List.of(LinearAlgebra.diagonalMatrix(dy.broadcastTo(column)));
    }
}
