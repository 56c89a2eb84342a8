package org.gradgraph.exec;

import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.FormulaKernel;
import org.gradgraph.graph.Op;

/** One operation bound to its buffers. */
interface Step {
    void run();

    /**
     * An operation as a step.
     *
     * <p>Elementwise operations have a kernel with scratch memory, so that running allocates nothing. Equal operations of
     * a plan share one: steps run one after the other.
     */
    static Step of(Op op, List<DMatrixRMaj> inputs, DMatrixRMaj out, Map<Op, FormulaKernel> kernels) {
        if (op instanceof Elementwise elementwise) {
            FormulaKernel kernel =
                    kernels.computeIfAbsent(op, first -> new FormulaKernel(elementwise.formula(), Integer.MAX_VALUE));
            return () -> kernel.run(inputs, out);
        }
        return () -> op.forward(inputs, out);
    }
}
