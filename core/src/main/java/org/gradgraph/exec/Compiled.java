package org.gradgraph.exec;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.rewrite.Firing;
import org.gradgraph.rewrite.Rewriter;
import org.gradgraph.rewrite.RuleSet;

/**
 * The graph that is run for a program, and which of its nodes stand for those of the user.
 *
 * <p>The forward graph is rewritten before it is differentiated, so that derivatives are those of the stable form. What
 * comes out is simplified by exact rules and shares what it can with the forward graph.
 */
final class Compiled {
    private final IdentityHashMap<Node, Node> values = new IdentityHashMap<>();
    private final List<Node> gradients;
    private final Graph forward;
    private final Graph everything;
    private final List<Firing> firings;

    private Compiled(Set<Node> readable, List<Node> runs, List<Node> gradients, List<Firing> firings) {
        int i = 0;
        for (Node node : readable) {
            values.put(node, runs.get(i++));
        }
        this.gradients = gradients;
        this.forward = Graph.of(runs);
        List<Node> roots = new ArrayList<>(runs);
        roots.addAll(gradients);
        this.everything = Graph.of(roots);
        this.firings = firings;
    }

    static Compiled of(Program program) {
        Set<Node> readable = new LinkedHashSet<>(program.outputs());
        readable.addAll(program.kept());
        if (program.rewriting() == Rewriting.OFF) {
            return new Compiled(readable, List.copyOf(readable), program.gradients(), List.of());
        }
        Rewriter rewriter = new Rewriter();
        List<Node> runs = rewriter.rewrite(readable, RuleSet.forPrograms());
        List<Node> gradients = program.wrt().isEmpty()
                ? List.of()
                : rewriter
                        .rewrite(
                                RewrittenGradients.of(program.outputs().get(0), program.wrt(), rewriter),
                                RuleSet.exact())
                        .stream()
                        .map(Compiled::apart)
                        .toList();
        return new Compiled(readable, runs, gradients, rewriter.firings());
    }

    /** A gradient that is the value of an input has a buffer of its own, because an optimiser changes parameters. */
    private static Node apart(Node gradient) {
        return Program.isLeaf(gradient) ? gradient.times(1) : gradient;
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
        return gradients;
    }

    /** What the forward pass computes. */
    Graph forward() {
        return forward;
    }

    /** What both passes compute. */
    Graph everything() {
        return everything;
    }

    List<Firing> firings() {
        return firings;
    }
}
