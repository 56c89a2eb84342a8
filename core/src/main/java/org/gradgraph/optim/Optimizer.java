package org.gradgraph.optim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

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
     * @param problem what to minimise
     * @return the state of the training, which makes its steps
     */
    Session start(Problem problem);

    /**
     * Whether every step must see the same cost; a trainer then refuses mini-batches and random draws.
     *
     * @return by default false
     */
    default boolean needsWholeData() {
        return false;
    }

    /** {@return the name in messages and checkpoints} */
    default String name() {
        return getClass().getSimpleName();
    }

    /** What is to be made smaller; a trainer makes it. */
    interface Problem {
        /** {@return what to change, in the order of the following lists} */
        List<Node> parameters();

        /** {@return the values of the parameters, to be changed in place} */
        List<DMatrixRMaj> values();

        /** {@return the gradients that {@link #evaluate} computed last} */
        List<DMatrixRMaj> gradients();

        /**
         * Computes the cost and the gradients at the values, on the data of the step.
         *
         * @return the cost
         * @throws ArithmeticException if one of them is not finite; the training ends so
         */
        double evaluate();

        /** {@return the cost on all data as a function of one array, with second derivatives and residuals} */
        Objective objective();
    }

    /** The memory of one training. */
    interface Session {
        /**
         * Makes one step: evaluates the problem and changes its values.
         *
         * @param step the number of the step, counted from 0
         * @return the cost before the step
         */
        double step(long step);

        /** {@return why no further step is to be made, asked after each step; by default there is no reason} */
        default Optional<Ending> ending() {
            return Optional.empty();
        }

        /** {@return the learning rate or step length of the last step, or NaN for an optimiser without one} */
        default double rate() {
            return Double.NaN;
        }

        /** {@return what must be kept to go on later with the same bits: arrays by name} */
        default Map<String, double[]> state() {
            return Map.of();
        }

        /**
         * Takes over what {@link #state} gave, before the first step.
         *
         * @param state arrays by name
         */
        default void restore(Map<String, double[]> state) {
            Require.given(state, "Optimizer.Session.restore: the state");
        }
    }

    /**
     * Why an optimiser makes no further step.
     *
     * <pre>{@code
     * return Optional.of(Optimizer.Ending.stuck("no step made the cost smaller"));
     * }</pre>
     *
     * @param isConverged whether the gradient is small on the scale of the problem; otherwise no step reduces the cost
     * @param reason one sentence with numbers
     */
    record Ending(boolean isConverged, String reason) {
        /**
         * Refuses null.
         *
         * @param isConverged whether the gradient is small on the scale of the problem
         * @param reason one sentence with numbers
         */
        public Ending {
            Require.given(reason, "Optimizer.Ending: the reason");
        }

        /**
         * {@return the gradient is small on the scale of the problem}
         *
         * @param reason one sentence with numbers
         */
        public static Ending converged(String reason) {
            return new Ending(true, Require.given(reason, "Optimizer.Ending.converged: the reason"));
        }

        /**
         * {@return no step reduces the cost, although the gradient is not small}
         *
         * @param reason one sentence with numbers
         */
        public static Ending stuck(String reason) {
            return new Ending(false, Require.given(reason, "Optimizer.Ending.stuck: the reason"));
        }
    }
}
