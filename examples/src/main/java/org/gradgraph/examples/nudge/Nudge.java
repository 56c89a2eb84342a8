package org.gradgraph.examples.nudge;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;

/**
 * The values of a graph of numbers after one of them, an inner one too, was moved by hand.
 *
 * <pre>{@code
 * Nudge nudge = Nudge.of(j, feeds, u, 6.001);       // u is 6.001, whatever b and c are
 * nudge.value(j);                                   // 33.003
 * }</pre>
 */
public final class Nudge {
    private final Graph graph;
    private final List<Node> copies;
    private final Run run;

    private Nudge(Graph graph, List<Node> copies, Run run) {
        this.graph = graph;
        this.copies = copies;
        this.run = run;
    }

    /**
     * Moves one value.
     *
     * @param root the result
     * @param feeds the values of inputs and parameters
     * @param node the node that is moved, a part of the graph of {@code root}
     * @param value what it is moved to
     */
    public static Nudge of(Node root, Feeds feeds, Node node, double value) {
        Graph graph = Graph.of(root);
        List<Node> copies = cutAt(node, graph);
        Run run = Program.of(copies).newRun();
        feeds.asMap().forEach((leaf, fed) -> {
            if (leaf != node) {
                run.set(leaf, fed);
            }
        });
        run.set(copies.get(graph.indexOf(node)), value).forward();
        return new Nudge(graph, copies, run);
    }

    /** The nodes of the graph again, with an input in place of one of them. */
    private static List<Node> cutAt(Node cut, Graph graph) {
        List<Node> copies = new ArrayList<>();
        for (Node node : graph.nodes()) {
            List<Node> inputs = node.inputs().stream()
                    .map(input -> copies.get(graph.indexOf(input)))
                    .toList();
            Node copy = node.op().map(op -> Node.apply(op, inputs)).orElse(node);
            copies.add(node == cut ? Node.input("nudged", node.shape()) : copy);
        }
        return copies;
    }

    /** The value of a node of the graph, after the move. */
    public double value(Node node) {
        return run.scalar(copies.get(graph.indexOf(node)));
    }
}
