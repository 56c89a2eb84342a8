package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;

/** A run that keeps every value, and every gradient on the way from a 1×1 result to its parameters. */
final class FullRun {
    private FullRun() {}

    static Run of(Node result, Feeds feeds) {
        Program program = Program.of(result).keepingAll();
        requireFed(program.graph(), feeds);
        List<Node> wrt = result.shape().isScalar() ? onTheWay(program.graph()) : List.of();
        if (wrt.isEmpty()) {
            return program.newRun().set(feeds).forward();
        }
        return program.withGradients(wrt).newRun().set(feeds).forward().backward();
    }

    private static void requireFed(Graph graph, Feeds feeds) {
        for (Node node : graph.nodes()) {
            if (node.op().isEmpty() && !feeds.asMap().containsKey(node)) {
                throw new IllegalArgumentException(node.describe() + ", made at " + node.source()
                        + ", has no value; give it one in Dot.of(node, feeds)");
            }
        }
    }

    /** Parameters and what is made of them; inputs instead, if there is no parameter. */
    private static List<Node> onTheWay(Graph graph) {
        Node.Kind from = graph.nodes(Node.Kind.PARAMETER).isEmpty() ? Node.Kind.INPUT : Node.Kind.PARAMETER;
        Set<Node> members = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            if (node.kind() == from || node.inputs().stream().anyMatch(members::contains)) {
                members.add(node);
            }
        }
        return new ArrayList<>(members);
    }
}
