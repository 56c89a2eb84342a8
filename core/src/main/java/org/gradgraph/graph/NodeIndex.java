package org.gradgraph.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Nodes and the order in which they came: a hash table by identity without an object for each entry.
 *
 * <p>Graphs of a million nodes are indexed many times on the way to a program, so this is the difference between seconds
 * and tenths.
 */
final class NodeIndex {
    private Node[] nodes = new Node[8];
    private int size;

    /** Open addressing, at most half full: a place in {@link #nodes} plus one, or 0. */
    private int[] table = new int[32];

    /** The place of a node, or −1. */
    int find(Node node) {
        int mask = table.length - 1;
        int slot = slot(node, mask);
        while (table[slot] != 0) {
            int place = table[slot] - 1;
            if (nodes[place] == node) {
                return place;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /** Appends a node that is not there yet. */
    void add(Node node) {
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * size);
        }
        nodes[size++] = node;
        if (2 * size > table.length) {
            table = new int[2 * table.length];
            for (int place = 0; place < size; place++) {
                enter(place);
            }
        } else {
            enter(size - 1);
        }
    }

    private void enter(int place) {
        int mask = table.length - 1;
        int slot = slot(nodes[place], mask);
        while (table[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        table[slot] = place + 1;
    }

    /** Nodes keep the identity's hash: their equality is that of the object. */
    private static int slot(Node node, int mask) {
        int mixed = System.identityHashCode(node) * 0x9E3779B9;
        return (mixed ^ (mixed >>> 15)) & mask;
    }

    /** The nodes in order, when all have come. */
    List<Node> nodes() {
        nodes = Arrays.copyOf(nodes, size);
        return Collections.unmodifiableList(Arrays.asList(nodes));
    }
}
