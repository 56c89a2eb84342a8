package org.gradgraph.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.ArrayList;
import java.util.List;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.ProductOps;
import org.gradgraph.graph.Shape;

/** Running sums, positions, sorting and medians: along an axis, or along all elements one after the other. */
final class OrderExport {
    private final GraphExport export;
    private final Emitter out;
    private final Shape result;
    private final Over over;
    private final long axis;

    OrderExport(GraphExport export, Shape result, Over over) {
        this.export = export;
        this.out = export.out();
        this.result = result;
        this.over = over;
        this.axis = over == Over.EACH_COLUMN ? 0 : 1;
    }

    private String lanes(String x) {
        return over == Over.ALL ? out.emit("Reshape", List.of(x, out.integers(1, -1))) : x;
    }

    private String back(String x) {
        return over == Over.ALL ? ViewExport.reshaped(export, x, result) : x;
    }

    String cumulativeSum(String x, boolean fromEnd) {
        return back(out.emit(
                "CumSum",
                List.of(lanes(x), out.integers(new long[0], new long[] {axis})),
                Attributes.integer("reverse", fromEnd ? 1 : 0)));
    }

    String position(String operator, String x) {
        String place = out.emit(operator, List.of(lanes(x)), Attributes.integer("axis", axis));
        return out.emit("Cast", List.of(place), Attributes.integer("to", out.elementType()));
    }

    /** The values by increasing keys, and their places. */
    private List<String> order(String keys) {
        return out.emit(
                "TopK",
                2,
                List.of(lanes(keys), length(keys)),
                Attributes.integer("axis", axis),
                Attributes.integer("largest", 0));
    }

    private String length(String x) {
        return out.emit(
                "Shape", List.of(lanes(x)), Attributes.integer("start", axis), Attributes.integer("end", axis + 1));
    }

    String sorted(String keys, String values) {
        return back(
                keys.equals(values)
                        ? order(keys).get(0)
                        : out.emit(
                                "GatherElements",
                                List.of(lanes(values), order(keys).get(1)),
                                Attributes.integer("axis", axis)));
    }

    String unsorted(String keys, String values) {
        return back(out.emit(
                "ScatterElements",
                List.of(lanes(values), order(keys).get(1), lanes(values)),
                Attributes.integer("axis", axis)));
    }

    String median(String x) {
        String half = out.number(0.5);
        return out.emit(
                "Add",
                List.of(out.emit("Mul", List.of(half, middle(x, 1))), out.emit("Mul", List.of(half, middle(x, 0)))));
    }

    /** The element at half of the length less some. */
    private String middle(String x, long less) {
        String place =
                out.emit("Div", List.of(out.emit("Sub", List.of(length(x), out.integers(less))), out.integers(2)));
        return out.emit("Gather", List.of(order(x).get(0), place), Attributes.integer("axis", axis));
    }

    String medianShare(String x) {
        return back(out.emit("Add", List.of(share(x, 1), share(x, 0))));
    }

    private String share(String x, long less) {
        String equal = out.number(out.emit("Equal", List.of(lanes(x), middle(x, less))));
        String count = out.emit("ReduceSum", List.of(equal, out.integers(axis)));
        return out.emit("Mul", List.of(equal, out.emit("Div", List.of(out.number(0.5), count))));
    }

    /** What stands before each step: the seed, then the next factor times it and the next summand. */
    String recurrence(List<String> operands, ProductOps.Scan op) {
        long direction = op.backward() ? 1 : 0;
        String x = lanes(operands.get(0));
        String count = out.emit(
                "Shape", List.of(x), Attributes.integer("start", 1 - axis), Attributes.integer("end", 2 - axis));
        String seed = out.emit("Expand", List.of(out.number(op.seed()), count));
        List<String> results = out.emit(
                "Scan",
                2,
                List.of(seed, x, lanes(operands.get(1))),
                Attributes.graph("body", step(result, axis)),
                Attributes.integer("num_scan_inputs", 2),
                Attributes.integers("scan_input_axes", axis, axis),
                Attributes.integers("scan_output_axes", axis),
                Attributes.integers("scan_input_directions", direction, direction),
                Attributes.integers("scan_output_directions", direction));
        return back(results.get(1));
    }

    private GraphProto step(Shape shape, long along) {
        Emitter inner = out.body();
        Dim lanes = over == Over.ALL ? Dim.of(1) : along == 0 ? shape.columns() : shape.rows();
        List<String> names = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            names.add(inner.names().temporary());
            inner.graph().addInput(inner.described(names.get(k), lanes));
        }
        String product = inner.emit("Mul", List.of(names.get(1), names.get(0)));
        String next = inner.emit("Add", List.of(product, names.get(2)));
        inner.graph().addOutput(inner.described(inner.copy(next), lanes));
        inner.graph().addOutput(inner.described(inner.copy(names.get(0)), lanes));
        inner.graph().setName("step");
        return inner.unfinished();
    }
}
