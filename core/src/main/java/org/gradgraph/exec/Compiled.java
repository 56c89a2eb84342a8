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
    private final List<Node> results;
    private final Graph everything;
    private final List<Node> forwardNodes;

    /** The graph of what was rewritten, with the values that may be read and the gradients as results. */
    Compiled(Rewritten rewritten, Collection<Node> readable) {
        this.rewritten = rewritten;
        List<Node> roots = new ArrayList<>();
        for (Node node : new LinkedHashSet<>(readable)) {
            Node value = rewritten.of(node);
            values.put(node, value);
            roots.add(value);
        }
        this.results = List.copyOf(roots);
        roots.addAll(rewritten.gradients());
        this.everything = Graph.of(roots);
        int last = -1;
        for (Node result : results) {
            last = Math.max(last, everything.indexOf(result));
        }
        this.forwardNodes = everything.nodes().subList(0, last + 1);
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

    /** What is computed for the outputs and the kept nodes. */
    List<Node> results() {
        return results;
    }

    /** What the forward pass computes: the first nodes of {@link #everything}. */
    List<Node> forwardNodes() {
        return forwardNodes;
    }

    /** What both passes compute. */
    Graph everything() {
        return everything;
    }

    List<RuleApplication> firings() {
        return rewritten.firings();
    }
}
