package org.gradgraph.train;

import java.time.Duration;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/**
 * What a training has just done, for its listeners; valid only during the call.
 *
 * <pre>{@code
 * trainer.listen(step -> System.out.printf("%d: %.6f%n", step.number(), step.cost()));
 * }</pre>
 */
public final class TrainingStep {
    private final long number;
    private final long epoch;
    private final double cost;
    private final Run run;
    private final Duration elapsed;

    private boolean metricsComputed;

    TrainingStep(long number, long epoch, double cost, Run run, Duration elapsed) {
        this.number = number;
        this.epoch = epoch;
        this.cost = cost;
        this.run = run;
        this.elapsed = elapsed;
    }

    /** The number of the step, counted from 0. */
    public long number() {
        return number;
    }

    /** The number of the pass over the data, counted from 0; the same as the step without mini-batches. */
    public long epoch() {
        return epoch;
    }

    /** The cost before the step, on the data of the step. */
    public double cost() {
        return cost;
    }

    /**
     * The value of a metric after the step, on the data of the step; the first one asked for costs a forward pass.
     *
     * @throws IllegalArgumentException if the node is no metric of the trainer
     */
    public double metric(Node node) {
        if (!metricsComputed) {
            run.forward();
            metricsComputed = true;
        }
        return run.scalar(node);
    }

    /** The time since the training began. */
    public Duration elapsed() {
        return elapsed;
    }
}
