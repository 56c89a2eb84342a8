package org.gradgraph.train;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/** Finds the first node that is not finite, by running the forward pass once more with everything kept. */
final class Culprit {
    private Culprit() {}

    static String of(Program program, Run run) {
        Run whole = Program.of(program.outputs()).keepingAll().newRun();
        List<Node> nodes = program.graph().nodes();
        nodes.stream()
                .filter(node -> node.kind() == Node.Kind.INPUT || node.kind() == Node.Kind.PARAMETER)
                .forEach(leaf -> whole.set(leaf, run.value(leaf)));
        whole.forward();
        for (Node node : nodes) {
            DMatrixRMaj value = whole.value(node);
            for (int k = 0; k < value.getNumElements(); k++) {
                if (!Double.isFinite(value.data[k])) {
                    return node.describe() + ", made at " + node.source() + ", is the first to be " + value.data[k]
                            + ", at (" + k / value.numCols + "," + k % value.numCols + ")";
                }
            }
        }
        return "every value before it is finite";
    }
}
