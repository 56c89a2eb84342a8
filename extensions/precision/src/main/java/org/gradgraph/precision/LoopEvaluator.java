package org.gradgraph.precision;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;

/** Interprets a loop: its body for each step, and the row that holds all results. */
final class LoopEvaluator {
    private final Evaluator outside;
    private final LoopBody body;
    private final int steps;
    private final Set<String> inDouble = new LinkedHashSet<>();

    /**
     * A loop.
     *
     * @param outside the evaluator of the graph that the loop is in
     * @param body bound to sizes
     */
    LoopEvaluator(Evaluator outside, LoopBody body) {
        this.outside = outside;
        this.body = body;
        this.steps = body.steps().size();
    }

    /** The nodes of the body whose kernels were run in double arithmetic. */
    Set<String> inDouble() {
        return inDouble;
    }

    /** In the order that {@link LoopBody} describes. */
    Real[] value(List<Real[]> operands) {
        int firstState = body.slices().size();
        int firstShared = firstState + body.states().size();
        Real[] row = new Real[body.value().columns().size()];
        Arrays.fill(row, Real.ZERO);
        Map<Node, Real[]> placeholders = new HashMap<>();
        for (int k = 0; k < body.states().size(); k++) {
            placeholders.put(body.states().get(k), operands.get(firstState + k));
        }
        for (int k = 0; k < body.shared().size(); k++) {
            placeholders.put(body.shared().get(k), operands.get(firstShared + k));
        }
        recordStates(placeholders, body.backwards() ? steps : 0, row);
        for (int n = 0; n < steps; n++) {
            int step = body.backwards() ? steps - 1 - n : n;
            for (int k = 0; k < firstState; k++) {
                Node slice = body.slices().get(k);
                int size = elements(slice.shape());
                placeholders.put(slice, Arrays.copyOfRange(operands.get(k), step * size, (step + 1) * size));
            }
            Evaluator evaluator = outside.ofStep(placeholders);
            evaluator.evaluate(body.results());
            inDouble.addAll(evaluator.inDouble());
            write(evaluator, step, row);
            for (int k = 0; k < body.states().size(); k++) {
                placeholders.put(
                        body.states().get(k), evaluator.value(body.next().get(k)));
            }
            recordStates(placeholders, body.backwards() ? step : step + 1, row);
        }
        return row;
    }

    private void write(Evaluator evaluator, int step, Real[] row) {
        int place = 0;
        for (Node output : body.outputs()) {
            int size = elements(output.shape());
            System.arraycopy(evaluator.value(output), 0, row, place + step * size, size);
            place += steps * size;
        }
        for (Node sum : body.sums()) {
            for (Real each : evaluator.value(sum)) {
                row[place] = outside.plus(row[place], each);
                place++;
            }
        }
    }

    private void recordStates(Map<Node, Real[]> placeholders, int position, Real[] row) {
        List<Shape> parts = body.parts();
        int place = 0;
        for (Shape part : parts.subList(0, parts.size() - body.states().size())) {
            place += elements(part);
        }
        for (Node state : body.states()) {
            int size = elements(state.shape());
            Real[] value = placeholders.getOrDefault(state, new Real[0]);
            System.arraycopy(value, 0, row, place + position * size, size);
            place += (steps + 1) * size;
        }
    }

    private static int elements(Shape shape) {
        return shape.rows().size() * shape.columns().size();
    }
}
