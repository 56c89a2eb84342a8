package org.gradgraph.diff;

import java.util.List;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;

/** Builds the gradient of a graph of a million nodes; run by {@link HugeGraphTest} in a virtual machine of its own. */
final class HugeGraph {
    static final int NODES = 1_000_000;

    private HugeGraph() {}

    /** Prints how many nodes the graph has, and how many gradients; the argument says which model is built. */
    public static void main(String[] arguments) {
        Node w = Node.parameter("w", 2, 1);
        Node b = Node.parameter("b", 2, 1);
        Node cost = arguments[0].equals("chain") ? chain(w, NODES / 2) : network(w, b, NODES / 3 + 1);
        List<Node> gradients = Derivatives.gradient(cost, List.of(w, b));
        System.out.println(Graph.of(cost).nodes().size() + " " + gradients.size());
    }

    /** A chain of units {@code relu(s·w + b)}, three nodes each. */
    static Node network(Node w, Node b, int units) {
        Node s = w;
        for (int i = 0; i < units; i++) {
            s = Activations.relu(Arithmetic.add(Arithmetic.multiply(s, w), b));
        }
        return s.sum();
    }

    /** A chain of {@code tanh(s)·w}, whose gradient is the largest one here: seven nodes for two. */
    static Node chain(Node w, int links) {
        Node s = w;
        for (int i = 0; i < links; i++) {
            s = Arithmetic.multiply(Elementary.tanh(s), w);
        }
        return s.sum();
    }
}
