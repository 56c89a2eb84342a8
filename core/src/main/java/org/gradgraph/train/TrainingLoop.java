package org.gradgraph.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private @Nullable HeldOut heldOut;

    TrainingLoop(Node cost, List<Node> metrics, Feeds data, Feeds start, Execution execution) {
        this.cost = cost;
        this.parameters = List.copyOf(start.asMap().keySet());
        this.data = data;
        List<Node> outputs = new ArrayList<>(List.of(cost));
        outputs.addAll(metrics);
        this.program = Program.of(outputs).withGradients(parameters);
        requireValues(data, start);
        this.execution = execution;
        this.run = program.newRun(execution).set(data).set(start);
    }

    private void requireValues(Feeds given, Feeds start) {
        for (Node leaf : program.graph().nodes()) {
            boolean fed = given.asMap().containsKey(leaf) || start.asMap().containsKey(leaf);
            if (leaf.op().isEmpty() && !fed) {
                throw new IllegalArgumentException(leaf.describe() + ", made at " + leaf.source()
                        + ", has no value; give it to start(…) if it is to be trained, else to data(…)");
            }
        }
    }

    void feedPieces(MiniBatches miniBatches) {
        this.pieces = miniBatches;
    }

    void stopEarly(EarlyStopping rule) {
        this.heldOut = new HeldOut(rule, cost, execution);
    }

    Training run(Optimizer optimizer, long steps, List<TrainingListener> listeners, Predicate<TrainingStep> enough) {
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
            List<TrainingListener> listeners,
            Predicate<TrainingStep> enough) {
        TrainingStep step = new TrainingStep(
                number,
                pieces == null ? number : number / pieces.perEpoch(),
                j,
                run,
                Duration.ofNanos(System.nanoTime() - began));
        listeners.forEach(listener -> listener.stepped(step));
        if (enough.test(step)) {
            return Training.End.CONDITION;
        }
        if (heldOut != null && heldOut.stopsAfter(number, run, parameters)) {
            return Training.End.NO_IMPROVEMENT;
        }
        return session.converged() ? Training.End.CONVERGED : Training.End.STEPS_DONE;
    }

    private Training finish(Training.End end) {
        if (heldOut != null) {
            heldOut.restore(run);
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
                "the cost is " + j + " at step " + step + ": " + culprit + "\n  or take a smaller learning rate",
                result(j, Training.End.NOT_FINITE));
    }
}
