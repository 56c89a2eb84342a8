package org.gradgraph.exec.plan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.gradgraph.exec.plan.FusedCode.Outside;
import org.gradgraph.graph.Composite;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Fallback;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Reduction;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.Sizes;
import org.gradgraph.graph.View;
import org.gradgraph.graph.View.Strides;
import org.jspecify.annotations.Nullable;

/**
 * What a plan knows of each value before it makes steps: size, when it is computed, how it is read, and whether at all.
 *
 * <p>Values are numbers here, operands first. A node of the graph is one value; a composite operation is the values of its
 * expansion, and equal parts of expansions are one value, so that a softmax and its logarithm share their exponentials.
 * Views that repeat a number, row or column, or keep the order of the array, move nothing: they are read through, and
 * computed only if the matrix itself is wanted.
 */
final class GraphAnalysis {
    /** When a value is computed. */
    enum Phase {
        /** While the plan is made: what depends on no input or parameter. */
        ONCE,
        FORWARD,
        BACKWARD
    }

    private record Computation(Op op, List<Integer> inputs) {}

    private final Graph graph;

    /** The value of each node of the graph. */
    private final int[] valueOf;

    private int size;
    private Node[] nodes;
    private @Nullable Op[] ops;
    private int[] rows;
    private int[] columns;
    private int[][] inputs;
    private Phase[] phases;
    private @Nullable Access[] accesses;
    private final boolean[] roots;
    private final boolean[] needed;
    private final boolean readsThrough;
    private final Map<Computation, Expansion> expansions = new HashMap<>();
    private final Map<Computation, Integer> expanded = new HashMap<>();

    /**
     * Looks at every node.
     *
     * @param graph everything that may be computed, the forward pass first
     * @param forwardSize how many nodes belong to the forward pass
     * @param wanted which values a user may ask for
     * @param sizes what the symbolic dimensions stand for
     * @param readsThrough whether views are read through
     */
    GraphAnalysis(Graph graph, int forwardSize, boolean[] wanted, Sizes sizes, boolean readsThrough) {
        int n = graph.nodes().size();
        this.graph = graph;
        this.valueOf = new int[n];
        this.nodes = new Node[n];
        this.ops = new Op[n];
        this.rows = new int[n];
        this.columns = new int[n];
        this.inputs = new int[n][];
        this.phases = new Phase[n];
        this.accesses = new Access[n];
        this.readsThrough = readsThrough;
        IdentityHashMap<Shape, int[]> bound = new IdentityHashMap<>();
        for (int i = 0; i < n; i++) {
            Node node = graph.nodes().get(i);
            int[] sides = bound.get(node.shape());
            Op op = node.op().orElse(null);
            try {
                if (sides == null) {
                    sides = sides(node.shape().bind(sizes));
                    bound.put(node.shape(), sides);
                }
                if (op != null) {
                    op = op.bind(sizes);
                    requireFits(op, node, sizes);
                }
            } catch (ShapeException tooLarge) {
                throw new ShapeException(
                        node.describe() + ", made at " + node.source() + ", cannot be computed"
                                + (sizes.equals(Sizes.none()) ? "" : " with " + sizes) + ": " + tooLarge.problem(),
                        tooLarge.hint());
            }
            int[] operands = new int[node.inputs().size()];
            for (int k = 0; k < operands.length; k++) {
                operands[k] = valueOf[graph.inputIndex(i, k)];
            }
            valueOf[i] = op instanceof Composite composite
                    ? expand(composite, node, operands, sides, i < forwardSize)
                    : add(op, node, operands, sides[0], sides[1], i < forwardSize);
        }
        this.roots = new boolean[size];
        for (int i = 0; i < n; i++) {
            roots[valueOf[i]] |= wanted[i];
        }
        this.needed = needed();
    }

    /** What held for any size may not hold for this one: five rows of a matrix of three. */
    private static void requireFits(Op op, Node node, Sizes sizes) {
        if (!(op instanceof Elementwise)
                && node.inputs().stream().anyMatch(input -> !input.shape().isFixed())) {
            op.shape(node.inputs().stream()
                    .map(input -> input.shape().bind(sizes))
                    .toList());
        }
    }

    private static int[] sides(Shape shape) {
        return new int[] {shape.rows().size(), shape.columns().size()};
    }

    private int add(@Nullable Op op, Node node, int[] operands, int height, int width, boolean forward) {
        if (size == nodes.length) {
            grow();
        }
        int i = size++;
        nodes[i] = node;
        ops[i] = op;
        rows[i] = height;
        columns[i] = width;
        inputs[i] = operands;
        phases[i] = phase(i, forward);
        accesses[i] = findAccess(i);
        return i;
    }

    private void grow() {
        int room = 2 * size;
        nodes = Arrays.copyOf(nodes, room);
        ops = Arrays.copyOf(ops, room);
        rows = Arrays.copyOf(rows, room);
        columns = Arrays.copyOf(columns, room);
        inputs = Arrays.copyOf(inputs, room);
        phases = Arrays.copyOf(phases, room);
        accesses = Arrays.copyOf(accesses, room);
    }

    /** Adds what an operation is made of; equal parts of other operations are there already. */
    private int expand(Composite op, Node node, int[] operands, int[] sides, boolean forward) {
        List<Integer> shapes = Arrays.stream(operands)
                .boxed()
                .flatMap(operand -> List.of(rows[operand], columns[operand]).stream())
                .toList();
        Expansion expansion =
                expansions.computeIfAbsent(new Computation(op, shapes), key -> Expansion.of(op, shapes, sides));
        int[] values = new int[expansion.parts().size()];
        for (int part = 0; part < values.length; part++) {
            Expansion.Part made = expansion.parts().get(part);
            int[] from = expansion.operands(part, operands, values);
            Computation computation =
                    new Computation(made.op(), Arrays.stream(from).boxed().toList());
            Integer known = expanded.get(computation);
            if (known == null) {
                known = add(made.op(), node, from, made.rows(), made.columns(), forward);
                expanded.put(computation, known);
            }
            values[part] = known;
        }
        return expansion.result(operands, values);
    }

    private Phase phase(int i, boolean forward) {
        boolean constant = ops[i] != null;
        for (int input : inputs[i]) {
            constant &= phases[input] == Phase.ONCE;
        }
        return constant ? Phase.ONCE : forward ? Phase.FORWARD : Phase.BACKWARD;
    }

    private boolean[] needed() {
        boolean[] result = roots.clone();
        for (int i = result.length - 1; i >= 0; i--) {
            for (int k = 0; result[i] && k < readCount(i); k++) {
                result[read(i, k)] = true;
            }
        }
        return result;
    }

    /** The value of a node of the graph. */
    int valueOf(Node node) {
        return valueOf[graph.indexOf(node)];
    }

    int size() {
        return size;
    }

    /** The node that a value belongs to. */
    Node node(int i) {
        return nodes[i];
    }

    boolean isLeaf(int i) {
        return ops[i] == null;
    }

    Op op(int i) {
        Op op = ops[i];
        if (op == null) {
            throw new IllegalStateException(node(i).describe() + " has no operation");
        }
        return op;
    }

    int rows(int i) {
        return rows[i];
    }

    int columns(int i) {
        return columns[i];
    }

    int elements(int i) {
        return rows[i] * columns[i];
    }

    int[] inputs(int i) {
        return inputs[i];
    }

    Phase phase(int i) {
        return phases[i];
    }

    boolean isRoot(int i) {
        return roots[i];
    }

    /** Whether the value is computed at all. */
    boolean isNeeded(int i) {
        return needed[i];
    }

    /** Whether the value can be computed in a fused pass. */
    boolean isFusable(int i) {
        return inputs[i].length > 0 && (ops[i] instanceof Elementwise || accesses[i] != null || isReduction(i));
    }

    /** How a pass reads the operand of a view in place of the view; null for what is no view or must be copied. */
    private @Nullable Access findAccess(int i) {
        if (ops[i] instanceof Reduction) {
            return elements(inputs[i][0]) == elements(i) ? Access.FULL : null;
        }
        if (!(ops[i] instanceof View view)) {
            return null;
        }
        int from = inputs[i][0];
        Strides at = view.strides(rows[from], columns[from]);
        boolean isWide = columns[i] > 1;
        boolean isHigh = rows[i] > 1;
        if (at.first() != 0) {
            return null;
        }
        if (elements(from) == elements(i)) {
            return (!isWide || at.right() == 1) && (!isHigh || at.down() == columns[i]) ? Access.FULL : null;
        }
        if (elements(from) == 1) {
            return Access.NUMBER;
        }
        if (elements(from) == columns[i] && at.right() == 1 && at.down() == 0) {
            return Access.ROW;
        }
        return elements(from) == rows[i] && at.down() == 1 && at.right() == 0 ? Access.COLUMN : null;
    }

    /** Whether the value folds several elements to one. */
    boolean isReduction(int i) {
        return ops[i] instanceof Reduction && accesses[i] == null;
    }

    /** Whether the value is a usual one, or a fallback where that does not count. */
    boolean isFallback(int i) {
        return ops[i] instanceof Fallback;
    }

    /** Moves a value of the backward pass to the forward pass; its operands must be known there. */
    void moveForward(int i) {
        phases[i] = Phase.FORWARD;
    }

    /** The value whose shape a fused pass over this value runs through. */
    int domain(int i) {
        return isReduction(i) ? inputs[i][0] : i;
    }

    /** How the operand {@code k} of a fusable value is read. */
    Outside operand(int i, int k) {
        return accesses[i] != null ? readThrough(i, true) : readThrough(inputs[i][k], false);
    }

    int operandCount(int i) {
        return accesses[i] != null ? 1 : inputs[i].length;
    }

    private Outside readThrough(int start, boolean atLeastOne) {
        int source = start;
        Access access = Access.FULL;
        boolean more = atLeastOne;
        while (readsThrough || more) {
            Access next = accesses[source];
            boolean isRepeated = next == Access.ROW || next == Access.COLUMN;
            boolean isInOtherShape =
                    access != Access.FULL || rows[source] != rows[start] || columns[source] != columns[start];
            if (next == null || (isRepeated && isInOtherShape)) {
                break;
            }
            access = next == Access.FULL ? access : next;
            source = inputs[source][0];
            more = false;
        }
        return new Outside(source, access);
    }

    /**
     * The operand {@code k} of a matrix product, looking through transposes and, below them, views that keep the order. It
     * stops there: below a reshape, a transpose has another shape and is not one of the operand.
     */
    int factor(int i, int k) {
        int source = inputs[i][k];
        while (readsThrough && isTranspose(source)) {
            source = inputs[source][0];
        }
        while (readsThrough && accesses[source] == Access.FULL) {
            source = inputs[source][0];
        }
        return source;
    }

    /** Whether {@link #factor} is the transpose of the operand. */
    boolean isTransposed(int i, int k) {
        boolean transposed = false;
        for (int source = inputs[i][k]; readsThrough && isTranspose(source); source = inputs[source][0]) {
            transposed = !transposed;
        }
        return transposed;
    }

    /** Whether a value is the transpose of its operand, and in another order. */
    private boolean isTranspose(int i) {
        if (!(ops[i] instanceof View view) || accesses[i] != null) {
            return false;
        }
        int from = inputs[i][0];
        return rows[i] == columns[from]
                && columns[i] == rows[from]
                && view.strides(rows[from], columns[from]).equals(new Strides(0, 1, columns[from]));
    }

    /** How many values have their buffers read when this one is computed. */
    int readCount(int i) {
        return isFusable(i) ? operandCount(i) : inputs[i].length;
    }

    /** The value whose buffer is read as operand {@code k}. */
    int read(int i, int k) {
        if (isFusable(i)) {
            return operand(i, k).node();
        }
        return ops[i] instanceof MatMul ? factor(i, k) : inputs[i][k];
    }
}
