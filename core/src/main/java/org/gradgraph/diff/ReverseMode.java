package org.gradgraph.diff;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Ops;
import org.jspecify.annotations.Nullable;

/**
 * The backward pass as a graph: cotangents of chosen nodes, given cotangents of the outputs.
 *
 * <p>One walk against the topological order. Cotangents of a node that is used several times are added; branches that
 * lead to none of the chosen nodes are left out, so an operation without a vjp is no obstacle there.
 */
final class ReverseMode {
    private final Graph graph;
    private final boolean[] leadsToWrt;
    private final @Nullable Node[] cotangents;

    private ReverseMode(Graph graph, Set<Node> wrt) {
        this.graph = graph;
        this.leadsToWrt = leadsTo(wrt, graph);
        this.cotangents = new Node[graph.nodes().size()];
    }

    /** One cotangent for each node of {@code wrt}, zeros where an output does not depend on it. */
    static List<Node> vjp(List<Node> outputs, List<Node> outputCotangents, List<Node> wrt) {
        ReverseMode reverse = new ReverseMode(
                Graph.of(outputs), Set.copyOf(wrt.stream().distinct().toList()));
        for (int i = 0; i < outputs.size(); i++) {
            reverse.add(outputs.get(i), outputCotangents.get(i));
        }
        reverse.walk();
        return wrt.stream().map(reverse::result).collect(Collectors.toList());
    }

    private static boolean[] leadsTo(Set<Node> wrt, Graph graph) {
        List<Node> nodes = graph.nodes();
        boolean[] leads = new boolean[nodes.size()];
        for (int i = 0; i < leads.length; i++) {
            leads[i] = wrt.contains(nodes.get(i))
                    || nodes.get(i).inputs().stream().anyMatch(input -> leads[graph.indexOf(input)]);
        }
        return leads;
    }

    private void walk() {
        for (int i = cotangents.length - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            Node dy = cotangents[i];
            boolean passesOn = node.inputs().stream().anyMatch(input -> leadsToWrt[graph.indexOf(input)]);
            if (dy != null && passesOn) {
                List<Node> shares = node.vjp(dy);
                IntStream.range(0, shares.size()).forEach(k -> add(node.inputs().get(k), shares.get(k)));
            }
        }
    }

    private void add(Node node, Node share) {
        int i = graph.indexOf(node);
        if (leadsToWrt[i]) {
            Node sum = cotangents[i];
            cotangents[i] = sum == null ? share : sum.plus(share);
        }
    }

    private Node result(Node node) {
        Node cotangent = graph.contains(node) ? cotangents[graph.indexOf(node)] : null;
        return cotangent == null ? Ops.zeros(node.shape()) : cotangent.released();
    }
}
