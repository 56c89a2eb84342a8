package org.gradgraph.exec.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.Sizes;

/** Runs the plan of a body once for each step of a loop. */
final class LoopStep implements Step {
    /** What is copied for each step: a matrix, and where those of all steps are, one after the other. */
    private record Rows(DMatrixRMaj each, DMatrixRMaj all, int first) {
        void read(int step) {
            int n = each.getNumElements();
            System.arraycopy(all.data, first + step * n, each.data, 0, n);
        }

        void write(int step) {
            int n = each.getNumElements();
            System.arraycopy(each.data, 0, all.data, first + step * n, n);
        }
    }

    /** A whole matrix, inside of the row that holds all results. */
    private record Part(DMatrixRMaj each, int first) {}

    private final LoopBody body;
    private final int steps;
    private final Plan plan;
    private final DMatrixRMaj out;
    private final List<DMatrixRMaj> initial;
    private final List<DMatrixRMaj> states = new ArrayList<>();
    private final List<DMatrixRMaj> next = new ArrayList<>();

    /** For next states that are placeholders: another state may be overwritten before they are read. */
    private final double[][] kept;

    private final List<Rows> slices = new ArrayList<>();
    private final List<Rows> recorded = new ArrayList<>();
    private final List<Rows> outputs = new ArrayList<>();
    private final List<Part> sums = new ArrayList<>();

    /**
     * Plans the body.
     *
     * @param loop bound to sizes
     * @param operands the buffers of the operands
     * @param out the buffer of the value
     */
    LoopStep(Loop loop, List<DMatrixRMaj> operands, DMatrixRMaj out, Plan.Options options) {
        this.body = loop.body();
        this.steps = body.steps().size();
        this.out = out;
        int firstState = body.slices().size();
        int firstShared = firstState + body.states().size();
        this.initial = operands.subList(firstState, firstShared);
        Map<Node, DMatrixRMaj> leaves = new HashMap<>();
        for (int k = 0; k < firstState; k++) {
            DMatrixRMaj all = operands.get(k);
            DMatrixRMaj each = matrix(body.slices().get(k).shape());
            leaves.put(body.slices().get(k), each);
            slices.add(new Rows(each, all, 0));
        }
        for (Node state : body.states()) {
            DMatrixRMaj each = matrix(state.shape());
            leaves.put(state, each);
            states.add(each);
        }
        for (int k = 0; k < body.shared().size(); k++) {
            leaves.put(body.shared().get(k), operands.get(firstShared + k));
        }
        Graph graph = Graph.of(body.results());
        Plan.Options inOnePass =
                new Plan.Options(options.kernels(), options.workers(), options.fuses(), options.poisons(), true);
        this.plan = new Plan(graph, graph.nodes().size(), leaves, Sizes.none(), inOnePass);
        int place = 0;
        for (Node output : body.outputs()) {
            place = addRows(outputs, plan.buffer(output), place, steps);
        }
        for (Node sum : body.sums()) {
            place = addPart(sums, plan.buffer(sum), place);
        }
        for (DMatrixRMaj state : states) {
            place = addRows(recorded, state, place, steps + 1);
        }
        body.next().forEach(node -> next.add(plan.buffer(node)));
        this.kept = new double[next.size()][];
        for (int k = 0; k < kept.length; k++) {
            boolean isPlaceholder = body.states().contains(body.next().get(k));
            kept[k] = new double[isPlaceholder ? next.get(k).getNumElements() : 0];
        }
    }

    private static DMatrixRMaj matrix(Shape shape) {
        return new DMatrixRMaj(shape.rows().size(), shape.columns().size());
    }

    private int addRows(List<Rows> list, DMatrixRMaj each, int place, int count) {
        list.add(new Rows(each, out, place));
        return place + count * each.getNumElements();
    }

    private static int addPart(List<Part> list, DMatrixRMaj each, int place) {
        list.add(new Part(each, place));
        return place + each.getNumElements();
    }

    @Override
    public void bind() {
        plan.bind();
    }

    @Override
    public void run() {
        for (int k = 0; k < states.size(); k++) {
            copy(initial.get(k).data, states.get(k));
        }
        record(body.backwards() ? steps : 0);
        for (int k = 0; k < sums.size(); k++) {
            Part sum = sums.get(k);
            Arrays.fill(out.data, sum.first, sum.first + sum.each.getNumElements(), 0);
        }
        for (int n = 0; n < steps; n++) {
            step(body.backwards() ? steps - 1 - n : n);
        }
    }

    private void step(int step) {
        for (int k = 0; k < slices.size(); k++) {
            slices.get(k).read(step);
        }
        plan.forward();
        for (int k = 0; k < outputs.size(); k++) {
            outputs.get(k).write(step);
        }
        for (int k = 0; k < sums.size(); k++) {
            add(sums.get(k));
        }
        for (int k = 0; k < kept.length; k++) {
            System.arraycopy(next.get(k).data, 0, kept[k], 0, kept[k].length);
        }
        for (int k = 0; k < kept.length; k++) {
            copy(kept[k].length > 0 ? kept[k] : next.get(k).data, states.get(k));
        }
        record(body.backwards() ? step : step + 1);
    }

    private void record(int place) {
        for (int k = 0; k < recorded.size(); k++) {
            recorded.get(k).write(place);
        }
    }

    private void add(Part sum) {
        int n = sum.each.getNumElements();
        for (int i = 0; i < n; i++) {
            out.data[sum.first + i] += sum.each.data[i];
        }
    }

    private static void copy(double[] from, DMatrixRMaj to) {
        System.arraycopy(from, 0, to.data, 0, to.getNumElements());
    }

    @Override
    public long transcendentals() {
        return steps * plan.work().transcendentals();
    }

    @Override
    public String describe() {
        return "scan of " + steps + " steps, each of " + plan.work().steps() + " passes";
    }
}
