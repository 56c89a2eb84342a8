package org.gradgraph.train;

import java.util.List;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/**
 * A way to make a cost smaller.
 *
 * <p>An optimiser is an immutable description; what it remembers between steps lives in a {@link Session}, so one
 * optimiser may serve many trainings.
 *
 * <pre>{@code
 * Optimizer adam = Optimizers.adam(0.001);
 * Trainer.of(cost).optimizer(adam).data(feeds).initialValues(initial).steps(1000).train();
 * }</pre>
 */
public interface Optimizer {
    /**
     * Begins a training.
     *
     * @param run a run whose program has the cost as its first output and the gradients of the parameters; all values
     *     are set before each step
     * @param cost the first output
     * @param parameters what to change
     */
    Session start(Run run, Node cost, List<Node> parameters);

    /** The memory of one training. */
    interface Session {
        /**
         * Makes one step: runs forward and backward and changes the parameters of the run.
         *
         * <p>If the cost is not finite, nothing is changed.
         *
         * @param step the number of the step, counted from 0
         * @return the cost before the step
         */
        double step(long step);

        /** Whether a further step would change nothing. */
        default boolean converged() {
            return false;
        }
    }
}
