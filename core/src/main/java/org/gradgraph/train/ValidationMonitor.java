package org.gradgraph.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;

/** Watches the cost on held-out data during one training, and remembers the best parameters. */
final class ValidationMonitor {
    private final EarlyStopping rule;
    private final Node cost;
    private final Run run;
    private final Map<Node, DMatrixRMaj> best = new LinkedHashMap<>();
    private double smallest = Double.POSITIVE_INFINITY;
    private int looksWithoutImprovement;

    ValidationMonitor(EarlyStopping rule, Node cost, List<Node> parameters, Execution execution) {
        for (Node leaf : Graph.of(cost).nodes()) {
            if (leaf.op().isEmpty()
                    && !parameters.contains(leaf)
                    && !rule.validation().asMap().containsKey(leaf)) {
                throw new IllegalArgumentException(leaf.describe() + ", made at " + leaf.source()
                        + ", has no value for validation; give it one in EarlyStopping.on(…)");
            }
        }
        this.rule = rule;
        this.cost = cost;
        this.run = Program.of(cost).newRun(execution).set(rule.validation());
    }

    /** Whether it is time to stop, after a step. */
    boolean stopsAfter(long step, Run training, List<Node> parameters) {
        if ((step + 1) % rule.every() != 0) {
            return false;
        }
        parameters.forEach(parameter -> run.set(parameter, training.value(parameter)));
        double now = run.forward().scalar(cost);
        if (now < smallest - rule.improvement()) {
            smallest = now;
            looksWithoutImprovement = 0;
            parameters.forEach(parameter -> best.put(parameter, training.value(parameter)));
        } else {
            looksWithoutImprovement++;
        }
        return looksWithoutImprovement >= rule.patience();
    }

    /** Gives the best parameters to a run. */
    void restore(Run training) {
        best.forEach(training::set);
    }
}
