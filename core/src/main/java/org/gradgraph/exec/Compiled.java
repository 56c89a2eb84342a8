package org.gradgraph.exec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.rewrite.RuleApplication;

/** The graph that is run for a program, and which of its nodes stand for those of the user. */
final class Compiled {
    private final IdentityHashMap<Node, Node> values = new IdentityHashMap<>();
    private final Rewritten rewritten;
    private final Graph forward;
    private final Graph everything;

    /** The graph of what was rewritten, with the values that may be read and the gradients as results. */
    Compiled(Rewritten rewritten, Collection<Node> readable) {
        this.rewritten = rewritten;
        List<Node> roots = new ArrayList<>();
        for (Node node : new LinkedHashSet<>(readable)) {
            Node value = rewritten.of(node);
            values.put(node, value);
            roots.add(value);
        }
        this.forward = Graph.of(roots);
        roots.addAll(rewritten.gradients());
        this.everything = rewritten.gradients().isEmpty() ? forward : Graph.of(roots);
    }

    /** What is computed for an output or a kept node. */
    Node of(Node node) {
        Node value = values.get(node);
        if (value == null) {
            throw new IllegalArgumentException(node.describe() + " is not computed by this program");
        }
        return value;
    }

    /** What is computed for each gradient, in the order of the program. */
    List<Node> gradients() {
        return rewritten.gradients();
    }

    /** What the forward pass computes. */
    Graph forward() {
        return forward;
    }

    /** What both passes compute. */
    Graph everything() {
        return everything;
    }

    List<RuleApplication> firings() {
        return rewritten.firings();
    }
}
