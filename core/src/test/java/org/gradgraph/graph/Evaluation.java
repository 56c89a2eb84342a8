package org.gradgraph.graph;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** The plainest way to run a graph: one node after the other, each with a new matrix that is full of NaN beforehand. */
final class Evaluation {
    private final Map<Node, DMatrixRMaj> values;

    private Evaluation(Map<Node, DMatrixRMaj> values) {
        this.values = values;
    }

    static Evaluation of(Collection<Node> roots, Map<Node, DMatrixRMaj> feeds, Sizes sizes) {
        Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
        for (Node node : Graph.of(roots).nodes()) {
            values.put(
                    node, node.op().map(op -> compute(op, node, values, sizes)).orElseGet(() -> feed(node, feeds)));
        }
        return new Evaluation(values);
    }

    private static DMatrixRMaj feed(Node leaf, Map<Node, DMatrixRMaj> feeds) {
        DMatrixRMaj value = feeds.get(leaf);
        if (value == null) {
            throw new IllegalStateException("no value for " + leaf);
        }
        return value;
    }

    private static DMatrixRMaj compute(Op op, Node node, Map<Node, DMatrixRMaj> values, Sizes sizes) {
        List<DMatrixRMaj> inputs = node.inputs().stream().map(values::get).toList();
        DMatrixRMaj out = filled(node.shape().bind(sizes), Double.NaN);
        Forward.run(op.bind(sizes), inputs, out);
        return out;
    }

    static DMatrixRMaj filled(Shape shape, double number) {
        DMatrixRMaj matrix =
                new DMatrixRMaj(shape.rows().size(), shape.columns().size());
        Arrays.fill(matrix.data, number);
        return matrix;
    }

    DMatrixRMaj of(Node node) {
        return values.get(node);
    }

    double[] elements(Node node) {
        DMatrixRMaj value = values.get(node);
        return Arrays.copyOf(value.data, value.getNumElements());
    }

    /** To compare exactly, NaN included. */
    static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }
}
