package org.gradgraph.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Shape;

/** Sides as whole numbers in the exported graph: constants, or computed from the shapes of the inputs. */
final class Sides {
    /** One side of an input. */
    private record Place(String input, int axis, Dim side) {}

    private final List<Place> places = new ArrayList<>();

    void learn(String input, Shape shape) {
        places.add(new Place(input, 0, shape.rows()));
        places.add(new Place(input, 1, shape.columns()));
    }

    /** The numbers of several sides, one after the other. */
    String vector(Emitter out, Dim... sides) {
        if (List.of(sides).stream().allMatch(Dim::isFixed)) {
            long[] sizes = new long[sides.length];
            for (int k = 0; k < sizes.length; k++) {
                sizes[k] = constant(sides[k]);
            }
            return out.integers(sizes);
        }
        List<String> parts = new ArrayList<>();
        for (Dim side : sides) {
            parts.add(number(out, side));
        }
        return joined(out, parts);
    }

    static String joined(Emitter out, List<String> parts) {
        return parts.size() == 1 ? parts.get(0) : out.emit("Concat", parts, Attributes.integer("axis", 0));
    }

    static long constant(Dim side) {
        return side.terms().getOrDefault(List.of(), 0L);
    }

    /** A vector of the one number. */
    String number(Emitter out, Dim side) {
        return number(out, side.terms(), Set.of());
    }

    private String number(Emitter out, Map<List<String>, Long> terms, Set<String> asked) {
        String sum = "";
        for (Map.Entry<List<String>, Long> term : terms.entrySet()) {
            String product = term.getValue() == 1 && !term.getKey().isEmpty() ? "" : out.integers(term.getValue());
            for (String symbol : term.getKey()) {
                String factor = symbol(out, symbol, asked);
                product = product.isEmpty() ? factor : out.emit("Mul", List.of(product, factor));
            }
            sum = sum.isEmpty() ? product : out.emit("Add", List.of(sum, product));
        }
        return sum.isEmpty() ? out.integers(0) : sum;
    }

    /** From a side of an input that is the symbol, or else from one whose other symbols are known. */
    private String symbol(Emitter out, String symbol, Set<String> asked) {
        for (Place place : places) {
            if (place.side().equals(Dim.named(symbol))) {
                return size(out, place);
            }
        }
        for (Place place : places) {
            Set<String> others = new TreeSet<>(place.side().symbols());
            if (others.remove(symbol)
                    && !asked.contains(symbol)
                    && others.stream().noneMatch(asked::contains)
                    && isLinear(place.side(), symbol)) {
                return solved(out, symbol, place, asked);
            }
        }
        throw new OnnxException("the size of dimension " + symbol
                + " cannot be read from an input of the ONNX model; give it by withSizes(…)");
    }

    private static boolean isLinear(Dim side, String symbol) {
        return side.terms().keySet().stream()
                .allMatch(symbols -> symbols.stream().filter(symbol::equals).count() <= 1);
    }

    private String solved(Emitter out, String symbol, Place place, Set<String> asked) {
        Map<List<String>, Long> factors = new LinkedHashMap<>();
        Map<List<String>, Long> rest = new LinkedHashMap<>();
        place.side().terms().forEach((symbols, coefficient) -> {
            List<String> others = new ArrayList<>(symbols);
            (others.remove(symbol) ? factors : rest).put(others, coefficient);
        });
        Set<String> more = new TreeSet<>(asked);
        more.add(symbol);
        String product = out.emit("Sub", List.of(size(out, place), number(out, rest, more)));
        return out.emit("Div", List.of(product, number(out, factors, more)));
    }

    private static String size(Emitter out, Place place) {
        return out.emit(
                "Shape",
                List.of(place.input()),
                Attributes.integer("start", place.axis()),
                Attributes.integer("end", place.axis() + 1));
    }

    /** The side as a 1×1 matrix. */
    String matrix(Emitter out, Dim side) {
        if (side.isFixed()) {
            return out.matrix((double) constant(side));
        }
        String whole = out.emit("Reshape", List.of(number(out, side), out.integers(1, 1)));
        return out.emit("Cast", List.of(whole), Attributes.integer("to", out.elementType()));
    }

    static int int64() {
        return DataType.INT64.getNumber();
    }
}
