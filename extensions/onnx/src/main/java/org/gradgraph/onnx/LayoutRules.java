package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gradgraph.graph.BlockOps;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;

/** Operators that arrange numbers in another way. */
final class LayoutRules {
    private LayoutRules() {}

    static Map<String, Rule> rules() {
        Map<String, Rule> rules = new HashMap<>();
        rules.put("Identity", Rule.of(call -> call.item(0)));
        rules.put("Dropout", LayoutRules::dropout);
        rules.put("Cast", Rule.of(LayoutRules::cast));
        rules.put("CastLike", Rule.of(call -> call.item(0)));
        rules.put("Reshape", Rule.of(LayoutRules::reshape));
        rules.put("Flatten", Rule.of(LayoutRules::flatten));
        rules.put("Squeeze", Rule.of(LayoutRules::squeeze));
        rules.put("Unsqueeze", Rule.of(LayoutRules::unsqueeze));
        rules.put("Transpose", Rule.of(Transposition::of));
        rules.put("Expand", Rule.of(LayoutRules::expand));
        rules.put("Concat", Rule.of(LayoutRules::concat));
        rules.put("Split", LayoutRules::split);
        rules.put("Slice", Rule.of(LayoutRules::slice));
        rules.put("Pad", Rule.of(LayoutRules::pad));
        rules.put("Tile", Rule.of(LayoutRules::tile));
        rules.put("Trilu", Rule.of(LayoutRules::triangle));
        return rules;
    }

    /** Inference leaves everything as it is. */
    private static List<Item> dropout(Call call) {
        if (call.outputs() > 1) {
            throw new OnnxException("its mask is not imported");
        }
        return List.of(call.item(0));
    }

    /** Numbers are numbers; only a fraction that becomes a whole number is cut. */
    private static Item cast(Call call) {
        long to = call.integer("to", 1);
        boolean toWhole = (to >= 2 && to <= 7) || to == 12 || to == 13;
        if (toWhole && call.item(0) instanceof Tensor x && x.number().isPresent()) {
            return new Whole(List.of(Whole.dim(x.number().get().longValue())), x.rank() == 0);
        }
        return call.item(0);
    }

    private static Item reshape(Call call) {
        Tensor x = call.tensor(0);
        List<Dim> wanted = new ArrayList<>(call.whole(1).numbers());
        int open = -1;
        for (int k = 0; k < wanted.size(); k++) {
            if (wanted.get(k).isFixed() && Sides.constant(wanted.get(k)) == 0 && call.integer("allowzero", 0) == 0) {
                if (k >= x.rank()) {
                    throw new OnnxException(
                            "side " + k + " of its shape is taken from an operand of " + x.rank() + " sides");
                }
                wanted.set(k, x.dims().get(k));
            } else if (wanted.get(k).isFixed() && Sides.constant(wanted.get(k)) == -1) {
                open = k;
            }
        }
        if (open >= 0) {
            List<Dim> others = new ArrayList<>(wanted);
            others.remove(open);
            wanted.set(open, Tensor.product(x.dims()).dividedBy(Tensor.product(others)));
        }
        return x.reshaped(wanted);
    }

    private static Item flatten(Call call) {
        Tensor x = call.tensor(0);
        long axis = call.integer("axis", 1);
        int split = axis == x.rank() ? x.rank() : x.axis(axis);
        return x.reshaped(List.of(
                Tensor.product(x.dims().subList(0, split)),
                Tensor.product(x.dims().subList(split, x.rank()))));
    }

    private static Item squeeze(Call call) {
        var axes = call.whole(1, "axes");
        if (call.item(0) instanceof Whole whole) {
            return new Whole(List.of(whole.numbers().get(0)), true);
        }
        Tensor x = call.tensor(0);
        List<Integer> removed = axes.isPresent()
                ? Arrays.stream(axes.get().values()).mapToObj(x::axis).toList()
                : IntStream.range(0, x.rank())
                        .filter(axis -> x.dims().get(axis).isOne())
                        .boxed()
                        .toList();
        return x.reshaped(IntStream.range(0, x.rank())
                .filter(axis -> !removed.contains(axis))
                .mapToObj(x.dims()::get)
                .toList());
    }

    private static Item unsqueeze(Call call) {
        long[] axes = call.whole(1, "axes")
                .orElseThrow(() -> new OnnxException("its axes are missing"))
                .values();
        if (call.item(0) instanceof Whole whole && whole.isScalar()) {
            return new Whole(whole.numbers(), false);
        }
        Tensor x = call.tensor(0);
        int rank = x.rank() + axes.length;
        long[] places = Arrays.stream(axes)
                .map(axis -> axis < 0 ? axis + rank : axis)
                .sorted()
                .toArray();
        List<Dim> dims = new ArrayList<>(x.dims());
        for (long place : places) {
            if (place < 0 || place > dims.size()) {
                throw new OnnxException("there is no axis " + place + " of " + rank);
            }
            dims.add((int) place, Dim.of(1));
        }
        return x.reshaped(dims);
    }

    private static Item expand(Call call) {
        Tensor x = call.tensor(0);
        List<Dim> target = call.whole(1).numbers();
        List<Dim> sides = Broadcasts.joined(List.of(x, new Tensor(x.node(), target, 0, false)));
        if (sides.equals(x.dims())) {
            return x;
        }
        int split = Tensor.usualSplit(sides.size());
        int ones = sides.size() - x.rank();
        Node node = split >= ones ? x.as(split - ones, false) : x.as(0, false);
        return new Tensor(Layout.broadcast(node, Tensor.shape(sides, split)), sides, split, false);
    }

    private static Item concat(Call call) {
        if (IntStream.range(0, call.size()).allMatch(call::isWhole)) {
            return new Whole(
                    IntStream.range(0, call.size())
                            .boxed()
                            .flatMap(k -> call.whole(k).numbers().stream())
                            .toList(),
                    false);
        }
        List<Tensor> parts = call.tensors();
        int axis = parts.get(0).axis(call.integer("axis", 0));
        List<Dim> dims = new ArrayList<>(parts.get(0).dims());
        dims.set(
                axis,
                parts.stream()
                        .map(part -> part.dims().get(axis))
                        .reduce(Dim::plus)
                        .orElseThrow());
        if (axis == 1 && parts.get(0).transposed()) {
            return new Tensor(Layout.concatRows(nodes(parts, 1, true)), dims, 1, true);
        }
        return axis == 0 && parts.get(0).rank() > 1
                ? new Tensor(Layout.concatRows(nodes(parts, 1, false)), dims, 1, false)
                : new Tensor(Layout.concatColumns(nodes(parts, axis, false)), dims, axis, false);
    }

    private static Node[] nodes(List<Tensor> parts, int split, boolean transposed) {
        return parts.stream().map(part -> part.as(split, transposed)).toArray(Node[]::new);
    }

    private static List<Item> split(Call call) {
        Tensor x = call.tensor(0);
        int axis = x.axis(call.integer("axis", 0));
        List<Dim> sizes = new ArrayList<>();
        var given = call.whole(1, "split");
        Dim all = x.dims().get(axis);
        if (given.isPresent()) {
            sizes.addAll(given.get().numbers());
        } else {
            long each = -Math.floorDiv(-Whole.value(all), call.outputs());
            for (int k = 0; k < call.outputs(); k++) {
                sizes.add(Whole.dim(Math.min(each, Whole.value(all) - k * each)));
            }
        }
        List<Item> parts = new ArrayList<>();
        Dim from = Whole.dim(0);
        for (Dim size : sizes) {
            Dim to = from.plus(size);
            parts.add(cut(x, axis, from, to));
            from = to;
        }
        return parts;
    }

    /** Neighbours along an axis. */
    static Tensor cut(Tensor x, int axis, Dim from, Dim to) {
        List<Dim> dims = new ArrayList<>(x.dims());
        dims.set(axis, to.minus(from));
        Dim zero = Whole.dim(0);
        if (axis == 0 && x.rank() > 1) {
            Node node = x.as(1, false);
            return new Tensor(
                    Node.apply(new BlockOps.Slice(from, to, zero, node.shape().columns()), node), dims, 1, false);
        }
        Dim inner = Tensor.product(x.dims().subList(axis + 1, x.rank()));
        Dim first = from.times(inner);
        Dim last = to.times(inner);
        if (axis == 1 && x.transposed()) {
            Node node = x.pictures();
            return new Tensor(
                    Node.apply(
                            new BlockOps.Slice(first, last, zero, node.shape().columns()), node),
                    dims,
                    1,
                    true);
        }
        Node node = x.as(axis, false);
        return new Tensor(
                Node.apply(new BlockOps.Slice(zero, node.shape().rows(), first, last), node), dims, axis, false);
    }

    /** Operands since opset 10, attributes before. */
    private static Item slice(Call call) {
        Whole starts = call.whole(1, "starts").orElseThrow(() -> new OnnxException("its starts are missing"));
        Whole ends = call.whole(2, "ends").orElseThrow(() -> new OnnxException("its ends are missing"));
        int count = starts.numbers().size();
        long[] axes = call.whole(3, "axes")
                .map(Whole::values)
                .orElseGet(() -> IntStream.range(0, count).asLongStream().toArray());
        long[] steps = call.has(4)
                ? call.whole(4).values()
                : IntStream.range(0, count).mapToLong(k -> 1).toArray();
        if (call.item(0) instanceof Whole whole) {
            return cutNumbers(whole, starts.values(), ends.values(), steps);
        }
        if (axes.length != count || ends.numbers().size() != count || steps.length != count) {
            throw new OnnxException("starts, ends, axes and steps are not as many");
        }
        return Slices.of(call.tensor(0), starts.numbers(), ends.numbers(), axes, steps);
    }

    private static Item cutNumbers(Whole whole, long[] starts, long[] ends, long[] steps) {
        int size = whole.numbers().size();
        if (starts.length != 1 || steps[0] != 1) {
            throw new OnnxException("only neighbouring whole numbers are cut out");
        }
        int from = (int) Math.max(0, Math.min(size, starts[0] < 0 ? starts[0] + size : starts[0]));
        int to = (int) Math.max(from, Math.min(size, ends[0] < 0 ? ends[0] + size : ends[0]));
        return new Whole(whole.numbers().subList(from, to), false);
    }

    private static Item pad(Call call) {
        if (!call.text("mode", "constant").equals("constant")) {
            throw new OnnxException("mode " + call.text("mode", "") + " is not imported");
        }
        Tensor x = call.tensor(0);
        List<Dim> widths = call.whole(1, "pads")
                .orElseThrow(() -> new OnnxException("its pads are missing"))
                .numbers();
        double value = call.has(2)
                ? call.tensor(2).number().orElseThrow(() -> new OnnxException("its value must never change"))
                : call.real("value", 0);
        if (call.has(3) || widths.size() != 2 * x.rank()) {
            throw new OnnxException("it needs two pads for each axis");
        }
        if (x.rank() == 2) {
            return Tensor.matrix(Node.apply(
                    new BlockOps.Pad(widths.get(0), widths.get(2), widths.get(1), widths.get(3), value), x.matrix()));
        }
        return Pictures.padded(x, Broadcasts.sizes(widths), value);
    }

    private static Item tile(Call call) {
        Tensor x = call.tensor(0);
        int[] times = Broadcasts.sizes(call.whole(1).numbers());
        if (x.rank() > 2 || times.length != x.rank()) {
            throw new OnnxException("only matrices and vectors are repeated");
        }
        Node node = Layout.repeat(x.matrix(), times.length == 2 ? times[0] : 1, times[times.length - 1]);
        return x.rank() == 2
                ? Tensor.matrix(node)
                : new Tensor(node, List.of(node.shape().columns()), 0, false);
    }

    private static Item triangle(Call call) {
        if (call.has(1) && call.whole(1).only() != 0) {
            throw new OnnxException("only triangles with their diagonal are imported");
        }
        Node x = call.tensor(0).matrix();
        return Tensor.matrix(
                call.integer("upper", 1) == 1 ? LinearAlgebra.upperTriangle(x) : LinearAlgebra.lowerTriangle(x));
    }
}
