package org.gradgraph.train;

/**
 * Hears of every step of a training, in the thread that trains.
 *
 * <pre>{@code
 * TrainingListener progress = step -> bar.step();
 * }</pre>
 */
@FunctionalInterface
public interface TrainingListener {
    /** Called after a step. */
    void stepped(TrainingStep step);
}
