package org.gradgraph.exec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.Sizes;

/** Finds the sizes of symbolic dimensions from what was fed. */
final class Binding {
    private final Map<String, Integer> sizes = new TreeMap<>();
    private final Map<String, Node> origins = new HashMap<>();

    private Binding() {}

    /**
     * The sizes that all fed matrices agree on.
     *
     * @throws ShapeException if two matrices contradict each other, naming both
     */
    static Sizes of(Map<Node, DMatrixRMaj> fed) {
        Binding binding = new Binding();
        fed.forEach((node, value) -> {
            binding.bind(node, node.shape().rows(), value.numRows);
            binding.bind(node, node.shape().columns(), value.numCols);
        });
        while (binding.findMore(fed)) {
            // each round may make another side a multiple of one unknown symbol
        }
        Sizes result = Sizes.of(binding.sizes);
        fed.forEach((node, value) -> requireFit(node, value, result));
        return result;
    }

    private void bind(Node node, Dim dim, int size) {
        if (dim.symbols().size() != 1) {
            return;
        }
        String symbol = dim.symbols().iterator().next();
        if (!dim.equals(Dim.named(symbol))) {
            return;
        }
        Node first = origins.putIfAbsent(symbol, node);
        Integer known = sizes.putIfAbsent(symbol, size);
        if (first != null && known != null && known != size) {
            throw new ShapeException(
                    "dimension " + symbol + " is " + known + " in " + first.describe() + ", but " + size + " in "
                            + node.describe(),
                    "feed both with the same size");
        }
    }

    /** Looks for sides such as 8·T or m·T with one symbol that is not known yet. */
    private boolean findMore(Map<Node, DMatrixRMaj> fed) {
        int before = sizes.size();
        fed.forEach((node, value) -> {
            solve(node, node.shape().rows(), value.numRows);
            solve(node, node.shape().columns(), value.numCols);
        });
        return sizes.size() > before;
    }

    private void solve(Node node, Dim dim, int size) {
        List<String> unknown = dim.symbols().stream()
                .filter(symbol -> !sizes.containsKey(symbol))
                .toList();
        if (unknown.size() != 1) {
            return;
        }
        String symbol = unknown.get(0);
        dim.solve(symbol, Sizes.of(sizes), size).ifPresent(found -> {
            sizes.put(symbol, found);
            origins.put(symbol, node);
        });
    }

    private static void requireFit(Node node, DMatrixRMaj value, Sizes sizes) {
        if (!node.shape().bind(sizes).equals(Shape.of(value.numRows, value.numCols))) {
            throw new ShapeException(
                    node.describe() + " is " + node.shape().bind(sizes) + " with " + sizes + ", but was fed "
                            + value.numRows + "×" + value.numCols,
                    "feed matrices that agree in their dimensions");
        }
    }
}
