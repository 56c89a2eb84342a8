package org.gradgraph.optim.problem;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op.GradientFlow;

/**
 * Refuses values that do not belong to a cost: parameters it does not depend on, and inputs without a value.
 *
 * <pre>{@code
 * new Inputs("Objective.of", "the start").check(cost, data, start, Set.of());
 * }</pre>
 */
public final class Inputs {
    private final String method;
    private final String initial;

    /**
     * A check.
     *
     * @param method the method that was called
     * @param initial what the initial values of the parameters are called there
     */
    public Inputs(String method, String initial) {
        this.method = method;
        this.initial = initial;
    }

    /**
     * Checks the values for a cost.
     *
     * @param allowed parameters that the cost need not depend on
     */
    public void check(Node cost, Feeds data, Feeds start, Set<Node> allowed) {
        if (start.asMap().isEmpty()) {
            throw new IllegalArgumentException(
                    method + ": nothing to change; give the parameters and their values to " + initial);
        }
        Graph graph = Graph.of(cost);
        Set<Node> reached = reached(cost);
        for (Node node : start.asMap().keySet()) {
            if (!allowed.contains(node)) {
                requireReached(cost, graph, reached, node);
            }
        }
        requireFed(graph, data, start);
    }

    private void requireReached(Node cost, Graph graph, Set<Node> reached, Node node) {
        if (!graph.contains(node)) {
            throw new IllegalArgumentException(method + ": " + node.describe() + ", made at " + node.source()
                    + ", is not part of the cost " + cost.describe()
                    + "; use the very node the cost is made of (named() makes a copy), or leave its value out");
        }
        if (!reached.contains(node)) {
            throw new IllegalArgumentException(method + ": the gradient of the cost " + cost.describe()
                    + " does not reach " + node.describe() + ", made at " + node.source()
                    + ", because an operation on the way has no slope; leave its value to data(…), or change the cost");
        }
    }

    /** Refuses a leaf without a value. */
    public void requireFed(Graph graph, Feeds data, Feeds start) {
        Map<Node, DMatrixRMaj> all = data.and(start).asMap();
        for (Node leaf : graph.nodes()) {
            if (leaf.op().isEmpty() && !all.containsKey(leaf)) {
                throw new IllegalArgumentException(method + ": " + leaf.describe() + ", made at " + leaf.source()
                        + ", has no value; give it to " + initial
                        + " if it is to be trained, otherwise to data(…)");
            }
        }
    }

    /** The nodes that a cotangent gets to. */
    public static Set<Node> reached(Node cost) {
        Graph graph = Graph.of(cost);
        Set<Node> reached = new HashSet<>(graph.roots());
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            boolean passes = node.op()
                    .filter(op -> op.gradientFlow() != GradientFlow.PASSES)
                    .isEmpty();
            if (passes && reached.contains(node)) {
                reached.addAll(node.inputs());
            }
        }
        return reached;
    }
}
