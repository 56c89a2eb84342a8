package org.gradgraph.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.View;
import org.jspecify.annotations.Nullable;

/** What only moves, repeats or selects elements of one node: views, rows that are looked up, repetitions. */
final class Copies {
    private Copies() {}

    /** The same on another first operand, or null if the node is no such copy. */
    static @Nullable UnaryOperator<Node> of(Match match, @Nullable Node node) {
        if (node == null || match.rewriter().isWhole(node)) {
            return null;
        }
        Op op = node.op().orElse(null);
        if (op instanceof View || (op instanceof Kernel kernel && kernel.copiedOperands() == 1)) {
            return other -> {
                List<Node> operands = new ArrayList<>(node.inputs());
                operands.set(0, other);
                return Node.apply(op, operands);
            };
        }
        return null;
    }

    /** Whether a node puts several others together. */
    static boolean isJoin(Match match, Node node) {
        return !match.rewriter().isWhole(node)
                && node.op().orElse(null) instanceof Kernel kernel
                && kernel.copiedOperands() > 1;
    }
}
