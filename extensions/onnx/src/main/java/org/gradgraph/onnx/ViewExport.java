package org.gradgraph.onnx;

import java.util.Arrays;
import java.util.List;
import org.gradgraph.graph.BlockOps;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.View;

/** Views: the usual ones by an operator, any other one by the places of its elements. */
final class ViewExport {
    private ViewExport() {}

    static Value value(GraphExport export, Node node, View view) {
        Node input = node.inputs().get(0);
        Shape shape = export.bound(node.shape());
        if (view instanceof Layout.Broadcast) {
            return export.value(input);
        }
        return new Value(name(export, input, view, shape), shape);
    }

    private static String name(GraphExport export, Node input, View view, Shape shape) {
        Emitter out = export.out();
        String x = export.full(input);
        if (view instanceof Layout.Transpose) {
            return out.emit("Transpose", List.of(x), Attributes.integers("perm", 1, 0));
        }
        if (view instanceof Layout.Reshape) {
            return reshaped(export, x, shape);
        }
        if (view instanceof Layout.Flip flip) {
            return flipped(out, x, flip);
        }
        if (view instanceof BlockOps.Slice slice) {
            return out.emit(
                    "Slice",
                    List.of(
                            x,
                            export.sides().vector(out, slice.fromRow(), slice.fromColumn()),
                            export.sides().vector(out, slice.toRow(), slice.toColumn()),
                            out.integers(0, 1)));
        }
        if (view.name().equals("diagonal") && view.getClass().getPackage() == Op.class.getPackage()) {
            String diagonal = KernelExport.trilu(out, KernelExport.trilu(out, x, true, 0), false, 0);
            return out.emit("ReduceSum", List.of(diagonal, out.integers(1)));
        }
        return gathered(export, x, view, export.bound(input.shape()), shape);
    }

    /** One symbolic side need not be computed. */
    static String reshaped(GraphExport export, String x, Shape shape) {
        Emitter out = export.out();
        String sides;
        if (shape.rows().isFixed() && !shape.columns().isFixed()) {
            sides = out.integers(shape.rows().size(), -1);
        } else if (!shape.rows().isFixed() && shape.columns().isFixed()) {
            sides = out.integers(-1, shape.columns().size());
        } else {
            sides = export.sides().vector(out, shape.rows(), shape.columns());
        }
        return out.emit("Reshape", List.of(x, sides));
    }

    private static String flipped(Emitter out, String x, Layout.Flip flip) {
        long[] axes = flip.rows() && flip.columns() ? new long[] {0, 1} : new long[] {flip.rows() ? 0 : 1};
        long[] last = new long[axes.length];
        long[] end = new long[axes.length];
        Arrays.fill(last, -1);
        Arrays.fill(end, Long.MIN_VALUE + 1);
        return out.emit(
                "Slice", List.of(x, out.integers(last), out.integers(end), out.integers(axes), out.integers(last)));
    }

    private static String gathered(GraphExport export, String x, View view, Shape from, Shape to) {
        if (!from.isFixed() || !to.isFixed()) {
            throw new OnnxException("the places of its elements depend on the sizes; give them by withSizes(…)");
        }
        View.Strides strides = view.strides(from.rows().size(), from.columns().size());
        int rows = to.rows().size();
        int columns = to.columns().size();
        long[] places = new long[rows * columns];
        for (int k = 0; k < places.length; k++) {
            places[k] =
                    strides.first() + (long) (k / columns) * strides.down() + (long) (k % columns) * strides.right();
        }
        Emitter out = export.out();
        String flat = out.emit("Reshape", List.of(x, out.integers(-1)));
        return out.emit("Gather", List.of(flat, out.integers(new long[] {rows, columns}, places)));
    }
}
