package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;

/** Shapes, whole numbers made of them, and what is looked up by whole numbers. */
final class WholeRules {
    private WholeRules() {}

    static Map<String, Rule> rules() {
        Map<String, Rule> rules = new HashMap<>();
        rules.put("Shape", Rule.of(WholeRules::shape));
        rules.put(
                "Size",
                Rule.of(call -> new Whole(List.of(Tensor.product(call.tensor(0).dims())), true)));
        rules.put("ConstantOfShape", Rule.of(WholeRules::filled));
        rules.put("Gather", Rule.of(WholeRules::gather));
        rules.put("Range", Rule.of(WholeRules::range));
        rules.put("OneHot", Rule.of(WholeRules::oneHot));
        return rules;
    }

    /** Arithmetic that ends in a shape; empty if an operand is no list of whole numbers. */
    static Map<String, BinaryOperator<Dim>> arithmetic() {
        return Map.of(
                "Add", Dim::plus,
                "Sub", Dim::minus,
                "Mul", Dim::times,
                "Div", (a, b) -> a.isFixed() && b.isFixed() ? fixed(a, b, (x, y) -> x / y) : a.dividedBy(b),
                "Max", (a, b) -> fixed(a, b, Math::max),
                "Min", (a, b) -> fixed(a, b, Math::min),
                "Equal", (a, b) -> Whole.dim(a.equals(b) ? 1 : 0));
    }

    private static Dim fixed(Dim a, Dim b, LongBinaryOperator operation) {
        return Whole.dim(operation.applyAsLong(Whole.value(a), Whole.value(b)));
    }

    static Whole applied(BinaryOperator<Dim> operation, Whole a, Whole b) {
        int size = Math.max(a.numbers().size(), b.numbers().size());
        List<Dim> results = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            results.add(operation.apply(element(a, k), element(b, k)));
        }
        return new Whole(results, a.isScalar() && b.isScalar());
    }

    static Whole chosen(Whole condition, Whole a, Whole b) {
        int size = Math.max(
                condition.numbers().size(),
                Math.max(a.numbers().size(), b.numbers().size()));
        List<Dim> results = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            results.add(Whole.value(element(condition, k)) != 0 ? element(a, k) : element(b, k));
        }
        return new Whole(results, condition.isScalar() && a.isScalar() && b.isScalar());
    }

    private static Dim element(Whole whole, int place) {
        int size = whole.numbers().size();
        if (size != 1 && place >= size) {
            throw new OnnxException("lists of " + size + " and more whole numbers do not fit");
        }
        return whole.numbers().get(size == 1 ? 0 : place);
    }

    private static Item shape(Call call) {
        List<Dim> dims = call.tensor(0).dims();
        int rank = dims.size();
        long start = call.integer("start", 0);
        long end = call.integer("end", rank);
        int from = (int) Math.max(0, Math.min(rank, start < 0 ? start + rank : start));
        int to = (int) Math.max(from, Math.min(rank, end < 0 ? end + rank : end));
        return new Whole(dims.subList(from, to), false);
    }

    private static Item filled(Call call) {
        List<Dim> dims = call.whole(0).numbers();
        var value = call.tensorAttribute("value").map(attribute -> TensorData.of(attribute.getT(), ""));
        if (value.isPresent() && value.get().isWhole() && dims.size() <= 1) {
            long count = dims.isEmpty() ? 1 : Whole.value(dims.get(0));
            long[] numbers = new long[Limits.numbers(count)];
            Arrays.fill(numbers, (long) value.get().values()[0]);
            return Whole.of(numbers);
        }
        int split = Tensor.usualSplit(dims.size());
        double number = value.map(data -> data.values()[0]).orElse(0.0);
        Node node = number == 0
                ? Constants.zeros(Tensor.shape(dims, split))
                : Layout.broadcast(Node.constant(number), Tensor.shape(dims, split));
        return new Tensor(node, dims, split, false);
    }

    private static Item gather(Call call) {
        if (call.item(0) instanceof Whole numbers) {
            Whole places = call.whole(1);
            List<Dim> chosen = new ArrayList<>();
            for (long place : places.values()) {
                int size = numbers.numbers().size();
                if (place < -size || place >= size) {
                    throw new OnnxException("there is no place " + place + " of " + size);
                }
                chosen.add(numbers.numbers().get((int) (place < 0 ? place + size : place)));
            }
            return new Whole(chosen, places.isScalar());
        }
        Tensor x = call.tensor(0);
        int axis = x.axis(call.integer("axis", 0));
        if (call.item(1) instanceof Whole places) {
            Tensor taken =
                    places.numbers().size() == 1 ? one(x, axis, places.only()) : Slices.taken(x, axis, places.values());
            List<Dim> dims = new ArrayList<>(taken.dims());
            if (places.isScalar()) {
                dims.remove(axis);
            }
            return taken.reshaped(dims);
        }
        return lookedUp(x, axis, call.tensor(1));
    }

    private static Tensor one(Tensor x, int axis, long place) {
        Dim from = place < 0 ? x.dims().get(axis).plus(Whole.dim(place)) : Whole.dim(place);
        return LayoutRules.cut(x, axis, from, from.plus(Dim.of(1)));
    }

    /** Rows of a table by numbers that the model is fed. */
    private static Tensor lookedUp(Tensor table, int axis, Tensor places) {
        if (axis != 0 || table.rank() < 1) {
            throw new OnnxException("numbers that are fed look up along axis 0 only");
        }
        List<Dim> dims = new ArrayList<>(places.dims());
        dims.addAll(table.dims().subList(1, table.rank()));
        Node vector = places.rank() <= 1 ? places.node() : places.as(0, false);
        Node rows = Indexing.gatherRows(table.as(1, false), vector);
        return new Tensor(rows, dims, places.rank(), false);
    }

    private static Item range(Call call) {
        long from = call.whole(0).only();
        long to = call.whole(1).only();
        long step = call.whole(2).only();
        if (step == 0) {
            throw new OnnxException("its step is 0");
        }
        long[] numbers = new long[Limits.numbers(Math.max(0, -Math.floorDiv(from - to, step)))];
        Arrays.setAll(numbers, k -> from + k * step);
        return Whole.of(numbers);
    }

    private static Item oneHot(Call call) {
        Tensor x = call.tensor(0);
        int depth = (int) call.whole(1).only();
        long axis = call.integer("axis", -1);
        Tensor values = call.tensor(2);
        double[] offAndOn =
                values.node().op().orElse(null) instanceof Constant constant ? constant.value().data : new double[0];
        if (offAndOn.length != 2 || offAndOn[0] != 0 || offAndOn[1] != 1 || (axis != -1 && axis != x.rank())) {
            throw new OnnxException("only zeros and ones along the last axis are imported");
        }
        List<Dim> dims = new ArrayList<>(x.dims());
        dims.add(Dim.of(depth));
        Node hot = Indexing.oneHot(x.as(x.rank(), false), depth, Over.EACH_ROW);
        return new Tensor(hot, dims, x.rank(), false);
    }
}
