package org.gradgraph.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Sizes;

/** The values of many nodes at one point. */
final class Values {
    private final Map<Node, DMatrixRMaj> values;

    private Values(Map<Node, DMatrixRMaj> values) {
        this.values = values;
    }

    /** Computes all nodes of a graph in a run of its own; leaves that the graph does not have are left out. */
    static Values of(Graph graph, Map<Node, DMatrixRMaj> point) {
        return of(graph, Program.of(graph.nodes()).newRun(), point);
    }

    /** Computes all nodes of a graph in a run that may have been used before. */
    static Values of(Graph graph, Run run, Map<Node, DMatrixRMaj> point) {
        feed(run, graph, point).forward();
        Map<Node, DMatrixRMaj> values = new HashMap<>();
        graph.nodes().forEach(node -> values.put(node, run.value(node)));
        return new Values(values);
    }

    static Run feed(Run run, Graph graph, Map<Node, DMatrixRMaj> point) {
        point.forEach((leaf, value) -> {
            if (graph.contains(leaf)) {
                run.set(leaf, value);
            }
        });
        return run;
    }

    DMatrixRMaj of(Node node) {
        DMatrixRMaj value = values.get(node);
        if (value == null) {
            throw new IllegalArgumentException(node.describe() + " was not computed");
        }
        return value;
    }

    /** The first node, in topological order, whose bits differ. */
    Optional<Node> firstDifference(Graph graph, Values other) {
        return graph.nodes().stream()
                .filter(node -> !sameBits(of(node), other.of(node)))
                .findFirst();
    }

    static boolean sameBits(DMatrixRMaj a, DMatrixRMaj b) {
        for (int i = 0; i < a.getNumElements(); i++) {
            if (Double.doubleToLongBits(a.data[i]) != Double.doubleToLongBits(b.data[i])) {
                return false;
            }
        }
        return true;
    }

    /** The sizes that a point gives to the symbols of its nodes; a run has checked that they agree. */
    static Sizes sizes(Map<Node, DMatrixRMaj> point) {
        Map<String, Integer> sizes = new TreeMap<>();
        int before;
        do {
            before = sizes.size();
            point.forEach((node, value) -> {
                bind(sizes, node.shape().rows(), value.numRows);
                bind(sizes, node.shape().columns(), value.numCols);
            });
        } while (sizes.size() > before); // m·T is known once m is
        return Sizes.of(sizes);
    }

    private static void bind(Map<String, Integer> sizes, Dim dim, int size) {
        List<String> unknown = dim.symbols().stream()
                .filter(symbol -> !sizes.containsKey(symbol))
                .toList();
        if (unknown.size() == 1) {
            String symbol = unknown.get(0);
            dim.solve(symbol, Sizes.of(sizes), size).ifPresent(found -> sizes.put(symbol, found));
        }
    }
}
