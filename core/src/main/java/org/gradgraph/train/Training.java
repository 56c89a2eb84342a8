package org.gradgraph.train;

import java.util.Arrays;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.io.Npz;

/**
 * What a training found.
 *
 * <pre>{@code
 * Training training = trainer.train();
 * training.cost();                  // after the last step, on all data
 * training.parameter(w);            // 30×1
 * }</pre>
 */
public final class Training {
    /** Why a training ended. */
    public enum End {
        /** All steps were made. */
        STEPS_DONE,
        /** The gradient is finite and small on the scale of the problem: a minimum, or another point without a slope. */
        CONVERGED,
        /** No step makes the cost smaller although the gradient is not small; {@link Training#reason} says what was tried. */
        STUCK,
        /** The condition of {@link Trainer#stopWhen} held. */
        CONDITION,
        /** The cost on held-out data has not become smaller for a while. */
        NO_IMPROVEMENT,
        /** The cost is infinite or no number; see {@link NonFiniteCostException}. */
        NOT_FINITE
    }

    /** What was seen of held-out data. */
    static final class Validation {
        private final double[] costs;
        private final Map<Node, double[]> metrics;
        private final long bestStep;

        Validation(double[] costs, Map<Node, double[]> metrics, long bestStep) {
            this.costs = costs;
            this.metrics = metrics;
            this.bestStep = bestStep;
        }
    }

    private final Feeds parameters;
    private final double[] costs;
    private final double cost;
    private final End end;
    private final String reason;
    private final Validation validation;
    private final Checkpoint checkpoint;
    private final long evaluations;

    Training(
            Feeds parameters,
            double[] costs,
            double cost,
            End end,
            String reason,
            Validation validation,
            Checkpoint checkpoint,
            long evaluations) {
        this.parameters = parameters;
        this.costs = costs;
        this.cost = cost;
        this.end = end;
        this.reason = reason;
        this.validation = validation;
        this.checkpoint = checkpoint;
        this.evaluations = evaluations;
    }

    /**
     * {@return the value of a parameter, copied; frozen ones too}
     *
     * @param parameter a parameter of the training
     */
    public DMatrixRMaj parameter(Node parameter) {
        DMatrixRMaj value = parameters.asMap().get(Require.given(parameter, "Training.parameter: the node"));
        if (value == null) {
            throw new IllegalArgumentException(parameter.describe() + " is no parameter of this training");
        }
        return value.copy();
    }

    /** {@return all parameters, to feed to a run or to {@link Npz#write}} */
    public Feeds parameters() {
        return parameters;
    }

    /** {@return the cost before each step, on the data of that step, copied} */
    public double[] costs() {
        return Arrays.copyOf(costs, costs.length);
    }

    /** {@return the cost of the parameters found, on all data} */
    public double cost() {
        return cost;
    }

    /** {@return the number of steps made} */
    public int steps() {
        return costs.length;
    }

    /**
     * {@return how often the cost or the residuals were computed for the steps, those before a checkpoint not included}
     */
    public long evaluations() {
        return evaluations;
    }

    /** {@return why the training ended} */
    public End end() {
        return end;
    }

    /** {@return the end in a sentence, with numbers} */
    public String reason() {
        return reason;
    }

    /** {@return the costs on held-out data at each look, copied; empty without {@link Trainer#validation}} */
    public double[] validationCosts() {
        return validation.costs.clone();
    }

    /**
     * {@return a metric on held-out data at each look, copied}
     *
     * @param metric a metric of the trainer
     * @throws IllegalArgumentException if the node is no metric of the trainer, or there were no held-out data
     */
    public double[] validationMetric(Node metric) {
        double[] values = validation.metrics.get(Require.given(metric, "Training.validationMetric: the node"));
        if (values == null) {
            throw new IllegalArgumentException("Training.validationMetric: " + metric.describe()
                    + " was not looked at; give it to metrics(…), and held-out data to validation(…)");
        }
        return values.clone();
    }

    /**
     * {@return the step after which the cost on held-out data was smallest, counted from 0}
     *
     * @throws IllegalStateException if nothing was looked at
     */
    public long bestStep() {
        if (validation.bestStep < 0) {
            throw new IllegalStateException(
                    "Training.bestStep: no validation cost was recorded; give held-out data to Trainer.validation(…)");
        }
        return validation.bestStep;
    }

    /** {@return the state after the last step, to go on from; see {@link Trainer#resume}} */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** For example {@code 1000 steps, cost 0.0605776037: the limit of 1000 steps was reached}. */
    @Override
    public String toString() {
        return steps() + (steps() == 1 ? " step" : " steps") + ", cost " + cost + ": " + reason;
    }
}
