package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.List;

/** What makes two graphs over placeholders the same computation, for operations that hold a graph. */
final class GraphStructure {
    private GraphStructure() {}

    /**
     * Values that are equal for two graphs of the same form: the shapes of the placeholders; every node, as its operation or the
     * number of its placeholder, and the places of its operands; the places of the results.
     */
    static List<Object> of(List<Node> placeholders, List<Node> results) {
        List<Object> structure = new ArrayList<>();
        placeholders.forEach(placeholder -> structure.add(placeholder.shape()));
        Graph graph = Graph.of(results);
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            Op op = node.op().orElse(null);
            structure.add(op == null ? (Object) placeholders.indexOf(node) : op);
            for (int k = 0; k < node.inputs().size(); k++) {
                structure.add(graph.inputIndex(i, k));
            }
        }
        results.forEach(result -> structure.add(graph.indexOf(result)));
        return structure;
    }
}
