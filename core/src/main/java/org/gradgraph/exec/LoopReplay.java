package org.gradgraph.exec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Sizes;

/** Runs the steps of a loop one by one, to find the step and the operation that made the first value that is not finite. */
final class LoopReplay {
    private final Node node;
    private final LoopBody body;
    private final boolean isBackward;
    private final List<DMatrixRMaj> operands;
    private final int steps;

    /**
     * A replay.
     *
     * @param node the loop
     * @param isBackward whether the loop belongs to the backward pass
     * @param operands the values of its operands
     */
    LoopReplay(Node node, LoopBody body, boolean isBackward, List<DMatrixRMaj> operands, Sizes sizes) {
        this.node = node;
        this.body = body;
        this.isBackward = isBackward;
        this.operands = operands;
        this.steps = body.steps().size(sizes);
    }

    /** The first value in the first step that has one; counted from 0, in the order of the columns. */
    Optional<NonFinite> find() {
        List<Node> results = body.results();
        Program program = Program.of(results).rewrite(Rewriting.OFF);
        Run run = program.newRun();
        Map<Node, DMatrixRMaj> leaves = new LinkedHashMap<>();
        int operand = body.slices().size();
        for (Node state : body.states()) {
            leaves.put(state, operands.get(operand++));
        }
        for (Node shared : body.shared()) {
            leaves.put(shared, operands.get(operand++));
        }
        for (int n = 0; n < steps; n++) {
            int step = body.backwards() ? steps - 1 - n : n;
            for (int k = 0; k < body.slices().size(); k++) {
                leaves.put(body.slices().get(k), rows(operands.get(k), step));
            }
            leaves.forEach((leaf, value) -> {
                if (program.reads(leaf)) {
                    run.set(leaf, value);
                }
            });
            run.forward();
            if (results.stream().anyMatch(result -> FirstNonFinite.indexOfNonFinite(run.value(result)) >= 0)) {
                return FirstNonFinite.inStep(program.compiled(), leaves, isBackward)
                        .map(found -> placed(found, step));
            }
            for (int k = 0; k < body.states().size(); k++) {
                leaves.put(body.states().get(k), run.value(body.next().get(k)));
            }
        }
        return Optional.empty();
    }

    private DMatrixRMaj rows(DMatrixRMaj all, int step) {
        int height = all.numRows / steps;
        DMatrixRMaj rows = new DMatrixRMaj(height, all.numCols);
        System.arraycopy(all.data, step * height * all.numCols, rows.data, 0, rows.getNumElements());
        return rows;
    }

    private NonFinite placed(NonFinite found, int step) {
        return new NonFinite(
                found.node() + " in step " + step + " of " + node.describe() + ", made at " + node.source() + ",",
                found.operation(),
                found.source(),
                isBackward,
                found.gradientOf(),
                found.row(),
                found.column(),
                found.value(),
                found.operands(),
                found.hint());
    }
}
