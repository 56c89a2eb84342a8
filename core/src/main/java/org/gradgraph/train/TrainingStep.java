package org.gradgraph.train;

import java.time.Duration;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.optim.Optimizer;
import org.gradgraph.optim.solve.Vectors;

/**
 * What a training has just done, for its listeners.
 *
 * <p>It is valid during the call; later, all but {@link #number}, {@link #cost} and {@link #elapsed} throw an
 * IllegalStateException.
 *
 * <pre>{@code
 * trainer.listen(step -> System.out.printf("%d: %.6f, gradient %.1e%n", step.number(), step.cost(), step.gradientNorm()));
 * }</pre>
 */
public final class TrainingStep {
    private final long number;
    private final double cost;
    private final TrainingProblem problem;
    private final Feeds frozen;
    private final Optimizer.Session session;
    private final Duration elapsed;
    private final TrainingLoop loop;

    private boolean metricsComputed;
    private boolean isOver;

    TrainingStep(
            long number,
            double cost,
            TrainingProblem problem,
            Feeds frozen,
            Optimizer.Session session,
            Duration elapsed,
            TrainingLoop loop) {
        this.number = number;
        this.cost = cost;
        this.problem = problem;
        this.frozen = frozen;
        this.session = session;
        this.elapsed = elapsed;
        this.loop = loop;
    }

    /** From now on, what a listener has kept would describe a later step. */
    void end() {
        isOver = true;
    }

    private void requireCurrent(String method) {
        if (isOver) {
            throw new IllegalStateException("TrainingStep." + method + ": step " + number
                    + " is over; ask inside the listener, and keep the result instead of the step");
        }
    }

    /** {@return the number of the step, counted from 0} */
    public long number() {
        return number;
    }

    /** {@return the number of the pass over the data, counted from 0; the same as the step without mini-batches} */
    public long epoch() {
        requireCurrent("epoch");
        return problem.epoch();
    }

    /** {@return the cost before the step, on the data of the step} */
    public double cost() {
        return cost;
    }

    /**
     * {@return the value of a parameter after the step, copied}
     *
     * @param parameter a parameter of the training
     */
    public DMatrixRMaj parameter(Node parameter) {
        return problem.values().get(place("parameter", parameter)).copy();
    }

    /** {@return all parameters after the step, including frozen ones} */
    public Feeds parameters() {
        requireCurrent("parameters");
        Feeds feeds = frozen;
        for (int i = 0; i < problem.parameters().size(); i++) {
            feeds = feeds.and(problem.parameters().get(i), problem.values().get(i));
        }
        return feeds;
    }

    /** {@return the Euclidean norm of all gradients together, before the step and before they are clipped} */
    public double gradientNorm() {
        requireCurrent("gradientNorm");
        double[] norms = new double[problem.parameters().size()];
        for (int i = 0; i < norms.length; i++) {
            norms[i] = norm(i);
        }
        return Vectors.norm(norms);
    }

    /**
     * {@return the Euclidean norm of the gradient of one parameter, before the step and before it is clipped}
     *
     * @param parameter a trained parameter
     */
    public double gradientNorm(Node parameter) {
        return norm(place("gradientNorm", parameter));
    }

    private double norm(int place) {
        DMatrixRMaj gradient = problem.gradients().get(place);
        return Vectors.norm(gradient.data, gradient.getNumElements());
    }

    private int place(String method, Node parameter) {
        Require.given(parameter, "TrainingStep." + method + ": the parameter");
        requireCurrent(method);
        int place = problem.parameters().indexOf(parameter);
        if (place < 0) {
            throw new IllegalArgumentException("TrainingStep." + method + ": " + parameter.describe()
                    + " is not trained; give it to initialValues(…) and do not freeze it");
        }
        return place;
    }

    /** {@return the learning rate of the step; the length of the step for an optimiser without a rate} */
    public double rate() {
        requireCurrent("rate");
        return session.rate();
    }

    /** {@return all that is needed to go on after this step; see {@link Trainer#resume}} */
    public Checkpoint checkpoint() {
        requireCurrent("checkpoint");
        return loop.checkpoint(number + 1);
    }

    /**
     * {@return the value of a metric after the step, on the data of the step; the first one asked for costs a forward
     * pass}
     *
     * @param node a metric of the trainer
     * @throws IllegalArgumentException if the node is no metric of the trainer
     */
    public double metric(Node node) {
        Require.given(node, "TrainingStep.metric: the node");
        requireCurrent("metric");
        double value = problem.metric(node, !metricsComputed);
        metricsComputed = true;
        return value;
    }

    /** {@return the time since the training began} */
    public Duration elapsed() {
        return elapsed;
    }

    /** For example {@code step 3: cost 0.25}. */
    @Override
    public String toString() {
        return "step " + number + ": cost " + cost;
    }
}
