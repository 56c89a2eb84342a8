package org.gradgraph.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.CotangentOps;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Provenance;

/**
 * Finds the first value that is not finite.
 *
 * <p>It computes everything once more and keeps it, because a run gives buffers up. A value counts only if it reaches a
 * result that is not finite either; an infinity that an operation swallows, as in a mask of −Infinity before softmax, is
 * harmless and reported only if nothing else is wrong.
 */
final class FirstNonFinite {
    private final Graph graph;

    /** How many nodes of the graph belong to the forward pass; 0 in a loop of the backward pass. */
    private final int forwardSize;

    private final Run run;
    private final Map<Node, DMatrixRMaj> leaves;
    private final int[] place;

    private FirstNonFinite(Graph graph, int forwardSize, Run run, Map<Node, DMatrixRMaj> leaves) {
        this.graph = graph;
        this.forwardSize = forwardSize;
        this.run = run;
        this.leaves = leaves;
        this.place = graph.nodes().stream()
                .mapToInt(node -> indexOfNonFinite(run.value(node)))
                .toArray();
    }

    /** The first one in topological order, forward before backward. */
    static Optional<NonFinite> in(Compiled compiled, Map<Node, DMatrixRMaj> leaves, boolean backwardToo) {
        return in(compiled, leaves, backwardToo, compiled.forwardNodes().size());
    }

    /** The first one in the results of a step of a loop. */
    static Optional<NonFinite> inStep(Compiled compiled, Map<Node, DMatrixRMaj> leaves, boolean isBackward) {
        return in(
                compiled,
                leaves,
                false,
                isBackward ? 0 : compiled.forwardNodes().size());
    }

    private static Optional<NonFinite> in(
            Compiled compiled, Map<Node, DMatrixRMaj> leaves, boolean backwardToo, int forwardSize) {
        List<Node> all = backwardToo ? compiled.everything().nodes() : compiled.forwardNodes();
        Graph graph = Graph.of(all);
        Run run = Program.of(all).rewrite(Rewriting.OFF).newRun();
        leaves.forEach((leaf, value) -> {
            if (graph.contains(leaf)) {
                run.set(leaf, value);
            }
        });
        List<Node> results = new ArrayList<>(compiled.results());
        if (backwardToo) {
            results.addAll(compiled.gradients());
        }
        return new FirstNonFinite(graph, forwardSize, run.forward(), leaves).find(results);
    }

    private Optional<NonFinite> find(List<Node> results) {
        boolean[] harmful = reaching(results);
        int swallowed = -1;
        for (int i = 0; i < place.length; i++) {
            if (place[i] >= 0 && harmful[i]) {
                return Optional.of(describe(graph.nodes().get(i), place[i]));
            }
            swallowed = swallowed < 0 && place[i] >= 0 ? i : swallowed;
        }
        return swallowed < 0
                ? Optional.empty()
                : Optional.of(describe(graph.nodes().get(swallowed), place[swallowed]));
    }

    /** Which nodes lead to a result through values that are all not finite. */
    private boolean[] reaching(List<Node> results) {
        boolean[] reaching = new boolean[place.length];
        results.forEach(result -> reaching[graph.indexOf(result)] = true);
        for (int i = place.length - 1; i >= 0; i--) {
            if (reaching[i] && place[i] >= 0) {
                graph.nodes().get(i).inputs().forEach(input -> reaching[graph.indexOf(input)] = true);
            }
        }
        return reaching;
    }

    private NonFinite describe(Node node, int index) {
        boolean isMadeInside = node.inputs().stream().noneMatch(input -> place[graph.indexOf(input)] >= 0);
        if (node.op().orElse(null) instanceof Loop loop && isMadeInside) {
            List<DMatrixRMaj> operands = node.inputs().stream().map(run::value).toList();
            boolean isBackward = graph.indexOf(node) >= forwardSize;
            Optional<NonFinite> inside =
                    new LoopReplay(node, loop.body(), isBackward, operands, Binding.of(leaves)).find();
            if (inside.isPresent()) {
                return inside.get();
            }
        }
        DMatrixRMaj value = run.value(node);
        int row = index / value.numCols;
        int column = index % value.numCols;
        List<String> operands = new ArrayList<>();
        for (Node input : node.inputs()) {
            operands.add(operand(node, input, row, column));
        }
        boolean backward = graph.indexOf(node) >= forwardSize;
        Optional<Node> gradientOf = backward ? Provenance.differentiated(node) : Optional.empty();
        String kind = node.kind().name().toLowerCase(Locale.ROOT);
        return new NonFinite(
                shown(node),
                node.inputs().isEmpty() ? kind : label(node, kind),
                node.source(),
                backward,
                gradientOf.map(FirstNonFinite::operationOf).orElse(""),
                row,
                column,
                value.data[index],
                operands,
                hint(node, gradientOf, value.data[index]));
    }

    /** The operation as people write it. */
    private static String label(Node node, String otherwise) {
        Op op = node.op().orElse(null);
        if (op == CotangentOps.OVER) {
            return Arithmetic.DIVIDE.label();
        }
        if (op == CotangentOps.TIMES || op == CotangentOps.BOTH) {
            return Arithmetic.MULTIPLY.label();
        }
        return op == null ? otherwise : op.label();
    }

    private static String shown(Node node) {
        return node.op().isEmpty() || node.name().isPresent() ? node.describe() : label(node, "") + " " + node.shape();
    }

    private static String operationOf(Node node) {
        String label = label(node, "");
        return node.name().isPresent() ? label + " " + node.describe() : label;
    }

    private String operand(Node node, Node input, int row, int column) {
        DMatrixRMaj value = run.value(input);
        if (node.op().orElse(null) instanceof Elementwise) {
            return shown(input) + " at (" + row + "," + column + ") = " + value.get(row, column);
        }
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < value.getNumElements(); i++) {
            least = Math.min(least, value.data[i]);
            largest = Math.max(largest, value.data[i]);
        }
        return shown(input) + ", " + (least == largest ? "all " + least : "from " + least + " to " + largest);
    }

    private String hint(Node node, Optional<Node> gradientOf, double value) {
        if (node.inputs().isEmpty()) {
            return "the value was given like this; look at where it comes from"
                    + (Double.isNaN(value) ? "" : " (∞ − ∞ and 0·∞ are NaN)");
        }
        for (Node input : node.inputs()) {
            if (place[graph.indexOf(input)] >= 0) {
                return shown(input) + " is already infinite here; if that is meant, keep it out of this operation";
            }
        }
        String advice = gradientOf.flatMap(Node::op).map(Op::nonFiniteAdvice).orElse("");
        if (advice.isEmpty()) {
            advice = node.op().map(Op::nonFiniteAdvice).orElse("");
        }
        if (!advice.isEmpty()) {
            return advice;
        }
        return Double.isNaN(value)
                ? "the result is undefined for these operands; keep them in the domain of " + operationOf(node)
                : "the result is beyond the largest double, 1.8e308; scale the operands";
    }

    static int indexOfNonFinite(DMatrixRMaj value) {
        for (int i = 0; i < value.getNumElements(); i++) {
            if (!Double.isFinite(value.data[i])) {
                return i;
            }
        }
        return -1;
    }
}
