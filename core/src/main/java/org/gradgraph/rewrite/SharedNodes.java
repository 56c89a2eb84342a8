package org.gradgraph.rewrite;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * One node for each computation: equal operations on the same nodes are the same node.
 *
 * <p>Nodes are numbered as they come, so that nothing depends on hashing. The operands of a sum or a product may come in
 * any order.
 */
final class SharedNodes {
    /** The first entry of each computation, and its hash, in the order in which they came. */
    private Standing[] computations = new Standing[64];

    private int[] hashes = new int[computations.length];
    private int filled;

    /** Open addressing, at most half full: the place of a computation plus one, or 0. */
    private int[] table = new int[2 * computations.length];

    /** What an abbreviation stands for; the other entries are computations themselves. */
    private final IdentityHashMap<Standing, Standing> abbreviations = new IdentityHashMap<>();

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
        int hash = hash(op, operands);
        int slot = slot(hash, op, operands);
        Standing known = at(slot);
        if (known == null) {
            boolean same = areOperands(operands, node) && node.source().equals(given.source());
            known = same ? entry : book.enter(Provenance.copy(node, nodes(operands), node, given), operands);
            known.number = count++;
            enter(slot, hash, known);
        }
        return abbreviations.isEmpty() ? known : abbreviations.getOrDefault(known, known);
    }

    /** Makes a symbol stand for a computation wherever it occurs. */
    void letStandFor(Standing symbol, Node node, Op op, Standing[] operands) {
        if (!symbol.hasNumber()) {
            symbol.number = count++;
        }
        int hash = hash(op, operands);
        int slot = slot(hash, op, operands);
        Standing computation = at(slot);
        if (computation == null) {
            computation = book.enter(Provenance.copy(node, nodes(operands), node, node), operands);
            enter(slot, hash, computation);
        }
        abbreviations.put(computation, symbol);
    }

    private @Nullable Standing at(int slot) {
        return table[slot] == 0 ? null : computations[table[slot] - 1];
    }

    /** Where a computation is in the table, or the free slot where it belongs. */
    private int slot(int hash, Op op, Standing[] operands) {
        int mask = table.length - 1;
        int slot = hash & mask;
        for (int place = table[slot]; place != 0; place = table[slot]) {
            if (hashes[place - 1] == hash && isSame(computations[place - 1], op, operands)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void enter(int slot, int hash, Standing computation) {
        computations[filled] = computation;
        hashes[filled] = hash;
        table[slot] = ++filled;
        if (filled == computations.length) {
            computations = Arrays.copyOf(computations, 2 * filled);
            hashes = Arrays.copyOf(hashes, 2 * filled);
            table = new int[4 * filled];
            int mask = table.length - 1;
            for (int place = 0; place < filled; place++) {
                int free = hashes[place] & mask;
                while (table[free] != 0) {
                    free = (free + 1) & mask;
                }
                table[free] = place + 1;
            }
        }
    }

    /**
     * The sum of the operands' hashes: they may come in any order. Each depends on every bit of a number, because those of a
     * value and of its cotangent have the same sum all along a chain.
     */
    private static int hash(Op op, Standing[] operands) {
        int hash = (31 * op.getClass().hashCode() + op.hashCode()) * 0x85EBCA6B;
        for (Standing operand : operands) {
            int mixed = (operand.number ^ (operand.number >>> 16)) * 0x7FEB352D;
            mixed = (mixed ^ (mixed >>> 15)) * 0x846CA68B;
            hash += mixed ^ (mixed >>> 16);
        }
        return hash ^ (hash >>> 15);
    }

    private boolean isSame(Standing there, Op op, Standing[] operands) {
        Standing[] others = book.operands(there);
        if (others.length != operands.length || !op.equals(there.node.op().orElseThrow())) {
            return false;
        }
        if (op == Arithmetic.ADD || op == Arithmetic.MULTIPLY) {
            return (others[0] == operands[0] && others[1] == operands[1])
                    || (others[0] == operands[1] && others[1] == operands[0]);
        }
        return Arrays.equals(others, operands);
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
