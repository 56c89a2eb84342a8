package org.gradgraph.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and the order in which they came: a hash table by identity without an object for each entry.
 *
 * <p>Graphs of a million nodes are indexed several times on the way to a program, so this is the difference between
 * seconds and tenths.
 */
final class NodeIndex {
    private Node[] nodes = new Node[8];
    private int size;

    /** Open addressing, at most half full; a place in {@link #nodes} for each key. */
    private @Nullable Node[] keys = new Node[32];

    private int[] places = new int[32];

    /** The place of a node, or −1. */
    int find(Node node) {
        int slot = slot(node);
        return keys[slot] == null ? -1 : places[slot];
    }

    /** Appends a node that is not there yet, and returns its place. */
    int add(Node node) {
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * size);
        }
        nodes[size] = node;
        if (2 * size >= keys.length) {
            keys = new Node[2 * keys.length];
            places = new int[keys.length];
            for (int place = 0; place < size; place++) {
                enter(place);
            }
        }
        enter(size);
        return size++;
    }

    private void enter(int place) {
        int slot = slot(nodes[place]);
        keys[slot] = nodes[place];
        places[slot] = place;
    }

    /** Where the node is, or the free slot where it belongs; nodes keep the identity's hash. */
    @SuppressWarnings("ReferenceEquality") // what the table is for
    private int slot(Node node) {
        int mask = keys.length - 1;
        int mixed = System.identityHashCode(node) * 0x9E3779B9;
        int slot = (mixed ^ (mixed >>> 15)) & mask;
        while (keys[slot] != null && keys[slot] != node) {
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
