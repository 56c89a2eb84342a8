package org.gradgraph.rewrite;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gradgraph.graph.ArithmeticOps;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;

/**
 * One node for each computation: equal operations on the same nodes are the same node.
 *
 * <p>Nodes are numbered as they come, so that nothing depends on hashing. The operands of a sum or a product may come in
 * any order.
 */
final class SharedNodes {
    /** An operation and the numbers of its operands. */
    private record Key(Op op, List<Integer> operands) {}

    private final Map<Key, Node> byComputation = new HashMap<>();
    private final IdentityHashMap<Node, Integer> numbers = new IdentityHashMap<>();

    /**
     * The node that stands for this computation.
     *
     * @param node the node in question; it stands for itself if it is the first of its kind and has these operands
     * @param operands nodes that stand for its operands
     * @param given the node of the user's graph to which it belongs
     */
    Node share(Node node, List<Node> operands, Node given) {
        if (numbers.containsKey(node)) {
            return node;
        }
        Op op = node.op().orElse(null);
        if (op == null) {
            numbers.put(node, numbers.size());
            return node;
        }
        Key key = key(op, operands);
        Node known = byComputation.get(key);
        if (known == null) {
            boolean same = sameNodes(node.inputs(), operands) && node.source().equals(given.source());
            known = same ? node : node.copy(operands, node, given);
            byComputation.put(key, known);
            numbers.put(known, numbers.size());
        }
        return known;
    }

    /** Makes a node stand for every computation that is equal to another one. */
    void letStandFor(Node standIn, Op op, List<Node> operands) {
        numbers.putIfAbsent(standIn, numbers.size());
        byComputation.put(key(op, operands), standIn);
    }

    /** The place of a node in the order in which nodes came. */
    int number(Node node) {
        return Objects.requireNonNull(numbers.get(node));
    }

    private Key key(Op op, List<Node> operands) {
        Integer[] places = operands.stream().map(numbers::get).toArray(Integer[]::new);
        if (op instanceof ArithmeticOps.Add || op instanceof ArithmeticOps.Multiply) {
            Arrays.sort(places);
        }
        return new Key(op, List.of(places));
    }

    private static boolean sameNodes(List<Node> some, List<Node> others) {
        for (int i = 0; i < some.size(); i++) {
            if (!some.get(i).equals(others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
