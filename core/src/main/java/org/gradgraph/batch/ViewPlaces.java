package org.gradgraph.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gradgraph.batch.Arrangement.Order;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.Sizes;
import org.gradgraph.graph.View;
import org.jspecify.annotations.Nullable;

/** Where the examples are in the result of a view, found from its strides at some numbers of examples. */
final class ViewPlaces {
    /** Strides are polynomials of the sizes, of low degree. */
    private static final int[] COUNTS = {2, 3, 5};

    /** What other symbols stand for; the first one, the second one, and so on differ. */
    private static final int FIRST_OTHER = 7;

    private final Dim m;
    private final Node node;
    private final View view;
    private final @Nullable Arrangement operand;

    private ViewPlaces(Node node, @Nullable Arrangement operand, Dim m) {
        this.m = m;
        this.node = node;
        this.view = (View) node.op().orElseThrow();
        this.operand = operand;
    }

    /**
     * The arrangement of the result, if each example of it holds elements of that example alone, at places that do not depend on
     * the example or the number of examples.
     *
     * @param node a view whose result has a side that depends on {@code m}
     * @param operand the arrangement of its operand, null if no side of that depends on {@code m}
     * @return null if there is none
     */
    static @Nullable Arrangement arrangement(Node node, @Nullable Arrangement operand, Dim m) {
        Over lanes = Arrangement.lanes(node.shape(), m);
        if (lanes == Over.ALL) {
            return null;
        }
        if (operand == null || operand.order() != Order.ANY) {
            return find(node, operand, lanes, m);
        }
        Arrangement found = find(node, new Arrangement(operand.lanes(), Order.TOGETHER), lanes, m);
        return found != null ? found : find(node, new Arrangement(operand.lanes(), Order.INTERLEAVED), lanes, m);
    }

    private static @Nullable Arrangement find(Node node, @Nullable Arrangement operand, Over lanes, Dim m) {
        ViewPlaces places = new ViewPlaces(node, operand, m);
        boolean together = places.keepsApart(new Arrangement(lanes, Order.TOGETHER));
        boolean interleaved = places.keepsApart(new Arrangement(lanes, Order.INTERLEAVED));
        if (!together && !interleaved) {
            return null;
        }
        Order order = together ? interleaved ? Order.ANY : Order.TOGETHER : Order.INTERLEAVED;
        return new Arrangement(lanes, order);
    }

    private boolean keepsApart(Arrangement result) {
        int[] sources = {};
        for (int count : COUNTS) {
            Sizes sizes = sizes(List.of(node, node.inputs().get(0)), m, count);
            int[] found = sources(result, sizes, count);
            if (found.length == 0 || (sources.length > 0 && !Arrays.equals(found, sources))) {
                return false;
            }
            sources = found;
        }
        return true;
    }

    /** For each element of one example the element of the operand; empty if examples differ in it. */
    private int[] sources(Arrangement result, Sizes sizes, int count) {
        int[] sides;
        int[] from;
        View.Strides strides;
        try {
            sides = sides(node.shape().bind(sizes));
            from = sides(node.inputs().get(0).shape().bind(sizes));
            strides = ((View) view.bind(sizes)).strides(from[0], from[1]);
        } catch (ShapeException misfit) {
            return new int[0];
        }
        int[] sources = new int[sides[0] * sides[1] / count];
        Arrays.fill(sources, -1);
        for (int i = 0; i < sides[0]; i++) {
            for (int j = 0; j < sides[1]; j++) {
                int place = i * sides[1] + j;
                int source = strides.first() + i * strides.down() + j * strides.right();
                int example = result.example(place, sides[0], sides[1], count);
                if (operand != null && operand.example(source, from[0], from[1], count) != example) {
                    return new int[0];
                }
                int number = operand == null ? source : operand.within(source, from[0], from[1], count);
                int within = result.within(place, sides[0], sides[1], count);
                if (sources[within] >= 0 && sources[within] != number) {
                    return new int[0];
                }
                sources[within] = number;
            }
        }
        return sources;
    }

    private static int[] sides(Shape shape) {
        return new int[] {shape.rows().size(), shape.columns().size()};
    }

    /** Sizes with so many examples for all symbols of some nodes. */
    static Sizes sizes(List<Node> nodes, Dim m, int count) {
        Map<String, Integer> sizes = new TreeMap<>();
        int next = FIRST_OTHER;
        for (Node node : nodes) {
            for (Dim side : List.of(node.shape().rows(), node.shape().columns())) {
                for (String symbol : side.isFixed() ? Set.<String>of() : side.symbols()) {
                    next += sizes.putIfAbsent(symbol, next) == null ? 1 : 0;
                }
            }
        }
        sizes.put(m.toString(), count);
        return Sizes.of(sizes);
    }
}
