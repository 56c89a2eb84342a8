package org.gradgraph.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.NonFinite;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.jspecify.annotations.Nullable;

/** One training, from its first step to its end. */
final class TrainingLoop {
    private final Node cost;
    private final List<Node> parameters;
    private final Feeds data;
    private final Program program;
    private final Execution execution;
    private final Run run;
    private final CostLog costs = new CostLog();
    private @Nullable MiniBatches pieces;
    private @Nullable ValidationMonitor monitor;

    TrainingLoop(Node cost, List<Node> metrics, Feeds data, Feeds initialValues, Execution execution) {
        this.cost = cost;
        this.parameters = List.copyOf(initialValues.asMap().keySet());
        this.data = data;
        List<Node> outputs = new ArrayList<>(List.of(cost));
        outputs.addAll(metrics);
        this.program = Program.of(outputs).withGradients(parameters);
        requireValues(data, initialValues);
        this.execution = execution;
        this.run = program.newRun(execution).set(data).set(initialValues);
    }

    private void requireValues(Feeds given, Feeds initialValues) {
        for (Node leaf : program.graph().nodes()) {
            boolean fed =
                    given.asMap().containsKey(leaf) || initialValues.asMap().containsKey(leaf);
            if (leaf.op().isEmpty() && !fed) {
                throw new IllegalArgumentException(leaf.describe() + ", made at " + leaf.source()
                        + ", has no value; give it to initialValues(…) if it is to be trained, otherwise to data(…)");
            }
        }
    }

    void feedPieces(MiniBatches miniBatches) {
        this.pieces = miniBatches;
    }

    void stopEarly(EarlyStopping rule) {
        this.monitor = new ValidationMonitor(rule, cost, parameters, execution);
    }

    Training run(
            Optimizer optimizer, long steps, List<Consumer<TrainingStep>> listeners, Predicate<TrainingStep> enough) {
        Optimizer.Session session = optimizer.start(run, cost, parameters);
        Training.End end = Training.End.STEPS_DONE;
        long began = System.nanoTime();
        for (long number = 0; number < steps && end == Training.End.STEPS_DONE; number++) {
            if (pieces != null) {
                pieces.feed(run, number);
            }
            double j = session.step(number);
            costs.add(j);
            if (!Double.isFinite(j)) {
                throw notFinite(j, number);
            }
            end = endAfter(number, j, began, session, listeners, enough);
        }
        return finish(end);
    }

    private Training.End endAfter(
            long number,
            double j,
            long began,
            Optimizer.Session session,
            List<Consumer<TrainingStep>> listeners,
            Predicate<TrainingStep> enough) {
        TrainingStep step = new TrainingStep(
                number,
                pieces == null ? number : number / pieces.perEpoch(),
                j,
                run,
                Duration.ofNanos(System.nanoTime() - began));
        listeners.forEach(listener -> listener.accept(step));
        if (enough.test(step)) {
            return Training.End.CONDITION;
        }
        if (monitor != null && monitor.stopsAfter(number, run, parameters)) {
            return Training.End.NO_IMPROVEMENT;
        }
        return session.converged() ? Training.End.CONVERGED : Training.End.STEPS_DONE;
    }

    private Training finish(Training.End end) {
        if (monitor != null) {
            monitor.restore(run);
        }
        double last = run.set(data).forward().scalar(cost);
        if (!Double.isFinite(last)) {
            throw notFinite(last, costs.size());
        }
        return result(last, end);
    }

    private Training result(double last, Training.End end) {
        Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
        parameters.forEach(parameter -> values.put(parameter, run.value(parameter)));
        return new Training(values, costs.toArray(), last, end);
    }

    private NonFiniteCostException notFinite(double j, long step) {
        String culprit =
                run.forward().firstNonFinite().map(NonFinite::toString).orElse("every value before it is finite");
        return new NonFiniteCostException(
                "the cost is " + j + " at step " + step + ": " + culprit + "\n  or choose a smaller learning rate",
                result(j, Training.End.NOT_FINITE));
    }

    /** The costs so far; its memory doubles now and then, so that most steps allocate nothing. */
    private static final class CostLog {
        private double[] costs = new double[1024];
        private int size;

        void add(double cost) {
            if (size == costs.length) {
                costs = Arrays.copyOf(costs, 2 * size);
            }
            costs[size++] = cost;
        }

        int size() {
            return size;
        }

        double[] toArray() {
            return Arrays.copyOf(costs, size);
        }
    }
}
