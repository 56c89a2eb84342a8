package org.gradgraph.rewrite;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final class Key {
        private final Op op;
        private final int[] operands;
        private final int hash;

        Key(Op op, int[] operands) {
            this.op = op;
            this.operands = operands;
            this.hash = 31 * (31 * op.getClass().hashCode() + op.hashCode()) + Arrays.hashCode(operands);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && hash == that.hash
                    && Arrays.equals(operands, that.operands)
                    && op.equals(that.op);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final Map<Key, Standing> byComputation = new HashMap<>();
    private final Standing.Book book;
    private int count;

    SharedNodes(Standing.Book book) {
        this.book = book;
    }

    /**
     * The node that stands for this computation.
     *
     * @param entry the node in question; it stands for itself if it is the first of its kind and has these operands
     * @param operands what its operands became
     * @param given the node of the user's graph to which it belongs
     */
    Standing share(Standing entry, Standing[] operands, Node given) {
        if (entry.hasNumber()) {
            return entry;
        }
        Node node = entry.node;
        Op op = node.op().orElse(null);
        if (op == null) {
            entry.number = count++;
            return entry;
        }
        Key key = key(op, operands);
        Standing known = byComputation.get(key);
        if (known == null) {
            boolean same = areOperands(operands, node) && node.source().equals(given.source());
            known = same ? entry : book.of(node.copy(nodes(operands), node, given));
            byComputation.put(key, known);
            known.number = count++;
        }
        return known;
    }

    /** Makes a node stand for every computation that is equal to another one. */
    void letStandFor(Standing standIn, Op op, Standing[] operands) {
        if (!standIn.hasNumber()) {
            standIn.number = count++;
        }
        byComputation.put(key(op, operands), standIn);
    }

    private static Key key(Op op, Standing[] operands) {
        int[] places = new int[operands.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = operands[i].number;
        }
        if (op == ArithmeticOps.ADD || op == ArithmeticOps.MULTIPLY) {
            Arrays.sort(places);
        }
        return new Key(op, places);
    }

    private static List<Node> nodes(Standing[] entries) {
        Node[] nodes = new Node[entries.length];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = entries[i].node;
        }
        return List.of(nodes);
    }

    private static boolean areOperands(Standing[] entries, Node node) {
        List<Node> inputs = node.inputs();
        for (int i = 0; i < entries.length; i++) {
            if (!entries[i].node.equals(inputs.get(i))) {
                return false;
            }
        }
        return true;
    }
}
