package org.gradgraph.rewrite;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.gradgraph.graph.Node;
import org.jspecify.annotations.Nullable;

/** What a rewriter knows of each node, in one entry that is looked up once. */
final class Standing {
    /** All entries of a rewriter. */
    static final class Book {
        private Node[] nodes = new Node[64];
        private Standing[] entries = new Standing[nodes.length];
        private int size;

        /** Open addressing by identity, at most half full: the place of a node and its entry plus one, or 0. */
        private int[] table = new int[2 * nodes.length];

        Standing of(Node node) {
            int slot = slot(node);
            if (table[slot] != 0) {
                return entries[table[slot] - 1];
            }
            if (size == nodes.length) {
                grow();
                slot = slot(node);
            }
            Standing entry = new Standing(node);
            nodes[size] = node;
            entries[size] = entry;
            table[slot] = ++size;
            return entry;
        }

        private void grow() {
            nodes = Arrays.copyOf(nodes, 2 * size);
            entries = Arrays.copyOf(entries, 2 * size);
            table = new int[2 * nodes.length];
            for (int place = 0; place < size; place++) {
                table[slot(nodes[place])] = place + 1;
            }
        }

        /** Where the entry of a node is, or the free slot where it belongs. */
        @SuppressWarnings("ReferenceEquality") // what the table is for
        private int slot(Node node) {
            int mask = table.length - 1;
            int mixed = System.identityHashCode(node) * 0x9E3779B9;
            int slot = (mixed ^ (mixed >>> 15)) & mask;
            while (table[slot] != 0 && nodes[table[slot] - 1] != node) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        /** A node that was just made, with the entries of its operands. */
        Standing enter(Node node, Standing[] operands) {
            Standing entry = of(node);
            entry.operands = operands;
            return entry;
        }

        @Nullable
        Standing find(Node node) {
            int slot = slot(node);
            return table[slot] == 0 ? null : entries[table[slot] - 1];
        }

        /** The entries of the operands of a node, looked up once. */
        Standing[] operands(Standing entry) {
            Standing[] known = entry.operands;
            if (known == null) {
                List<Node> inputs = entry.node.inputs();
                known = new Standing[inputs.size()];
                for (int i = 0; i < known.length; i++) {
                    known[i] = of(inputs.get(i));
                }
                entry.operands = known;
            }
            return known;
        }

        /** What the operands of a node became, not to be modified. */
        Standing[] results(Standing entry) {
            Standing[] operands = operands(entry);
            Standing[] results = operands;
            for (int i = 0; i < results.length; i++) {
                Standing result = Objects.requireNonNull(operands[i].result);
                if (result != operands[i]) {
                    results = results == operands ? operands.clone() : results;
                    results[i] = result;
                }
            }
            return results;
        }
    }

    private static final int NONE = -1;

    final Node node;

    /** The entries of its operands, once they were asked for. */
    private Standing @Nullable [] operands;

    /** What the node became, once that is known. */
    @Nullable
    Standing result;

    /** What takes its place, until that is rewritten itself. */
    @Nullable
    Standing replacedBy;

    /** Its place in the order in which computations came, if it stands for one. */
    int number = NONE;

    boolean lookedThrough;

    /** Whether rules must not look below it. */
    boolean isWhole;

    private Standing(Node node) {
        this.node = node;
    }

    boolean hasNumber() {
        return number != NONE;
    }

    boolean isBeingReplaced() {
        return replacedBy != null && result == null;
    }
}
