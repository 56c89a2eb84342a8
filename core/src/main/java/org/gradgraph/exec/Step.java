package org.gradgraph.exec;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.FormulaKernel;
import org.gradgraph.graph.Op;

/** One operation bound to its buffers. */
interface Step {
    void run();

    /** Elementwise operations get a kernel with scratch memory of its own, so that running allocates nothing. */
    static Step of(Op op, List<DMatrixRMaj> inputs, DMatrixRMaj out) {
        if (op instanceof Elementwise elementwise) {
            FormulaKernel kernel = new FormulaKernel(elementwise.formula(), out.getNumElements());
            return () -> kernel.run(inputs, out);
        }
        return () -> op.forward(inputs, out);
    }
}
