package org.gradgraph.graphviz;

import java.util.BitSet;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;

/** Some nodes of a graph. */
final class Selection {
    private final BitSet members;

    private Selection(BitSet members) {
        this.members = members;
    }

    static Selection all(Graph graph) {
        BitSet all = new BitSet();
        all.set(0, graph.nodes().size());
        return new Selection(all);
    }

    /** What depends on the first node and is needed for the second one. */
    static Selection between(Graph graph, Node from, Node to) {
        BitSet after = new BitSet();
        int start = graph.indexOf(from);
        int end = graph.indexOf(to);
        after.set(start);
        for (int i = start + 1; i <= end; i++) {
            for (Node input : graph.nodes().get(i).inputs()) {
                if (after.get(graph.indexOf(input))) {
                    after.set(i);
                }
            }
        }
        if (!after.get(end)) {
            throw new IllegalArgumentException("no way leads from " + from.describe() + " to " + to.describe()
                    + "; name the earlier node first, and one that depends on it second");
        }
        Graph before = Graph.of(to);
        for (int i = after.nextSetBit(0); i >= 0; i = after.nextSetBit(i + 1)) {
            after.set(i, before.contains(graph.nodes().get(i)));
        }
        return new Selection(after);
    }

    /** One ring of neighbours after the other. */
    static Selection around(Graph graph, Node node, int steps) {
        BitSet members = new BitSet();
        members.set(graph.indexOf(node));
        BitSet before = new BitSet();
        for (int step = 0; step < steps && !members.equals(before); step++) {
            before = (BitSet) members.clone();
            for (int i = 0; i < graph.nodes().size(); i++) {
                for (Node input : graph.nodes().get(i).inputs()) {
                    int k = graph.indexOf(input);
                    if (before.get(i)) {
                        members.set(k);
                    }
                    if (before.get(k)) {
                        members.set(i);
                    }
                }
            }
        }
        return new Selection(members);
    }

    Selection and(Selection other) {
        BitSet both = (BitSet) members.clone();
        both.and(other.members);
        return new Selection(both);
    }

    boolean contains(int node) {
        return members.get(node);
    }
}
