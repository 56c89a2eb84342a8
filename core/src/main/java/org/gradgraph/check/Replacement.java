package org.gradgraph.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Op.GradientFlow;
import org.gradgraph.graph.Provenance;

/**
 * The cost in a form whose differences mean what its gradient means.
 *
 * <p>A {@code stopGradient} of the user becomes an input with its value at the point. An inner node that the gradient is
 * taken with respect to gets an added input that is 0 at the point, so that it can be moved.
 */
final class Replacement {
    private final Node cost;
    private final Map<Node, DMatrixRMaj> point;
    private final Map<Node, Node> leafOf = new HashMap<>();

    Replacement(Node original, List<Node> wrt, Map<Node, DMatrixRMaj> given, Values values) {
        this.point = new HashMap<>(given);
        this.cost = Graph.of(original)
                .rebuilt((node, rebuilt) -> {
                    Node copy = isStopped(node) ? input(node, values.of(node)) : rebuilt;
                    return wrt.contains(node) && node.op().isPresent() ? shifted(node, copy, values) : copy;
                })
                .get(0);
    }

    private Node shifted(Node node, Node copy, Values values) {
        DMatrixRMaj value = values.of(node);
        Node shift = input(node, new DMatrixRMaj(value.numRows, value.numCols));
        leafOf.put(node, shift);
        return Arithmetic.add(copy, shift);
    }

    /** Not in a vjp: there it would hide a derivative that is missing. */
    static boolean isStopped(Node node) {
        return node.op().map(Op::gradientFlow).orElse(GradientFlow.PASSES) == GradientFlow.STOPPED
                && Provenance.differentiated(node).isEmpty();
    }

    private Node input(Node node, DMatrixRMaj value) {
        Node leaf = Node.input("value of " + node.describe(), node.shape());
        point.put(leaf, value);
        return leaf;
    }

    Node cost() {
        return cost;
    }

    Map<Node, DMatrixRMaj> point() {
        return point;
    }

    /** What to move in order to move a node. */
    Node leafFor(Node node) {
        return leafOf.getOrDefault(node, node);
    }
}
