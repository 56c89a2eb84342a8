package org.gradgraph.exec;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntConsumer;
import org.gradgraph.exec.FusedCode.Outside;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.LayoutOps.Broadcast;
import org.gradgraph.graph.LayoutOps.Transpose;
import org.gradgraph.graph.LinearAlgebraOps.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.NormOps.Norm2;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.ReductionOps.Mean;
import org.gradgraph.graph.ReductionOps.Sum;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * What a plan knows of each node before it makes steps: sizes, when it is computed, how it is read, and whether at all.
 *
 * <p>Nodes are numbers here, their places in the graph. Repeating a number, row or column, transposing a vector, and
 * summing one element move nothing: such views are read through, and computed only if someone wants the matrix itself.
 */
final class Outline {
    /** When a node is computed. */
    enum Phase {
        /** While the plan is made: what depends on no input or parameter. */
        ONCE,
        FORWARD,
        BACKWARD
    }

    private final Graph graph;
    private final @Nullable Op[] ops;
    private final int[] rows;
    private final int[] columns;
    private final int[][] inputs;
    private final Phase[] phases;
    private final boolean[] roots;
    private final boolean[] needed;
    private final boolean readsThrough;
    private final boolean[] views;
    private final boolean[] reductions;
    private final boolean[] fusable;

    /**
     * Looks at every node.
     *
     * @param graph everything that may be computed
     * @param forward which nodes belong to the forward pass
     * @param roots which values somebody may ask for
     * @param sizes what the symbolic dimensions stand for
     * @param readsThrough whether views are read through
     */
    Outline(Graph graph, boolean[] forward, boolean[] roots, Sizes sizes, boolean readsThrough) {
        int n = graph.nodes().size();
        this.graph = graph;
        this.ops = new Op[n];
        this.rows = new int[n];
        this.columns = new int[n];
        this.inputs = new int[n][];
        this.phases = new Phase[n];
        this.roots = roots;
        this.readsThrough = readsThrough;
        this.views = new boolean[n];
        this.reductions = new boolean[n];
        this.fusable = new boolean[n];
        IdentityHashMap<Shape, int[]> bound = new IdentityHashMap<>();
        for (int i = 0; i < n; i++) {
            Node node = graph.nodes().get(i);
            try {
                int[] sides = bound.computeIfAbsent(node.shape(), shape -> sides(shape.bind(sizes)));
                rows[i] = sides[0];
                columns[i] = sides[1];
                ops[i] = node.op().map(op -> op.bind(sizes)).orElse(null);
                requireFits(ops[i], node, sizes);
            } catch (ShapeException tooLarge) {
                throw new ShapeException(
                        node.describe() + ", made at " + node.source() + ", cannot be computed with " + sizes + ": "
                                + tooLarge.problem(),
                        tooLarge.hint());
            }
            inputs[i] = indices(node.inputs());
            phases[i] = phase(i, forward[i]);
            views[i] = findView(i);
            reductions[i] = findReduction(i);
            fusable[i] = inputs[i].length > 0 && (ops[i] instanceof Elementwise || views[i] || reductions[i]);
        }
        this.needed = needed();
    }

    /** What held for any size may not hold for this one: five rows of a matrix of three. */
    private static void requireFits(@Nullable Op op, Node node, Sizes sizes) {
        if (op != null
                && !(op instanceof Elementwise)
                && node.inputs().stream().anyMatch(input -> !input.shape().isFixed())) {
            op.shape(node.inputs().stream()
                    .map(input -> input.shape().bind(sizes))
                    .toList());
        }
    }

    private static int[] sides(Shape shape) {
        return new int[] {shape.rows().size(), shape.columns().size()};
    }

    private int[] indices(List<Node> nodes) {
        int[] result = new int[nodes.size()];
        for (int k = 0; k < result.length; k++) {
            result[k] = graph.indexOf(nodes.get(k));
        }
        return result;
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
            if (result[i]) {
                forEachRead(i, source -> result[source] = true);
            }
        }
        return result;
    }

    int size() {
        return ops.length;
    }

    Node node(int i) {
        return graph.nodes().get(i);
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

    /** Whether the node can be a part of a fused pass. */
    boolean isFusable(int i) {
        return fusable[i];
    }

    /** Whether the node has the elements of its operand in the same order, or repeats them. */
    boolean isView(int i) {
        return views[i];
    }

    private boolean findView(int i) {
        if (ops[i] instanceof Broadcast) {
            return true;
        }
        if (ops[i] instanceof Transpose) {
            return rows[i] == 1 || columns[i] == 1;
        }
        return isSum(i) && elements(inputs[i][0]) == elements(i);
    }

    boolean isReduction(int i) {
        return reductions[i];
    }

    /** Means and norms of rows or columns are no part of a pass: some of them might need the pass again. */
    private boolean findReduction(int i) {
        if (ops[i] instanceof Norm2) {
            return elements(i) == 1 && elements(inputs[i][0]) > 1;
        }
        return isSum(i) && elements(inputs[i][0]) != elements(i) && (ops[i] instanceof Sum || elements(i) == 1);
    }

    private boolean isSum(int i) {
        return ops[i] instanceof Sum || ops[i] instanceof Mean;
    }

    /** Moves a node of the backward pass to the forward pass; its operands must be known there. */
    void moveForward(int i) {
        phases[i] = Phase.FORWARD;
    }

    /** The node whose shape a fused pass over this node runs through. */
    int domain(int i) {
        return isReduction(i) ? inputs[i][0] : i;
    }

    /** How the operand {@code k} of a fusable node is read. */
    Outside operand(int i, int k) {
        return isView(i) ? readThrough(i, true) : readThrough(inputs[i][k], false);
    }

    int operandCount(int i) {
        return isView(i) ? 1 : inputs[i].length;
    }

    private Outside readThrough(int start, boolean atLeastOne) {
        int source = start;
        Access access = Access.FULL;
        boolean more = atLeastOne;
        while (isView(source) && (readsThrough || more)) {
            int from = inputs[source][0];
            if (elements(from) != elements(source)) {
                access = elements(from) == 1 ? Access.NUMBER : rows[from] == 1 ? Access.ROW : Access.COLUMN;
            }
            source = from;
            more = false;
        }
        return new Outside(source, access);
    }

    /** The operand {@code k} of a matrix product without its transposes. */
    int factor(int i, int k) {
        int source = inputs[i][k];
        while (ops[source] instanceof Transpose && readsThrough) {
            source = inputs[source][0];
        }
        return source;
    }

    /** Whether {@link #factor} is the transpose of the operand. */
    boolean isTransposed(int i, int k) {
        boolean transposed = false;
        int source = inputs[i][k];
        while (ops[source] instanceof Transpose && readsThrough) {
            source = inputs[source][0];
            transposed = !transposed;
        }
        return transposed;
    }

    /** Visits the nodes whose buffers are read when this one is computed. */
    void forEachRead(int i, IntConsumer visitor) {
        if (isFusable(i)) {
            for (int k = 0; k < operandCount(i); k++) {
                visitor.accept(operand(i, k).node());
            }
        } else {
            for (int k = 0; k < inputs[i].length; k++) {
                visitor.accept(ops[i] instanceof MatMul ? factor(i, k) : inputs[i][k]);
            }
        }
    }
}
