package org.gradgraph.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;

/** The operator Transpose: axes in another order. */
final class Transposition {
    private Transposition() {}

    static Item of(Call call) {
        Tensor x = call.tensor(0);
        int rank = x.rank();
        int[] order = call.integers("perm")
                .map(axes -> Arrays.stream(axes).mapToInt(x::axis).toArray())
                .orElseGet(() -> IntStream.range(0, rank).map(k -> rank - 1 - k).toArray());
        if (order.length != rank || Arrays.stream(order).distinct().count() != rank) {
            throw new OnnxException("perm " + Arrays.toString(order) + " is no order of " + rank + " axes");
        }
        List<Dim> dims = Arrays.stream(order).mapToObj(x.dims()::get).toList();
        if (rank == 2 && order[0] == 1) {
            return new Tensor(x.matrix().transpose(), dims, 1, false);
        }
        int[] others =
                Arrays.stream(order).filter(axis -> !x.dims().get(axis).isOne()).toArray();
        int[] sorted = Arrays.stream(others).sorted().toArray();
        if (Arrays.equals(others, sorted)) {
            return x.reshaped(dims);
        }
        int first = Arrays.binarySearch(sorted, others[0]);
        int count = count(first, others, sorted);
        boolean isExchange = IntStream.range(0, first).allMatch(k -> others[count + k] == sorted[k])
                && IntStream.range(first + count, others.length).allMatch(k -> others[k] == sorted[k]);
        return isExchange ? exchanged(x, dims, sorted, first, count) : gathered(x, order, dims);
    }

    /** How many neighbours are in front. */
    private static int count(int first, int[] others, int[] sorted) {
        int count = 0;
        while (first + count < others.length && others[count] == sorted[first + count]) {
            count++;
        }
        return count;
    }

    /** Two blocks of neighbouring axes change places, and others may follow. */
    private static Tensor exchanged(Tensor x, List<Dim> dims, int[] axes, int first, int count) {
        Dim tail = Dim.of(1);
        for (int k = first + count; k < axes.length; k++) {
            tail = tail.times(x.dims().get(axes[k]));
        }
        Node plain = x.as(axes[first], false);
        Node moved = tail.isOne() ? plain.transpose() : LoopBody.below(plain, tail);
        for (int split = 0; split <= dims.size(); split++) {
            Shape shape = Tensor.shape(dims, split);
            if (shape.equals(moved.shape())) {
                return new Tensor(moved, dims, split, false);
            }
        }
        throw new OnnxException("axes of " + x.dims() + " cannot become " + dims);
    }

    /** Element by element, which needs the sizes; only the number of examples may be symbolic. */
    private static Tensor gathered(Tensor x, int[] order, List<Dim> dims) {
        int rank = order.length;
        if (order[0] == 0) {
            int[] inner = IntStream.range(1, rank).map(k -> order[k] - 1).toArray();
            int[] places = Broadcasts.permuted(x.dims().subList(1, rank), inner);
            return new Tensor(Indexing.gatherRows(x.pictures(), places), dims, 1, true);
        }
        int[] places = Broadcasts.permuted(x.dims(), order);
        return new Tensor(Indexing.gatherRows(x.as(rank, false), places), dims, rank, false);
    }
}
