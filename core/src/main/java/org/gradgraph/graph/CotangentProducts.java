package org.gradgraph.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradgraph.graph.Provenance.StandIn;

/**
 * What a vjp has built, with every product and quotient of the cotangent as one in which a cotangent of 0 stays 0.
 *
 * <p>Rules are so written with the ordinary product, those of users too.
 */
final class CotangentProducts {
    private final Node forward;

    /** What each node of the vjp became; the operands, the output and the cotangent stay as they are. */
    private final Map<Node, Node> became = new HashMap<>();

    /** The nodes that depend on the cotangent. */
    private final Set<Node> moving = new HashSet<>();

    /**
     * For the vjp of one node.
     *
     * @param forward what is differentiated
     * @param dy its cotangent
     */
    CotangentProducts(Node forward, Node dy) {
        this.forward = forward;
        forward.inputs().forEach(input -> became.put(input, input));
        became.put(forward, forward);
        became.put(dy, dy);
        moving.add(dy);
    }

    Node in(Node cotangent) {
        Deque<Node> waiting = new ArrayDeque<>();
        waiting.push(cotangent);
        while (!waiting.isEmpty()) {
            Node node = waiting.peek();
            int before = waiting.size();
            if (!became.containsKey(node) && node.origin() == forward) {
                for (Node input : node.inputs()) {
                    if (!became.containsKey(input)) {
                        waiting.push(input);
                    }
                }
            }
            if (waiting.size() == before) {
                waiting.pop();
                if (!became.containsKey(node)) {
                    became.put(node, node.origin() == forward ? rebuilt(node) : node);
                }
            }
        }
        return became.getOrDefault(cotangent, cotangent);
    }

    private Node rebuilt(Node node) {
        List<Node> inputs = new ArrayList<>(node.inputs().size());
        boolean moves = false;
        for (Node input : node.inputs()) {
            inputs.add(became.getOrDefault(input, input));
            moves |= moving.contains(input);
        }
        if (!moves) {
            return node;
        }
        moving.add(node);
        Op op = node.op().orElseThrow();
        boolean secondMoves =
                inputs.size() == 2 && moving.contains(node.inputs().get(1));
        if (op == Arithmetic.MULTIPLY && secondMoves) {
            boolean bothMove = moving.contains(node.inputs().get(0));
            return masked(node, bothMove ? CotangentOps.BOTH : CotangentOps.TIMES, inputs.get(1), inputs.get(0));
        }
        if (op == Arithmetic.MULTIPLY) {
            return masked(node, CotangentOps.TIMES, inputs.get(0), inputs.get(1));
        }
        if (op == Arithmetic.DIVIDE && !secondMoves) {
            return masked(node, CotangentOps.OVER, inputs.get(0), inputs.get(1));
        }
        if (op == ChoiceOps.MASK && !secondMoves) {
            return masked(node, CotangentOps.BOTH, inputs.get(0), inputs.get(1));
        }
        if (op instanceof Arithmetic.Scale scale
                && !Double.isFinite(scale.factor())
                && !CotangentOps.isNowhereZero(inputs.get(0))) {
            return masked(
                    node,
                    CotangentOps.TIMES,
                    inputs.get(0),
                    Layout.broadcast(Node.constant(scale.factor()), node.shape()));
        }
        return inputs.equals(node.inputs()) ? node : node.copy(inputs, null, forward);
    }

    private Node masked(Node node, Elementwise product, Node dy, Node slope) {
        boolean needsNone = CotangentOps.isNowhereZero(dy) || (product != CotangentOps.OVER && isFinite(slope));
        if (needsNone) {
            List<Node> operands = moving.contains(node.inputs().get(0)) ? List.of(dy, slope) : List.of(slope, dy);
            return operands.equals(node.inputs()) ? node : node.copy(operands, null, forward);
        }
        return Node.apply(product, new StandIn(dy, forward), slope);
    }

    private static boolean isFinite(Node slope) {
        Op op = CotangentOps.source(slope).op().orElse(null);
        return op instanceof ChoiceOps.CompareNumber || (op instanceof Constant constant && constant.isFinite());
    }
}
