package org.gradgraph.rewrite;

import static org.gradgraph.graph.Arithmetic.NEGATE;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.gradgraph.graph.Arithmetic.AddScalar;
import org.gradgraph.graph.Arithmetic.Scale;
import org.gradgraph.graph.Layout.Broadcast;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;

/**
 * How long the formula of a node is when it is written out.
 *
 * <p>An algebra rule is used only where this becomes smaller, so it cannot go on for ever.
 */
final class FormulaCost {
    private static final long LARGEST = Long.MAX_VALUE / 8;

    private final IdentityHashMap<Node, Long> known = new IdentityHashMap<>();

    /** The length; very long formulas are all the same. */
    long of(Node root) {
        Deque<Node> waiting = new ArrayDeque<>();
        waiting.push(root);
        while (!waiting.isEmpty()) {
            Node node = waiting.peek();
            List<Node> missing = known.containsKey(node)
                    ? List.of()
                    : node.inputs().stream()
                            .filter(input -> !known.containsKey(input))
                            .toList();
            if (missing.isEmpty()) {
                waiting.pop();
                known.computeIfAbsent(node, this::compute);
            } else {
                missing.forEach(waiting::push);
            }
        }
        return known.getOrDefault(root, LARGEST);
    }

    private long compute(Node node) {
        long total = own(node);
        for (Node input : node.inputs()) {
            total = Math.min(LARGEST, total + known.getOrDefault(input, LARGEST));
        }
        return total;
    }

    /** A repetition is not written; an added number needs a sign, which {@code 1 − x} shares. */
    private static long own(Node node) {
        Op op = node.op().orElse(null);
        if (op instanceof Broadcast) {
            return 0;
        }
        if (op instanceof AddScalar sum && sum.number() > 0) {
            return node.inputs().get(0).op().orElse(null) == NEGATE ? 1 : 2;
        }
        return op instanceof Scale || op instanceof AddScalar ? 2 : 1;
    }
}
