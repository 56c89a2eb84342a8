package org.gradgraph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;

/** Loops as the operator Scan; what all steps share is read from outside. */
final class LoopExport {
    private final GraphExport export;
    private final Emitter out;
    private final LoopBody body;
    private final List<String> operands;

    private LoopExport(GraphExport export, Node node, LoopBody body) {
        this.export = export;
        this.out = export.out();
        this.body = body;
        this.operands = node.inputs().stream().map(export::full).toList();
    }

    /** One row, in the order that {@link LoopBody} says. */
    static String value(GraphExport export, Node node, Loop op) {
        return new LoopExport(export, node, op.body()).value();
    }

    private String value() {
        int slices = body.slices().size();
        int states = body.states().size();
        int sums = body.sums().size();
        int outputs = body.outputs().size();
        List<String> given = new ArrayList<>(operands.subList(slices, slices + states));
        body.sums().forEach(sum -> given.add(zeros(sum.shape())));
        for (int k = 0; k < slices; k++) {
            Shape each = body.slices().get(k).shape();
            String sides = export.sides().vector(out, body.steps(), each.rows(), each.columns());
            given.add(out.emit("Reshape", List.of(operands.get(k), sides)));
        }
        if (slices == 0) {
            given.add(zeros(Shape.of(body.steps(), Dim.of(1))));
        }
        int inputs = Math.max(1, slices);
        long direction = body.backwards() ? 1 : 0;
        List<String> results = out.emit(
                "Scan",
                states + sums + outputs + states,
                given,
                Attributes.graph("body", step().unfinished()),
                Attributes.integer("num_scan_inputs", inputs),
                all("scan_input_directions", direction, inputs),
                all("scan_output_directions", direction, outputs + states));
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < outputs; k++) {
            parts.add(row(results.get(states + sums + k)));
        }
        for (int k = 0; k < sums; k++) {
            parts.add(row(results.get(states + k)));
        }
        for (int k = 0; k < states; k++) {
            List<String> recorded =
                    new ArrayList<>(List.of(row(given.get(k)), row(results.get(states + sums + outputs + k))));
            if (body.backwards()) {
                Collections.reverse(recorded);
            }
            parts.addAll(recorded);
        }
        return parts.size() == 1 ? parts.get(0) : out.emit("Concat", parts, Attributes.integer("axis", 1));
    }

    private static AttributeProto all(String name, long value, int count) {
        return Attributes.integers(
                name,
                Collections.nCopies(count, value).stream()
                        .mapToLong(Long::longValue)
                        .toArray());
    }

    private String row(String x) {
        return out.emit("Reshape", List.of(x, out.integers(1, -1)));
    }

    private String zeros(Shape shape) {
        return out.emit("Expand", List.of(out.matrix(0), export.sides().vector(out, shape.rows(), shape.columns())));
    }

    /** The graph of one step: states and sums, then the rows of the step. */
    private Emitter step() {
        Emitter inner = out.body();
        GraphExport step = export.body(inner);
        int slices = body.slices().size();
        int states = body.states().size();
        body.states().forEach(state -> step.put(state, input(inner, state.shape())));
        List<Value> before =
                body.sums().stream().map(sum -> input(inner, sum.shape())).toList();
        body.slices().forEach(slice -> step.put(slice, input(inner, slice.shape())));
        if (slices == 0) {
            inner.graph().addInput(inner.described(inner.names().temporary(), Dim.of(1)));
        }
        for (int k = 0; k < body.shared().size(); k++) {
            Node shared = body.shared().get(k);
            step.put(shared, new Value(operands.get(slices + states + k), shared.shape()));
        }
        step.add(Graph.of(body.results()));
        body.next().forEach(state -> output(inner, step.full(state), state.shape()));
        for (int k = 0; k < before.size(); k++) {
            Node sum = body.sums().get(k);
            String total = inner.emit("Add", List.of(before.get(k).name(), step.full(sum)));
            output(inner, total, sum.shape());
        }
        body.outputs().forEach(output -> output(inner, step.full(output), output.shape()));
        body.next().forEach(state -> output(inner, step.full(state), state.shape()));
        inner.graph().setName("step");
        return inner;
    }

    private static Value input(Emitter inner, Shape shape) {
        String name = inner.names().temporary();
        inner.graph().addInput(inner.described(name, shape));
        return new Value(name, shape);
    }

    /** Each result has a name of its own. */
    private static void output(Emitter inner, String value, Shape shape) {
        inner.graph().addOutput(inner.described(inner.copy(value), shape));
    }
}
