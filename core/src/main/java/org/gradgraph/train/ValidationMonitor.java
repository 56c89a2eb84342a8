package org.gradgraph.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.jspecify.annotations.Nullable;

/** Watches cost and metrics on held-out data during one training, with dropout off, and remembers the best parameters. */
final class ValidationMonitor {
    private final long every;
    private final @Nullable EarlyStopping rule;
    private final Node cost;
    private final Run run;

    /** The number of the draw, if other random numbers than masks of dropout read it and validation data do not give it. */
    private final @Nullable Node draw;

    private final Map<Node, Numbers> metrics = new LinkedHashMap<>();
    private final Numbers costs = new Numbers();
    private final List<DMatrixRMaj> best = new ArrayList<>();
    private double smallest = Double.POSITIVE_INFINITY;
    private long bestStep = -1;
    private int looksWithoutImprovement;

    ValidationMonitor(
            Node cost,
            List<Node> metrics,
            Feeds inputs,
            Set<Node> parameters,
            long every,
            @Nullable EarlyStopping rule,
            @Nullable Node draw,
            Execution execution) {
        this.cost = cost;
        this.every = every;
        this.rule = rule;
        metrics.forEach(metric -> this.metrics.put(metric, new Numbers()));
        List<Node> outputs = new ArrayList<>(List.of(cost));
        outputs.addAll(metrics);
        Program program = Program.of(outputs).withoutDropout();
        this.draw = draw == null || inputs.asMap().containsKey(draw) || !isRead(draw, program) ? null : draw;
        Feeds fed = this.draw == null ? inputs : inputs.and(this.draw, 0);
        requireFed(outputs, program, fed, parameters, rule == null ? "Trainer.validation(…)" : "EarlyStopping.on(…)");
        this.run = program.newRun(execution).set(inputs.readBy(program));
    }

    private static void requireFed(
            List<Node> outputs, Program program, Feeds inputs, Set<Node> parameters, String method) {
        for (Node leaf : Graph.of(outputs).nodes()) {
            boolean isFed = parameters.contains(leaf) || inputs.asMap().containsKey(leaf);
            if (leaf.op().isEmpty() && !isFed && isRead(leaf, program)) {
                throw new IllegalArgumentException(leaf.describe() + ", made at " + leaf.source()
                        + ", has no value for validation; give it one in " + method);
            }
        }
    }

    /** Whether a value for the leaf counts: one that only dropout reads does not. */
    private static boolean isRead(Node leaf, Program program) {
        return !Feeds.of(leaf, new DMatrixRMaj(1, 1)).readBy(program).asMap().isEmpty();
    }

    /** Looks after a step if it is time to; a message if the cost is not finite, otherwise empty. */
    String look(long step, TrainingProblem problem) {
        if ((step + 1) % every != 0) {
            return "";
        }
        problem.setValues(run);
        if (draw != null) {
            run.set(draw, problem.lastDraw());
        }
        double now = run.forward().scalar(cost);
        costs.add(now);
        metrics.forEach((metric, numbers) -> numbers.add(run.scalar(metric)));
        if (!Double.isFinite(now)) {
            return problem.describeOn(run, now, "on held-out data");
        }
        if (now < smallest - (rule == null ? 0 : rule.improvement())) {
            smallest = now;
            bestStep = step;
            looksWithoutImprovement = 0;
            best.clear();
            problem.values().forEach(value -> best.add(value.copy()));
        } else {
            looksWithoutImprovement++;
        }
        return "";
    }

    boolean isTimeToStop() {
        return rule != null && looksWithoutImprovement >= rule.patience();
    }

    boolean takesBest() {
        return rule != null && !best.isEmpty();
    }

    void restoreBest(List<DMatrixRMaj> values) {
        for (int i = 0; i < best.size(); i++) {
            values.get(i).setTo(best.get(i));
        }
    }

    long bestStep() {
        return bestStep;
    }

    double[] costs() {
        return costs.toArray();
    }

    Map<Node, double[]> metrics() {
        Map<Node, double[]> arrays = new LinkedHashMap<>();
        metrics.forEach((metric, numbers) -> arrays.put(metric, numbers.toArray()));
        return arrays;
    }

    Checkpoint addTo(Checkpoint checkpoint) {
        Checkpoint more = checkpoint
                .with("validation.numbers", new double[] {smallest, (double) bestStep, looksWithoutImprovement})
                .with("validation.costs", costs.toArray());
        int place = 0;
        for (Numbers numbers : metrics.values()) {
            more = more.with("validation.metric." + place++, numbers.toArray());
        }
        for (int i = 0; i < best.size(); i++) {
            more = more.with("validation.best." + i, best.get(i).getData().clone());
        }
        return more;
    }

    void restore(Checkpoint checkpoint, List<Node> parameters) {
        double[] numbers = checkpoint.array("validation.numbers");
        if (numbers.length == 0) {
            return;
        }
        smallest = numbers[0];
        bestStep = (long) numbers[1];
        looksWithoutImprovement = (int) numbers[2];
        addAll(costs, checkpoint.array("validation.costs"));
        int place = 0;
        for (Numbers metric : metrics.values()) {
            addAll(metric, checkpoint.array("validation.metric." + place++));
        }
        for (int i = 0; i < parameters.size() && bestStep >= 0; i++) {
            DMatrixRMaj value = checkpoint.value(parameters, i).createLike();
            double[] saved = checkpoint.array("validation.best." + i);
            System.arraycopy(saved, 0, value.data, 0, saved.length);
            best.add(value);
        }
    }

    private static void addAll(Numbers numbers, double[] more) {
        for (double number : more) {
            numbers.add(number);
        }
    }
}
