package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;

/** One operation, run through a program. */
public final class Forward {
    private Forward() {}

    public static void run(Op op, List<DMatrixRMaj> inputs, DMatrixRMaj out) {
        List<Node> leaves = new ArrayList<>();
        for (DMatrixRMaj input : inputs) {
            leaves.add(Node.input("x" + leaves.size(), input.numRows, input.numCols));
        }
        Node y = Node.apply(op, leaves);
        Run run = Program.of(y)
                .rewrite(Rewriting.OFF)
                .newRun(Execution.standard().withPortableKernels().withoutFusion());
        for (int i = 0; i < leaves.size(); i++) {
            run.set(leaves.get(i), inputs.get(i));
        }
        DMatrixRMaj value = run.forward().value(y);
        System.arraycopy(value.data, 0, out.data, 0, value.getNumElements());
    }
}
