package org.gradgraph.exec;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Op;

/** An operation that runs by its own kernel. */
record OpStep(Op op, List<DMatrixRMaj> inputs, DMatrixRMaj out) implements Step {
    @Override
    public void run() {
        op.forward(inputs, out);
    }

    @Override
    public String describe() {
        return op.label() + ", its own kernel";
    }
}
