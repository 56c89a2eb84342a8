package org.gradgraph.check;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/** What is checked: something that makes gradients; tests put broken ones here. */
@FunctionalInterface
interface Differentiation {
    /** The gradient of a 1×1 node by several nodes. */
    List<Node> gradient(Node output, List<Node> wrt);

    /**
     * The gradient by one node that is compared with differences.
     *
     * @param node the node
     * @param run a usual run of the output with its gradients, after both passes
     * @param composed the value of the gradient's graph, without rewriting
     */
    default DMatrixRMaj value(Node node, Run run, DMatrixRMaj composed) {
        return composed;
    }

    /** Reverse mode, and the gradients that a program gives to its user: rewritten and fused. */
    static Differentiation usual() {
        return new Differentiation() {
            @Override
            public List<Node> gradient(Node output, List<Node> wrt) {
                return Derivatives.gradient(output, wrt);
            }

            @Override
            public DMatrixRMaj value(Node node, Run run, DMatrixRMaj composed) {
                return run.gradient(node);
            }
        };
    }
}
