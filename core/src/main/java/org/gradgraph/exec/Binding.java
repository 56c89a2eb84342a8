package org.gradgraph.exec;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.Sizes;
import org.jspecify.annotations.Nullable;

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
        for (Map.Entry<Node, DMatrixRMaj> entry : fed.entrySet()) {
            Shape shape = entry.getKey().shape();
            binding.bind(entry.getKey(), shape.rows(), entry.getValue().numRows);
            binding.bind(entry.getKey(), shape.columns(), entry.getValue().numCols);
        }
        while (binding.findMore(fed)) {
            // each round may make another side a multiple of one unknown symbol
        }
        fed.forEach((node, value) -> {
            binding.requireWhole(node, node.shape().rows(), value.numRows, value);
            binding.requireWhole(node, node.shape().columns(), value.numCols, value);
        });
        Sizes result = Sizes.of(binding.sizes);
        for (Map.Entry<Node, DMatrixRMaj> entry : fed.entrySet()) {
            requireFit(entry.getKey(), entry.getValue(), result);
        }
        return result;
    }

    private void bind(Node node, Dim dim, int size) {
        if (dim.isFixed() || dim.symbols().size() != 1) {
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
        for (Map.Entry<Node, DMatrixRMaj> entry : fed.entrySet()) {
            Shape shape = entry.getKey().shape();
            solve(entry.getKey(), shape.rows(), entry.getValue().numRows);
            solve(entry.getKey(), shape.columns(), entry.getValue().numCols);
        }
        return sizes.size() > before;
    }

    private void solve(Node node, Dim dim, int size) {
        String unknown = onlyUnknown(dim);
        if (unknown == null) {
            return;
        }
        OptionalInt found = dim.solve(unknown, Sizes.of(sizes), size);
        if (found.isPresent()) {
            sizes.put(unknown, found.getAsInt());
            origins.put(unknown, node);
        }
    }

    private @Nullable String onlyUnknown(Dim dim) {
        String unknown = null;
        for (String symbol : dim.isFixed() ? Set.<String>of() : dim.symbols()) {
            if (!sizes.containsKey(symbol)) {
                if (unknown != null) {
                    return null;
                }
                unknown = symbol;
            }
        }
        return unknown;
    }

    /** Refuses 10 columns for 3·n; nothing is said of n·n, whose symbol another side must give. */
    private void requireWhole(Node node, Dim dim, int size, DMatrixRMaj value) {
        String unknown = onlyUnknown(dim);
        if (unknown == null) {
            return;
        }
        Map<String, Integer> ofOne = new TreeMap<>(sizes);
        ofOne.put(unknown, 1);
        int smallest = Shape.of(dim, dim).bind(Sizes.of(ofOne)).rows().size();
        if (dim.solve(unknown, Sizes.of(sizes), smallest).isPresent()) {
            throw new ShapeException(
                    node.describe() + " was fed " + value.numRows + "×" + value.numCols + "; no whole " + unknown
                            + " makes " + dim + " equal to " + size,
                    "for example " + smallest + " fits, with " + unknown + " = 1");
        }
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
