package org.gradgraph.diff;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Ops;
import org.gradgraph.graph.Pullback;
import org.jspecify.annotations.Nullable;

/**
 * The backward pass as a graph: cotangents of chosen nodes, given cotangents of the outputs.
 *
 * <p>One walk against the topological order. Cotangents of a node that is used several times are added; branches that
 * lead to none of the chosen nodes are left out, so an operation without a vjp is no obstacle there.
 */
final class ReverseMode {
    private final Graph graph;
    private final Pullback pullback;
    private final boolean[] chosen;
    private final int[] placeInWrt;
    private final boolean[] leadsToChosen;
    private final @Nullable Node[] cotangents;
    private final BinaryOperator<Node> finish;

    private ReverseMode(Pullback pullback, BinaryOperator<Node> finish) {
        this.graph = Graph.of(pullback.outputs());
        this.pullback = pullback;
        this.finish = finish;
        this.chosen = new boolean[graph.nodes().size()];
        this.placeInWrt = new int[chosen.length];
        for (int place = pullback.wrt().size() - 1; place >= 0; place--) {
            Node node = pullback.wrt().get(place);
            if (graph.contains(node)) {
                chosen[graph.indexOf(node)] = true;
                placeInWrt[graph.indexOf(node)] = place;
            }
        }
        this.leadsToChosen = leadsTo(chosen, graph);
        this.cotangents = new Node[chosen.length];
    }

    /** One cotangent for each node of {@code wrt}, zeros where an output does not depend on it. */
    static List<Node> vjp(List<Node> outputs, List<Node> outputCotangents, List<Node> wrt) {
        return vjp(outputs, outputCotangents, wrt, (node, cotangent) -> cotangent);
    }

    /**
     * The same, with a last touch to each result, given the node and its cotangent; the rest of the pass uses what comes
     * out, so that it is computed once.
     */
    static List<Node> vjp(
            List<Node> outputs, List<Node> outputCotangents, List<Node> wrt, BinaryOperator<Node> finish) {
        ReverseMode reverse = new ReverseMode(new Pullback(outputs, outputCotangents, wrt), finish);
        for (int i = 0; i < outputs.size(); i++) {
            reverse.add(outputs.get(i), outputCotangents.get(i));
        }
        reverse.walk();
        return wrt.stream().map(reverse::result).collect(Collectors.toList());
    }

    private static boolean[] leadsTo(boolean[] chosen, Graph graph) {
        boolean[] leads = chosen.clone();
        for (int i = 0; i < leads.length; i++) {
            Node node = graph.nodes().get(i);
            leads[i] |= node.passesGradients() && anyInput(node, graph, leads);
        }
        return leads;
    }

    private static boolean anyInput(Node node, Graph graph, boolean[] marked) {
        for (Node input : node.inputs()) {
            if (marked[graph.indexOf(input)]) {
                return true;
            }
        }
        return false;
    }

    private void walk() {
        for (int i = cotangents.length - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            Node dy = cotangents[i];
            if (dy == null) {
                continue;
            }
            if (chosen[i]) {
                dy = finish.apply(node, dy.released(pullback.part(placeInWrt[i])));
                cotangents[i] = dy;
            }
            if (node.passesGradients() && anyInput(node, graph, leadsToChosen)) {
                List<Node> shares = node.vjp(dy);
                for (int k = 0; k < shares.size(); k++) {
                    add(node.inputs().get(k), shares.get(k));
                }
            }
        }
    }

    private void add(Node node, Node share) {
        int i = graph.indexOf(node);
        if (leadsToChosen[i]) {
            Node sum = cotangents[i];
            cotangents[i] = sum == null ? share : node.sumOfCotangents(sum, share);
        }
    }

    private Node result(Node node) {
        Node cotangent = graph.contains(node) ? cotangents[graph.indexOf(node)] : null;
        return cotangent == null ? finish.apply(node, Ops.zeros(node.shape())) : cotangent;
    }
}
