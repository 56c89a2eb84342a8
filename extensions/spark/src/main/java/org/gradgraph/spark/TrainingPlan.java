package org.gradgraph.spark;

import java.io.Serializable;
import org.gradgraph.train.Trainer;

/**
 * Chooses how an estimator trains: optimiser, initial values, number of steps.
 *
 * <pre>{@code
 * TrainingPlan plan = (trainer, cost) -> trainer.optimizer(Optimizers.lbfgs()).steps(200)
 *         .initialValues(Initializers.he(1, cost.parameter("w1")).and(Initializers.zeros(cost.parameter("b1"))));
 * }</pre>
 */
@FunctionalInterface
public interface TrainingPlan extends Serializable {
    /**
     * {@return a trainer that is ready to train}
     *
     * @param trainer has the cost and the data
     * @param cost knows the parameters
     */
    Trainer apply(Trainer trainer, SparkCost cost);
}
