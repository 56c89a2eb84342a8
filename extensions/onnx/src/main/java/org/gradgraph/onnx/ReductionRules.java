package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;

/** Operators that reduce the first or the last axes, or all of them. */
final class ReductionRules {
    /** A reduction of a matrix. */
    private interface Reduce {
        Node apply(Node x, Over over);
    }

    private ReductionRules() {}

    static Map<String, Rule> rules() {
        Map<String, Rule> rules = new HashMap<>();
        Map<String, Reduce> reductions = Map.of(
                "ReduceSum", Reductions::sum,
                "ReduceMean", Reductions::mean,
                "ReduceMax", Reductions::max,
                "ReduceMin", Reductions::min,
                "ReduceProd", Reductions::product,
                "ReduceL1", Reductions::norm1,
                "ReduceL2", Reductions::norm2,
                "ReduceLogSumExp", Reductions::logSumExp,
                "ReduceLogSum", (x, over) -> Reductions.sum(x, over).log(),
                "ReduceSumSquare", (x, over) -> Reductions.sum(x.square(), over));
        reductions.forEach((name, reduce) -> rules.put(name, Rule.of(call -> reduced(call, reduce))));
        rules.put("ArgMax", Rule.of(call -> position(call, Reductions::argmax)));
        rules.put("ArgMin", Rule.of(call -> position(call, Reductions::argmin)));
        rules.put("Softmax", Rule.of(call -> normalised(call, Activations::softmax)));
        rules.put("LogSoftmax", Rule.of(call -> normalised(call, Activations::logSoftmax)));
        rules.put("CumSum", Rule.of(ReductionRules::cumulativeSum));
        return rules;
    }

    private static Item reduced(Call call, Reduce reduce) {
        Optional<Whole> axes = call.whole(1, "axes");
        if (axes.isEmpty() && call.integer("noop_with_empty_axes", 0) == 1) {
            return call.item(0);
        }
        if (call.isWhole(0) && call.operator().equals("ReduceProd")) {
            Dim product = Tensor.product(call.whole(0).numbers());
            return new Whole(List.of(product), call.integer("keepdims", 1) == 0);
        }
        Tensor x = call.tensor(0);
        return reduced(x, axes(x, axes), call.integer("keepdims", 1) == 1, reduce);
    }

    private static int[] axes(Tensor x, Optional<Whole> axes) {
        return axes.isEmpty() || axes.get().numbers().isEmpty()
                ? IntStream.range(0, x.rank()).toArray()
                : new TreeSet<>(Arrays.stream(axes.get().values())
                                .mapToObj(x::axis)
                                .toList())
                        .stream().mapToInt(Integer::intValue).toArray();
    }

    static Tensor mean(Tensor x, int... axes) {
        return reduced(x, axes, true, Reductions::mean);
    }

    static Tensor max(Tensor x, int... axes) {
        return reduced(x, axes, true, Reductions::max);
    }

    private static Tensor reduced(Tensor x, int[] axes, boolean keeps, Reduce reduce) {
        int count = axes.length;
        List<Dim> dims = new ArrayList<>(x.dims());
        for (int k = count - 1; k >= 0; k--) {
            if (keeps) {
                dims.set(axes[k], Dim.of(1));
            } else {
                dims.remove(axes[k]);
            }
        }
        if (count == 0) {
            return x;
        }
        if (count == x.rank()) {
            return new Tensor(reduce.apply(x.node(), Over.ALL), dims, Tensor.usualSplit(dims.size()), false);
        }
        boolean together = axes[count - 1] - axes[0] == count - 1;
        if (together && axes[count - 1] == x.rank() - 1) {
            int split = x.rank() - count;
            Node node = reduce.apply(x.as(split, false), Over.EACH_ROW);
            return new Tensor(node, dims, split, false);
        }
        if (together && axes[0] == 0) {
            Node node = reduce.apply(x.as(count, false), Over.EACH_COLUMN);
            return new Tensor(node, dims, keeps ? count : 0, false);
        }
        throw new OnnxException(
                "axes " + Arrays.toString(axes) + " of " + x.rank() + " are neither the first nor the last ones");
    }

    private static Item position(Call call, Reduce reduce) {
        call.requireDefault("select_last_index", 0);
        Tensor x = call.tensor(0);
        int[] axis = {x.axis(call.integer("axis", 0))};
        return reduced(x, axis, call.integer("keepdims", 1) == 1, reduce);
    }

    /** Before opset 13, the axis begins the part that is normalised. */
    private static Item normalised(Call call, Reduce function) {
        Tensor x = call.tensor(0);
        int axis = x.axis(call.integer("axis", call.opset() < 13 ? 1 : -1));
        int last = x.rank() - 1;
        if (axis == last || call.opset() < 13) {
            return new Tensor(function.apply(x.as(axis, false), Over.EACH_ROW), x.dims(), axis, false);
        }
        if (axis == 0) {
            return new Tensor(function.apply(x.as(1, false), Over.EACH_COLUMN), x.dims(), 1, false);
        }
        throw new OnnxException("axis " + axis + " of " + x.rank() + " is neither the first nor the last one");
    }

    private static Item cumulativeSum(Call call) {
        call.requireDefault("exclusive", 0);
        call.requireDefault("reverse", 0);
        Tensor x = call.tensor(0);
        int axis = x.axis(call.whole(1).only());
        if (axis == x.rank() - 1) {
            return new Tensor(Reductions.cumulativeSum(x.as(axis, false), Over.EACH_ROW), x.dims(), axis, false);
        }
        if (axis == 0) {
            return new Tensor(Reductions.cumulativeSum(x.as(1, false), Over.EACH_COLUMN), x.dims(), 1, false);
        }
        throw new OnnxException("axis " + axis + " of " + x.rank() + " is neither the first nor the last one");
    }
}
