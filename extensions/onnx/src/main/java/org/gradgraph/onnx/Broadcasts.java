package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;

/** Operators on several tensors whose sides of 1 are repeated, as ONNX repeats them. */
final class Broadcasts {
    private Broadcasts() {}

    static List<Dim> joined(List<Tensor> tensors) {
        int rank = tensors.stream().mapToInt(Tensor::rank).max().orElse(0);
        List<Dim> sides = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            Dim side = Dim.of(1);
            for (Tensor tensor : tensors) {
                Dim own = tensor.padded(rank).get(axis);
                if (!own.isOne() && !side.isOne() && !own.equals(side)) {
                    throw new OnnxException("sides " + side + " and " + own + " do not fit");
                }
                side = side.isOne() ? own : side;
            }
            sides.add(side);
        }
        return sides;
    }

    /** Applies an operation of matrices that repeats rows or columns, but not those of different operands. */
    static Tensor apply(List<Tensor> tensors, Function<List<Node>, Node> operation) {
        List<Dim> sides = joined(tensors);
        Tensor largest = tensors.stream()
                .filter(tensor -> tensor.dims().equals(sides))
                .findFirst()
                .orElse(tensors.get(0));
        int split = largest.dims().equals(sides) ? largest.split() : Tensor.usualSplit(sides.size());
        boolean transposed = largest.dims().equals(sides) && largest.transposed();
        List<Node> operands = new ArrayList<>();
        if (tensors.stream().allMatch(tensor -> fits(tensor, sides, split))) {
            tensors.forEach(tensor -> operands.add(small(tensor, sides, split, transposed)));
            return new Tensor(operation.apply(together(operands)), sides, split, transposed);
        }
        tensors.forEach(tensor -> operands.add(wide(tensor, sides)));
        return new Tensor(operation.apply(together(operands)), sides, 1, true);
    }

    /** Whether the rows are one or all, and the columns too. */
    private static boolean fits(Tensor tensor, List<Dim> sides, int split) {
        Shape all = Tensor.shape(sides, split);
        Shape own = Tensor.shape(tensor.padded(sides.size()), split);
        return (own.rows().isOne() || own.rows().equals(all.rows()))
                && (own.columns().isOne() || own.columns().equals(all.columns()));
    }

    private static Node small(Tensor tensor, List<Dim> sides, int split, boolean transposed) {
        int ones = sides.size() - tensor.rank();
        if (split >= ones) {
            return tensor.as(split - ones, transposed);
        }
        Node row = tensor.as(0, false);
        return transposed ? row.transpose() : row;
    }

    /** Here a column broadcast over a row is as good as any other. */
    private static List<Node> together(List<Node> operands) {
        Dim rows = Dim.of(1);
        Dim columns = Dim.of(1);
        for (Node operand : operands) {
            rows = rows.isOne() ? operand.shape().rows() : rows;
            columns = columns.isOne() ? operand.shape().columns() : columns;
        }
        Shape all = Shape.of(rows, columns);
        boolean isOuter = operands.stream().noneMatch(operand -> operand.shape().equals(all));
        return isOuter
                ? operands.stream()
                        .map(operand -> Layout.broadcast(operand, all))
                        .toList()
                : operands;
    }

    /** One example per column, with all its elements; only the number of examples may be symbolic. */
    private static Node wide(Tensor tensor, List<Dim> sides) {
        List<Dim> own = tensor.padded(sides.size());
        Node columns = tensor.reshaped(own).pictures();
        List<Dim> inner = own.subList(1, own.size());
        List<Dim> wanted = sides.subList(1, sides.size());
        return inner.equals(wanted) || Tensor.product(inner).isOne()
                ? columns
                : Indexing.gatherRows(columns, places(inner, wanted));
    }

    private static int[] places(List<Dim> own, List<Dim> wanted) {
        int[] sizes = sizes(own);
        int[] targets = sizes(wanted);
        int[] places = new int[Limits.elements(wanted)];
        for (int k = 0; k < places.length; k++) {
            int rest = k;
            int step = 1;
            for (int axis = targets.length - 1; axis >= 0; axis--) {
                places[k] += sizes[axis] == 1 ? 0 : rest % targets[axis] * step;
                rest /= targets[axis];
                step *= sizes[axis];
            }
        }
        return places;
    }

    static int[] sizes(List<Dim> sides) {
        return sides.stream().mapToInt(side -> (int) Whole.value(side)).toArray();
    }

    /** The places, in a tensor of these sides, of the elements of the tensor with its axes in another order. */
    static int[] permuted(List<Dim> sides, int[] order) {
        int[] sizes = sizes(sides);
        int[] steps = new int[sizes.length];
        int step = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            steps[axis] = step;
            step *= sizes[axis];
        }
        int[] places = new int[Limits.elements(sides)];
        Arrays.setAll(places, k -> {
            int place = 0;
            int rest = k;
            for (int axis = order.length - 1; axis >= 0; axis--) {
                place += rest % sizes[order[axis]] * steps[order[axis]];
                rest /= sizes[order[axis]];
            }
            return place;
        });
        return places;
    }
}
