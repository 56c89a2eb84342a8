package org.gradgraph.train;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Optimizer;
import org.jspecify.annotations.Nullable;

/** One training, from its first step to its end. */
final class TrainingLoop {
    private final TrainerSettings settings;
    private final Feeds frozen;
    private final TrainingProblem problem;
    private final Optimizer.Session session;
    private final Numbers costs = new Numbers();
    private final @Nullable ValidationMonitor monitor;
    private final long firstStep;

    TrainingLoop(TrainerSettings settings) {
        this.settings = settings;
        this.frozen = settings.fixed();
        this.problem = new TrainingProblem(settings, frozen);
        Checkpoint from = settings.from;
        this.monitor = settings.newMonitor(frozen);
        if (from == null) {
            this.firstStep = 0;
            this.session = settings.optimizer.start(problem);
        } else {
            from.putValues(problem.parameters(), problem.values());
            this.session = settings.optimizer.start(problem);
            this.firstStep = from.step();
            session.restore(from.optimizerState(settings.optimizer));
            for (double cost : from.costs()) {
                costs.add(cost);
            }
            if (monitor != null) {
                monitor.restore(from, problem.parameters());
            }
        }
    }

    Training run() {
        Training.End end = Training.End.STEPS_DONE;
        String reason = "the limit of " + settings.steps + (settings.steps == 1 ? " step" : " steps") + " was reached";
        long began = System.nanoTime();
        long number = firstStep;
        for (; number < settings.steps && end == Training.End.STEPS_DONE; number++) {
            problem.begin(number);
            costs.add(step(number));
            TrainingStep step = new TrainingStep(
                    number, costs.last(), problem, frozen, session, Duration.ofNanos(System.nanoTime() - began), this);
            settings.listeners.forEach(listener -> listener.accept(step));
            Optional<Optimizer.Ending> ending = session.ending();
            if (settings.enough.test(step)) {
                end = Training.End.CONDITION;
                reason = "the condition of stopWhen held after step " + number;
            } else if (monitor != null && looked(monitor, number)) {
                end = Training.End.NO_IMPROVEMENT;
                reason = "the cost on held-out data has not become smaller since step " + monitor.bestStep();
            } else if (ending.isPresent()) {
                end = ending.get().isConverged() ? Training.End.CONVERGED : Training.End.STUCK;
                reason = ending.get().reason();
            }
        }
        return finish(end, reason, number);
    }

    private double step(long number) {
        try {
            return session.step(number);
        } catch (TrainingProblem.NotFiniteSignal signal) {
            costs.add(signal.cost());
            String message = signal.getMessage() == null ? "" : signal.getMessage();
            throw new NonFiniteCostException(
                    message, result(signal.cost(), Training.End.NOT_FINITE, message, checkpoint(number)));
        }
    }

    private boolean looked(ValidationMonitor watching, long number) {
        String wrong = watching.look(number, problem);
        if (!wrong.isEmpty()) {
            throw new NonFiniteCostException(
                    wrong, result(Double.NaN, Training.End.NOT_FINITE, wrong, checkpoint(number + 1)));
        }
        return watching.isTimeToStop();
    }

    private Training finish(Training.End end, String reason, long next) {
        Checkpoint checkpoint = checkpoint(next);
        if (monitor != null && monitor.takesBest()) {
            monitor.restoreBest(problem.values());
        }
        Program whole = Program.of(settings.cost).withoutDropout();
        Run run = whole.newRun(settings.execution).set(settings.data.and(frozen).readBy(whole));
        Feeds found = Feeds.none();
        for (int i = 0; i < problem.parameters().size(); i++) {
            found = found.and(problem.parameters().get(i), problem.values().get(i));
        }
        double last = run.set(found.readBy(whole)).forward().scalar(settings.cost);
        if (!Double.isFinite(last)) {
            String message = problem.describeOn(run, last, "on all data");
            throw new NonFiniteCostException(message, result(last, Training.End.NOT_FINITE, message, checkpoint));
        }
        return result(last, end, reason, checkpoint);
    }

    /** All that is needed to go on with a step. */
    Checkpoint checkpoint(long nextStep) {
        Checkpoint now = Checkpoint.of(
                nextStep, problem.parameters(), problem.values(), settings.optimizer, session.state(), costs.toArray());
        return monitor == null ? now : monitor.addTo(now);
    }

    private Training result(double last, Training.End end, String reason, Checkpoint checkpoint) {
        Feeds values = frozen;
        for (int i = 0; i < problem.parameters().size(); i++) {
            values = values.and(problem.parameters().get(i), problem.values().get(i));
        }
        Feeds inOrder = Feeds.none();
        for (Node node : settings.initialValues.asMap().keySet()) {
            DMatrixRMaj value = values.asMap().get(node);
            inOrder = value == null ? inOrder : inOrder.and(node, value);
        }
        Map<Node, double[]> metrics = monitor == null ? Map.of() : monitor.metrics();
        double[] looks = monitor == null ? new double[0] : monitor.costs();
        long best = monitor == null ? -1 : monitor.bestStep();
        return new Training(
                inOrder, costs.toArray(), last, end, reason, new Training.Validation(looks, metrics, best), checkpoint);
    }
}
