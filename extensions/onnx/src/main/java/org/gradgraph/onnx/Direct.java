package org.gradgraph.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Composite;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.SoftmaxOps;

/** Operations of several primitives or parts for which ONNX has one operator, so that models stay readable. */
final class Direct {
    private static final Map<Elementwise, String> OPERATORS =
            Map.of(Activations.SIGMOID, "Sigmoid", Activations.RELU, "Relu");

    private Direct() {}

    static Optional<String> operator(Elementwise op) {
        return Optional.ofNullable(OPERATORS.get(op));
    }

    /** The value of a composite by one operator; empty if there is none. */
    static Optional<String> composite(GraphExport export, Node node, Composite op) {
        if (op instanceof Reductions.Mean mean) {
            return Optional.of(
                    export.reduced("ReduceMean", export.full(node.inputs().get(0)), GraphExport.axes(mean.over())));
        }
        if (op instanceof SoftmaxOps.Softmax softmax && !softmax.orZero()) {
            return along("Softmax", export, node, softmax.over());
        }
        if (op instanceof SoftmaxOps.LogSoftmax softmax) {
            return along("LogSoftmax", export, node, softmax.over());
        }
        return Optional.empty();
    }

    private static Optional<String> along(String operator, GraphExport export, Node node, Over over) {
        if (over == Over.ALL) {
            return Optional.empty();
        }
        return Optional.of(export.out()
                .emit(
                        operator,
                        List.of(export.full(node.inputs().get(0))),
                        Attributes.integer("axis", GraphExport.axes(over)[0])));
    }
}
