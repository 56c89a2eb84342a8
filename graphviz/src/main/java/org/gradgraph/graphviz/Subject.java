package org.gradgraph.graphviz;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.jspecify.annotations.Nullable;

/** What is drawn: a graph, where gradients flow in it, and the values of a run at one moment. */
final class Subject {
    private final Graph graph;
    private final @Nullable Node cost;
    private final boolean[] root;
    private final boolean[] hasGradient;
    private final boolean[] leadsToCost;
    private final @Nullable Figure[] values;
    private final @Nullable Figure[] gradients;
    private final Map<Long, Figure> shares = new HashMap<>();

    private Subject(Graph graph, @Nullable Node cost) {
        int size = graph.nodes().size();
        this.graph = graph;
        this.cost = cost;
        this.root = new boolean[size];
        graph.roots().forEach(node -> root[graph.indexOf(node)] = true);
        this.hasGradient = new boolean[size];
        this.leadsToCost = new boolean[size];
        this.values = new Figure[size];
        this.gradients = new Figure[size];
        for (int i = 0; i < size; i++) {
            if (graph.nodes().get(i).op().orElse(null) instanceof Constant constant) {
                values[i] = Figure.of(constant.value());
            }
        }
    }

    static Subject of(Graph graph) {
        return new Subject(graph, null);
    }

    static Subject of(Program program) {
        if (program.wrt().isEmpty()) {
            return of(program.graph());
        }
        Subject subject = new Subject(program.graph(), program.outputs().get(0));
        subject.markGradients(program);
        return subject;
    }

    static Subject of(Run run) {
        Subject subject = of(run.program());
        List<Node> nodes = subject.graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            Figure constant = subject.values[i];
            subject.values[i] = run.findValue(nodes.get(i)).map(Figure::of).orElse(constant);
            subject.gradients[i] =
                    run.findGradient(nodes.get(i)).map(Figure::of).orElse(null);
        }
        subject.splitGradients(run);
        return subject;
    }

    /** A gradient flows from the cost to whatever a chosen node takes part in. */
    private void markGradients(Program program) {
        Graph cost = Graph.of(program.outputs().get(0));
        program.wrt().stream().filter(graph::contains).forEach(node -> hasGradient[graph.indexOf(node)] = true);
        List<Node> nodes = graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            leadsToCost[i] = cost.contains(nodes.get(i));
            for (Node input : nodes.get(i).inputs()) {
                hasGradient[i] |= hasGradient[graph.indexOf(input)];
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            hasGradient[i] &= leadsToCost[i];
        }
    }

    /** A node that is read several times gets a share of its gradient from each reader. */
    private void splitGradients(Run run) {
        int[] readers = new int[size()];
        for (int i = 0; i < size(); i++) {
            int user = i;
            node(i).inputs().forEach(input -> readers[graph.indexOf(input)] += hasGradient[user] ? 1 : 0);
        }
        for (int i = 0; i < size(); i++) {
            Node user = node(i);
            boolean split = hasGradient[i]
                    && gradients[i] != null
                    && user.inputs().stream()
                            .anyMatch(input -> hasGradient[graph.indexOf(input)] && readers[graph.indexOf(input)] > 1);
            if (split) {
                List<Optional<Figure>> parts = Shares.of(user, run);
                for (int k = 0; k < parts.size(); k++) {
                    long key = key(i, k);
                    parts.get(k).ifPresent(share -> shares.put(key, share));
                }
            }
        }
    }

    Graph graph() {
        return graph;
    }

    int size() {
        return graph.nodes().size();
    }

    Node node(int i) {
        return graph.nodes().get(i);
    }

    boolean isRoot(int i) {
        return root[i];
    }

    /** Whose gradients are drawn, if any are. */
    Optional<Node> cost() {
        return Optional.ofNullable(cost);
    }

    boolean isCost(int i) {
        return node(i).equals(cost);
    }

    boolean hasGradient(int i) {
        return hasGradient[i];
    }

    /** Whether the pass from right to left goes along this arrow. */
    boolean flowsBack(int operand, int user) {
        return hasGradient[operand] && leadsToCost[user];
    }

    Optional<Figure> value(int i) {
        return Optional.ofNullable(values[i]);
    }

    Optional<Figure> gradient(int i) {
        return Optional.ofNullable(gradients[i]);
    }

    /** What one operand of one operation adds to its gradient, if that is not all of it. */
    Optional<Figure> share(int user, int position) {
        return Optional.ofNullable(shares.get(key(user, position)));
    }

    private static long key(int user, int position) {
        return ((long) user << 32) | position;
    }
}
