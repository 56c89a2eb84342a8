package org.gradgraph.exec;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.rewrite.Assumptions;
import org.gradgraph.rewrite.Rewriter;
import org.gradgraph.rewrite.RuleApplication;
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
    private final List<RuleApplication> firings;

    private Compiled(Set<Node> readable, List<Node> runs, List<Node> gradients, List<RuleApplication> firings) {
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
        boolean hasDerivatives = ComposedDerivatives.areIn(program.graph().nodes());
        if (hasDerivatives && program.wrt().stream().allMatch(Program::isLeaf)) {
            Compiled better = rewritten(program, readable, true);
            if (better.readsOnly(program.graph())) {
                return better;
            }
        }
        return rewritten(program, readable, false);
    }

    private static Compiled rewritten(Program program, Set<Node> readable, boolean throughDerivatives) {
        Rewriter rewriter = new Rewriter(Assumptions.none(), Program::evaluate);
        if (throughDerivatives) {
            ComposedDerivatives.substitute(readable, rewriter);
        }
        List<Node> runs = rewriter.rewrite(readable, RuleSet.forPrograms());
        List<Node> gradients = program.wrt().isEmpty() ? List.of() : gradients(program, rewriter);
        return new Compiled(readable, runs, gradients, rewriter.firings());
    }

    private static List<Node> gradients(Program program, Rewriter rewriter) {
        List<Node> cost = program.outputs().subList(0, 1);
        List<Node> one = rewriter.rewrite(List.of(Node.constant(1)), RuleSet.none());
        List<Node> gradients = RewrittenGradients.of(cost, one, program.wrt(), rewriter);
        return rewriter.rewrite(gradients, RuleSet.exact()).stream()
                .map(Compiled::apart)
                .toList();
    }

    /** A derivative of another form might need what the composed one does not, and what nobody feeds. */
    private boolean readsOnly(Graph composed) {
        return everything.nodes().stream().filter(Program::isLeaf).allMatch(composed::contains);
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

    List<RuleApplication> firings() {
        return firings;
    }
}
