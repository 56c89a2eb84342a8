package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.jspecify.annotations.Nullable;

/**
 * The results of loops: the nodes that cut the outputs, or the last value of a state, out of the row that a loop computes.
 *
 * <p>They are found by comparing operations with those that a loop's body makes for each of its results.
 */
final class Projections {
    /** One result of a loop: its name, and the operations that cut it out, the first one first. */
    private record Result(String name, List<Op> operations) {}

    /** How far a node has come on the way to a result. */
    private record Progress(List<Result> results, int done) {
        Progress after(Op op) {
            return new Progress(
                    results.stream()
                            .filter(result -> done < result.operations().size()
                                    && result.operations().get(done).equals(op))
                            .toList(),
                    done + 1);
        }
    }

    private final @Nullable String[] names;
    private final boolean[] inner;

    Projections(Subject subject) {
        this.names = new String[subject.size()];
        this.inner = new boolean[subject.size()];
        Map<Integer, Progress> progress = new HashMap<>();
        for (int i = 0; i < subject.size(); i++) {
            Node node = subject.node(i);
            if (node.op().orElse(null) instanceof Loop loop) {
                progress.put(i, new Progress(results(loop.body(), node), 0));
            } else if (node.inputs().size() == 1) {
                int operand = subject.graph().indexOf(node.inputs().get(0));
                Progress before = progress.get(operand);
                Progress now = before == null ? null : before.after(node.op().orElseThrow());
                if (now != null && !now.results().isEmpty()) {
                    progress.put(i, now);
                    names[i] = now.results().get(0).name();
                    inner[operand] = names[operand] != null;
                }
            }
        }
    }

    private static List<Result> results(LoopBody body, Node loop) {
        List<Result> results = new ArrayList<>();
        for (int k = 0; k < body.outputs().size(); k++) {
            Node output = body.outputs().get(k);
            Node beside = LoopBody.beside(body.output(loop, k), output.shape().rows());
            results.add(result(outputName(body, k) + (body.outputs().size() == 1 ? "s" : ""), beside, loop));
        }
        for (int k = 0; k < body.sums().size(); k++) {
            results.add(result("sum " + (k + 1), body.sum(loop, k), loop));
        }
        for (int k = 0; k < body.states().size(); k++) {
            Node state = body.states().get(k);
            String name = Text.shown(state.name().orElse("state"));
            results.add(result("last " + name, body.last(loop, k), loop));
            results.add(result(
                    "all " + name,
                    LoopBody.beside(body.after(loop, k), state.shape().rows()),
                    loop));
        }
        return results;
    }

    static String outputName(LoopBody body, int place) {
        return body.outputs().size() == 1 ? "output" : "output " + (place + 1);
    }

    private static Result result(String name, Node node, Node loop) {
        List<Op> operations = new ArrayList<>();
        for (Node at = node; !at.equals(loop); at = at.inputs().get(0)) {
            operations.add(at.op().orElseThrow());
        }
        Collections.reverse(operations);
        return new Result(name, operations);
    }

    /** {@code outputs} or {@code last h}; null for what is no result of a loop. */
    @Nullable
    String name(int i) {
        return names[i];
    }

    /** Whether another node goes on cutting out the same result. */
    boolean isInner(int i) {
        return inner[i];
    }
}
