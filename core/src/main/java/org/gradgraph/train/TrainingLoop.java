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
    private final @Nullable Checkpoint from;
    private final long firstStep;

    TrainingLoop(TrainerSettings settings) {
        this.settings = settings;
        this.frozen = settings.fixed();
        this.problem = new TrainingProblem(settings, frozen);
        this.from = settings.from;
        this.monitor = settings.newMonitor(frozen);
        if (from == null) {
            this.firstStep = 0;
            this.session = settings.optimizer.start(problem);
        } else {
            from.putValues(problem.parameters(), problem.values());
            problem.begin(Math.max(0, from.step() - 1));
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

    /** Why a training makes no further step. */
    private record Outcome(Training.End end, String reason) {
        static Outcome of(Optimizer.Ending ending) {
            return new Outcome(ending.isConverged() ? Training.End.CONVERGED : Training.End.STUCK, ending.reason());
        }
    }

    Training run() {
        long began = System.nanoTime();
        long number = firstStep;
        Optional<Outcome> outcome = endedBefore();
        if (outcome.isEmpty() && number > settings.steps) {
            throw new IllegalArgumentException("Trainer.resume: the checkpoint was written after " + number
                    + " steps, and the limit is " + settings.steps
                    + "; steps(…) counts the steps before the checkpoint, too");
        }
        for (; number < settings.steps && outcome.isEmpty(); number++) {
            problem.begin(number);
            costs.add(step(number));
            TrainingStep step = new TrainingStep(
                    number, costs.last(), problem, frozen, session, Duration.ofNanos(System.nanoTime() - began), this);
            settings.listeners.forEach(listener -> listener.accept(step));
            if (settings.enough.test(step)) {
                outcome = Optional.of(
                        new Outcome(Training.End.CONDITION, "the condition of stopWhen held after step " + number));
            } else if (monitor != null && looked(monitor, number)) {
                outcome = Optional.of(noImprovement(monitor));
            } else {
                outcome = session.ending().map(Outcome::of);
            }
            step.end();
        }
        return finish(outcome.orElseGet(this::stepsDone), number);
    }

    /** A training that goes on from its end is at its end. */
    private Optional<Outcome> endedBefore() {
        if (from != null && monitor != null && monitor.isTimeToStop()) {
            return Optional.of(noImprovement(monitor));
        }
        return ending().map(Outcome::of);
    }

    private Optional<Optimizer.Ending> ending() {
        return session.ending().or(() -> from == null ? Optional.empty() : from.ending());
    }

    private static Outcome noImprovement(ValidationMonitor monitor) {
        return new Outcome(
                Training.End.NO_IMPROVEMENT,
                "the cost on held-out data has not become smaller since step " + monitor.bestStep());
    }

    private Outcome stepsDone() {
        return new Outcome(
                Training.End.STEPS_DONE,
                "the limit of " + settings.steps + (settings.steps == 1 ? " step" : " steps") + " was reached");
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

    private Training finish(Outcome outcome, long next) {
        Checkpoint checkpoint = checkpoint(next);
        if (monitor != null && monitor.takesBest()) {
            monitor.restoreBest(problem.values());
        }
        Program whole = Program.of(settings.cost).withoutDropout();
        Feeds drawn = settings.draw == null ? Feeds.none() : Feeds.of(settings.draw, problem.lastDraw());
        Run run = whole.newRun(settings.execution)
                .set(drawn.and(settings.data).and(frozen).readBy(whole));
        Feeds found = Feeds.none();
        for (int i = 0; i < problem.parameters().size(); i++) {
            found = found.and(problem.parameters().get(i), problem.values().get(i));
        }
        double last = run.set(found.readBy(whole)).forward().scalar(settings.cost);
        if (!Double.isFinite(last)) {
            String message = problem.describeOn(run, last, "on all data");
            throw new NonFiniteCostException(message, result(last, Training.End.NOT_FINITE, message, checkpoint));
        }
        return result(last, outcome.end(), outcome.reason(), checkpoint);
    }

    /** All that is needed to go on with a step. */
    Checkpoint checkpoint(long nextStep) {
        Checkpoint now = Checkpoint.of(
                nextStep, problem.parameters(), problem.values(), settings.optimizer, session.state(), costs.toArray());
        Checkpoint complete = ending().map(now::ended).orElse(now);
        return monitor == null ? complete : monitor.addTo(complete);
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
                inOrder,
                costs.toArray(),
                last,
                end,
                reason,
                new Training.Validation(looks, metrics, best),
                checkpoint,
                problem.evaluations());
    }
}
