package org.gradgraph.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Nodes and the order in which they came: a hash table by identity without an object for each entry.
 *
 * <p>Graphs of a million nodes are indexed several times on the way to a program, so this is the difference between
 * seconds and tenths. The table holds numbers, because a large table of references is work for the garbage collector.
 */
final class NodeIndex {
    private Node[] nodes = new Node[16];
    private int size;

    /** Open addressing, at most half full: the place in {@link #nodes} plus one, or 0. */
    private int[] table = new int[2 * nodes.length];

    /** The place of a node, or −1. */
    int find(Node node) {
        return table[slot(node)] - 1;
    }

    /** Appends a node that is not there yet, and returns its place. */
    int add(Node node) {
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * size);
            table = new int[2 * nodes.length];
            for (int place = 0; place < size; place++) {
                table[slot(nodes[place])] = place + 1;
            }
        }
        nodes[size] = node;
        table[slot(node)] = ++size;
        return size - 1;
    }

    /** Where the node is, or the free slot where it belongs; nodes keep the identity's hash. */
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

    /** The nodes in order, when all have come. */
    List<Node> nodes() {
        nodes = Arrays.copyOf(nodes, size);
        return Collections.unmodifiableList(Arrays.asList(nodes));
    }
}
