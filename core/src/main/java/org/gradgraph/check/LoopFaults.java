package org.gradgraph.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.Sizes;

/** Looks inside a loop: the first step that a check of the body alone does not pass, and what it finds there. */
final class LoopFaults {
    /** In a longer loop some steps are left out: a fault of the body shows in any step, or in those of some values. */
    private static final int STEPS = 500;

    private final Node node;
    private final LoopBody body;
    private final int steps;
    private final CheckSettings settings;

    /** What each step reads of its own: slices, then states. */
    private final List<Node> own = new ArrayList<>();

    private final List<DMatrixRMaj> ofAllSteps = new ArrayList<>();
    private final Map<Node, DMatrixRMaj> shared = new LinkedHashMap<>();
    private long evaluations;

    LoopFaults(Node node, Loop loop, Values values, Sizes sizes, CheckSettings settings) {
        this.node = node;
        this.body = ((Loop) loop.bind(sizes)).body();
        this.steps = body.steps().size();
        this.settings = settings.copy();
        this.settings.listener = (what, done, total) -> {};
        int operand = 0;
        for (Node slice : body.slices()) {
            own.add(slice);
            ofAllSteps.add(values.of(node.inputs().get(operand++)));
        }
        Node row = Node.input("value", body.value());
        List<Node> before = new ArrayList<>();
        for (int k = 0; k < body.states().size(); k++) {
            before.add(body.before(row, k));
        }
        List<Node> all = new ArrayList<>(before);
        all.add(row);
        Values recorded = Values.of(Graph.of(all), Map.of(row, values.of(node)));
        own.addAll(body.states());
        before.forEach(each -> ofAllSteps.add(recorded.of(each)));
        operand += body.states().size();
        for (Node each : body.shared()) {
            shared.put(each, values.of(node.inputs().get(operand++)));
        }
    }

    /** Faults and kinks in the body, each with its step; none if no step alone shows any. */
    List<Finding> first() {
        Node cost = randomSum();
        Graph graph = Graph.of(cost);
        List<Node> wrt = new ArrayList<>(own);
        wrt.addAll(body.shared());
        wrt.removeIf(each -> !graph.contains(each));
        int stride = (steps + STEPS - 1) / STEPS;
        for (int n = 0; n < steps; n += stride) {
            int step = body.backwards() ? steps - 1 - n : n;
            Map<Node, DMatrixRMaj> point = at(step);
            point.keySet().removeIf(each -> !graph.contains(each));
            PointCheck check = new PointCheck(cost, wrt, point, settings, 0, 1);
            evaluations += check.evaluations;
            if (!check.findings.isEmpty()) {
                return check.findings.stream().map(found -> placed(found, step)).toList();
            }
        }
        return List.of();
    }

    long evaluations() {
        return evaluations;
    }

    /** A cost in which nothing hides: every element of every result, with a weight. */
    private Node randomSum() {
        Random random = new Random(settings.seed);
        Node sum = Node.constant(0);
        for (Node result : body.results()) {
            Shape shape = result.shape();
            DMatrixRMaj weights =
                    new DMatrixRMaj(shape.rows().size(), shape.columns().size());
            for (int i = 0; i < weights.getNumElements(); i++) {
                weights.data[i] = Comparison.randomWeight(random);
            }
            sum = Arithmetic.add(sum, result.times(Node.constant(weights)).sum());
        }
        return sum;
    }

    private Map<Node, DMatrixRMaj> at(int step) {
        Map<Node, DMatrixRMaj> point = new LinkedHashMap<>(shared);
        for (int k = 0; k < own.size(); k++) {
            DMatrixRMaj all = ofAllSteps.get(k);
            DMatrixRMaj rows = new DMatrixRMaj(all.numRows / steps, all.numCols);
            System.arraycopy(all.data, step * rows.getNumElements(), rows.data, 0, rows.getNumElements());
            point.put(own.get(k), rows);
        }
        return point;
    }

    private Finding placed(Finding found, int step) {
        return found.in("step " + step + " of " + node.describe());
    }
}
