package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Notation;
import org.gradgraph.graph.Op;
import org.jspecify.annotations.Nullable;

/** A loop as a few lines: how often, where the states begin, and what each step does with what it reads. */
final class LoopOperands {
    private final Node loop;
    private final LoopBody body;
    private final Function<Node, FoldedFormula> written;

    /** Of each input that differs from step to step, the matrix of all steps as the user composed it. */
    private final List<Node> wide = new ArrayList<>();

    private LoopOperands(Node loop, LoopBody body, Function<Node, FoldedFormula> written) {
        this.loop = loop;
        this.body = body;
        this.written = written;
        for (int k = 0; k < body.slices().size(); k++) {
            wide.add(wide(loop.inputs().get(k), body.slices().get(k).shape().columns()));
        }
    }

    /**
     * {@return the lines of a box}
     *
     * @param node a loop
     * @param written how a node outside is called
     */
    static List<String> lines(Node node, Function<Node, FoldedFormula> written) {
        LoopBody body = ((Loop) node.op().orElseThrow()).body();
        return new LoopOperands(node, body, written).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int k = 0; k < body.states().size(); k++) {
            String state = Text.shown(body.states().get(k).name().orElse("…"));
            Node initial = loop.inputs().get(body.slices().size() + k);
            lines.add(state + " := " + initial(initial));
        }
        String last = String.valueOf(body.steps());
        lines.add("for t = " + (body.backwards() ? last + ", …, 1" : "1, …, " + last) + ":");
        LoopText.lines(body, this::operand).forEach(line -> lines.add("  " + line));
        return lines;
    }

    private String initial(Node node) {
        return node.op().orElse(null) instanceof Constant constant
                        && isUniform(constant)
                        && node.name().isEmpty()
                ? Notation.number(constant.value().get(0), 5)
                : written.apply(node).text();
    }

    /** Whether all elements are one number. */
    static boolean isUniform(Constant constant) {
        for (double element : constant.value().data) {
            if (element != constant.value().get(0)) {
                return false;
            }
        }
        return true;
    }

    private String operand(int place) {
        if (place >= wide.size()) {
            return written.apply(loop.inputs().get(place)).text();
        }
        Node matrix = wide.get(place);
        if (matrix.name().isEmpty()
                && matrix.op().orElse(null) instanceof MatMul
                && wide.contains(matrix.inputs().get(1))) {
            Node right = matrix.inputs().get(1);
            FoldedFormula factor = FoldedFormula.name(step(right), right.shape());
            return FoldedFormula.of(
                            matrix, List.of(written.apply(matrix.inputs().get(0)), factor))
                    .text();
        }
        return step(matrix);
    }

    private String step(Node matrix) {
        String text = written.apply(matrix).text();
        return (text.indexOf(' ') < 0 ? text : "(" + text + ")") + "[t]";
    }

    /** What was put into the form of an operand, or the operand itself. */
    private static Node wide(Node operand, Dim columns) {
        Node at = operand;
        for (int steps = 1; steps <= 2 && at.inputs().size() == 1; steps++) {
            at = at.inputs().get(0);
            List<Op> operations = operations(operand, at);
            if (at.shape().columns().equals(columns) && !columns.isOne()) {
                continue;
            }
            Node made = below(at, columns);
            if (made != null
                    && made.shape().equals(operand.shape())
                    && operations(made, at).equals(operations)) {
                return at;
            }
        }
        return operand;
    }

    private static @Nullable Node below(Node at, Dim columns) {
        try {
            return LoopBody.below(at, columns);
        } catch (IllegalArgumentException notDivisible) {
            return null;
        }
    }

    private static List<Op> operations(Node from, Node to) {
        List<Op> operations = new ArrayList<>();
        for (Node at = from; !at.equals(to); at = at.inputs().get(0)) {
            operations.add(at.op().orElseThrow());
        }
        return operations;
    }
}
