package org.gradgraph.graphviz;

import java.util.function.Function;
import org.gradgraph.explain.Derivation;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;

/**
 * What a page shows of a node beyond what it knows itself.
 *
 * @param title what stands above the text
 * @param text the text of a node, empty for none
 */
record Notes(String title, Function<Node, String> text) {
    private static final int MOST_DERIVED = 100;

    /** How each derivative is found; nothing in a graph so large that this would take its time. */
    static Notes derivations(Subject subject) {
        Node cost = subject.cost().orElse(null);
        if (cost == null || subject.size() > MOST_DERIVED) {
            return new Notes("Note", node -> "");
        }
        Graph ofCost = Graph.of(cost);
        return new Notes("Derivation", node -> {
            boolean wanted = node.name().isPresent()
                    && ofCost.contains(node)
                    && subject.hasGradient(subject.graph().indexOf(node));
            return wanted ? Derivation.of(cost, node).steps().get(0).toString() : "";
        });
    }
}
