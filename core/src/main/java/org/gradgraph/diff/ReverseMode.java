package org.gradgraph.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Op.GradientFlow;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.Provenance.Question;
import org.jspecify.annotations.Nullable;

/**
 * The backward pass as a graph: cotangents of chosen nodes, given cotangents of the outputs.
 *
 * <p>One walk against the topological order. Cotangents of a node that is used several times are added; branches that
 * lead to none of the chosen nodes are left out, so an operation without a vjp is no obstacle there.
 */
final class ReverseMode {
    private static final int NOT_CHOSEN = -1;

    private final Graph graph;
    private final Question question;

    /** For each node its first place among the chosen ones. */
    private final int[] choice;

    private final boolean[] leadsToChosen;
    private final @Nullable Node[] cotangents;
    private final BinaryOperator<Node> finish;

    private ReverseMode(Question question, BinaryOperator<Node> finish) {
        this.graph = Graph.of(question.outputs());
        this.question = question;
        this.finish = finish;
        int size = graph.nodes().size();
        this.choice = new int[size];
        this.leadsToChosen = new boolean[size];
        this.cotangents = new Node[size];
        Arrays.fill(choice, NOT_CHOSEN);
        List<Node> wrt = question.wrt();
        for (int place = wrt.size() - 1; place >= 0; place--) {
            if (graph.contains(wrt.get(place))) {
                choice[graph.indexOf(wrt.get(place))] = place;
            }
        }
        for (int i = 0; i < size; i++) {
            leadsToChosen[i] = choice[i] != NOT_CHOSEN || passesOn(i);
        }
    }

    /** One cotangent for each node of {@code wrt}, zeros where an output does not depend on it. */
    static List<Node> vjp(List<Node> outputs, List<Node> outputCotangents, List<Node> wrt) {
        return vjp(outputs, outputCotangents, wrt, (node, cotangent) -> cotangent);
    }

    /**
     * The same, with a last touch to each result, given the node and its cotangent; the rest of the pass uses that
     * result, so that it is computed once.
     */
    static List<Node> vjp(
            List<Node> outputs, List<Node> outputCotangents, List<Node> wrt, BinaryOperator<Node> finish) {
        ReverseMode reverse = new ReverseMode(new Question(outputs, outputCotangents, wrt), finish);
        for (int i = 0; i < outputs.size(); i++) {
            reverse.add(reverse.graph.indexOf(outputs.get(i)), outputCotangents.get(i));
        }
        reverse.walk();
        List<Node> results = new ArrayList<>(wrt.size());
        for (Node node : wrt) {
            results.add(reverse.result(node));
        }
        return results;
    }

    /** Whether the cotangent of a node flows to a chosen one below it. */
    private boolean passesOn(int i) {
        Node node = graph.nodes().get(i);
        Op op = node.op().orElse(null);
        boolean leads = false;
        for (int k = node.inputs().size() - 1; k >= 0 && !leads; k--) {
            leads = leadsToChosen[graph.inputIndex(i, k)];
        }
        return leads && op != null && op.gradientFlow() == GradientFlow.PASSES;
    }

    private void walk() {
        for (int i = cotangents.length - 1; i >= 0; i--) {
            Node dy = cotangents[i];
            if (dy == null) {
                continue;
            }
            Node node = graph.nodes().get(i);
            if (choice[i] != NOT_CHOSEN) {
                dy = finish.apply(node, Provenance.answer(dy, question, choice[i]));
                cotangents[i] = dy;
            }
            if (passesOn(i)) {
                List<Node> shares = Provenance.vjp(node, dy);
                for (int k = 0; k < shares.size(); k++) {
                    add(graph.inputIndex(i, k), shares.get(k));
                }
            }
        }
    }

    private void add(int i, Node share) {
        if (leadsToChosen[i]) {
            Node sum = cotangents[i];
            cotangents[i] = sum == null ? share : Provenance.sum(graph.nodes().get(i), sum, share);
        }
    }

    private Node result(Node node) {
        Node cotangent = graph.contains(node) ? cotangents[graph.indexOf(node)] : null;
        return cotangent == null ? finish.apply(node, Constants.zeros(node.shape())) : cotangent;
    }
}
