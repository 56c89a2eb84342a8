package org.gradgraph.exec.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gradgraph.graph.Composite;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;

/**
 * What a composite operation is made of, for operands of known sizes: a list of operations of other forms.
 *
 * <p>Operands of parts are numbers: 0 and above are parts, the others operands of the composite itself, the first one −1.
 */
final class Expansion {
    /** Composites in composites in composites; deeper than any sensible declaration. */
    private static final int DEEPEST = 50;

    /** One operation, its size, and what it is applied to. */
    record Part(Op op, int rows, int columns, List<Integer> inputs) {}

    private final List<Part> parts = new ArrayList<>();
    private int result;

    private Expansion() {}

    /**
     * Expands an operation.
     *
     * @param shapes the rows and columns of each operand, one after the other
     * @param sides the rows and columns of the result
     */
    static Expansion of(Composite op, List<Integer> shapes, int[] sides) {
        Expansion expansion = new Expansion();
        List<Integer> operands = new ArrayList<>();
        List<Shape> given = new ArrayList<>();
        for (int k = 0; 2 * k < shapes.size(); k++) {
            operands.add(-1 - k);
            given.add(Shape.of(shapes.get(2 * k), shapes.get(2 * k + 1)));
        }
        expansion.result = expansion.add(op, given, operands, Shape.of(sides[0], sides[1]), 0);
        return expansion;
    }

    /** Adds the parts of a composite; the recursion follows declarations, not a graph. */
    private int add(Composite op, List<Shape> shapes, List<Integer> operands, Shape shape, int depth) {
        if (depth == DEEPEST) {
            throw new IllegalStateException(
                    "the expansion of operation " + op.label() + " contains the operation itself; fix expansion(…)");
        }
        Map<Node, Integer> places = new HashMap<>();
        List<Node> symbols = new ArrayList<>();
        for (int k = 0; k < operands.size(); k++) {
            Node symbol = Node.input("operand " + (k + 1), shapes.get(k));
            symbols.add(symbol);
            places.put(symbol, operands.get(k));
        }
        Node root = op.expansion(List.copyOf(symbols));
        if (root == null || !root.shape().equals(shape)) {
            throw new IllegalStateException("the expansion of operation " + op.label() + " is "
                    + (root == null ? "null" : root.shape()) + ", not " + shape + "; fix expansion(…) or shape(…)");
        }
        for (Node node : Graph.of(root).nodes()) {
            if (!places.containsKey(node)) {
                places.put(node, part(op, node, places, depth));
            }
        }
        return place(root, places);
    }

    private static int place(Node node, Map<Node, Integer> places) {
        return Objects.requireNonNull(places.get(node));
    }

    private int part(Composite of, Node node, Map<Node, Integer> places, int depth) {
        Op op = node.op()
                .orElseThrow(() -> new IllegalStateException("the expansion of operation " + of.label() + " reads "
                        + node.describe() + ", which is not one of its operands; fix expansion(…)"));
        List<Integer> inputs =
                node.inputs().stream().map(input -> place(input, places)).toList();
        if (op instanceof Composite inner) {
            return add(inner, node.inputs().stream().map(Node::shape).toList(), inputs, node.shape(), depth + 1);
        }
        parts.add(
                new Part(op, node.shape().rows().size(), node.shape().columns().size(), inputs));
        return parts.size() - 1;
    }

    List<Part> parts() {
        return parts;
    }

    /**
     * The values that a part is applied to.
     *
     * @param operands the values of the operands of the composite
     * @param values the values of the parts before
     */
    int[] operands(int part, int[] operands, int[] values) {
        return parts.get(part).inputs().stream()
                .mapToInt(place -> value(place, operands, values))
                .toArray();
    }

    /** The value of the whole. */
    int result(int[] operands, int[] values) {
        return value(result, operands, values);
    }

    private static int value(int place, int[] operands, int[] values) {
        return place < 0 ? operands[-1 - place] : values[place];
    }
}
