package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.ChoiceOps;
import org.gradgraph.graph.Composite;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.SoftmaxOps;

/** Operations of several primitives or parts for which ONNX has one operator, so that models stay readable. */
final class Direct {
    private static final Map<Elementwise, String> OPERATORS = Map.of(
            Activations.SIGMOID, "Sigmoid",
            Activations.RELU, "Relu",
            Arithmetic.RECIPROCAL, "Reciprocal",
            Elementary.SQRT, "Sqrt");

    private static final Map<String, String> RELATIONS =
            Map.of("greater", "Greater", "greaterOrEqual", "GreaterOrEqual");

    private Direct() {}

    /** The value of an elementwise operation by one operator; empty if there is none. */
    static Optional<Value> elementwise(Emitter out, Elementwise op, List<Value> operands) {
        List<String> names = new ArrayList<>(operands.stream().map(Value::name).toList());
        String operator = OPERATORS.get(op);
        if (operator != null) {
            return Optional.of(
                    new Value(out.emit(operator, names), operands.get(0).shape()));
        }
        if (op instanceof ChoiceOps.Clip clip) {
            names.add(out.number(clip.low()));
            names.add(out.number(clip.high()));
            return Optional.of(
                    new Value(out.emit("Clip", names), operands.get(0).shape()));
        }
        String relation = RELATIONS.get(op.name());
        if (relation == null || op.getClass().getPackage() != Op.class.getPackage()) {
            return Optional.empty();
        }
        Formula.Code.of(op.formula()).constants().forEach(number -> names.add(out.matrix(number)));
        return Optional.of(new Value(
                out.number(out.emit(relation, names)),
                operands.stream().map(Value::shape).reduce(Value::joined).orElseThrow()));
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
