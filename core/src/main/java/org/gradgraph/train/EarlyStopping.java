package org.gradgraph.train;

import com.google.errorprone.annotations.CheckReturnValue;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Require;
import org.gradgraph.optim.problem.Arguments;

/**
 * Stops a training when the cost on held-out data has not become smaller for a while, and takes the best parameters.
 *
 * <pre>{@code
 * trainer.stopEarly(EarlyStopping.on(validation).everySteps(10).withPatience(20));
 * }</pre>
 *
 * <p>Immutable.
 */
@CheckReturnValue
public final class EarlyStopping {
    private final Feeds validation;
    private final long every;
    private final int patience;
    private final double improvement;

    private EarlyStopping(Feeds validation, long every, int patience, double improvement) {
        this.validation = validation;
        this.every = every;
        this.patience = patience;
        this.improvement = improvement;
    }

    /** Looks at the cost on these inputs after every step, and stops after 10 looks without improvement. */
    public static EarlyStopping on(Feeds validation) {
        return new EarlyStopping(Require.given(validation, "EarlyStopping.on: the inputs"), 1, 10, 0);
    }

    /** The same, looking only every few steps. */
    public EarlyStopping everySteps(long steps) {
        Arguments.atLeastOne("EarlyStopping.everySteps: the number of steps", steps);
        return new EarlyStopping(validation, steps, patience, improvement);
    }

    /** The same, stopping after so many looks without improvement. */
    public EarlyStopping withPatience(int looks) {
        Arguments.atLeastOne("EarlyStopping.withPatience: the number of looks", looks);
        return new EarlyStopping(validation, every, looks, improvement);
    }

    /** The same, counting only what is better by more than this as an improvement. */
    public EarlyStopping improvingBy(double cost) {
        Arguments.notNegative("EarlyStopping.improvingBy: the improvement", cost);
        return new EarlyStopping(validation, every, patience, cost);
    }

    Feeds validation() {
        return validation;
    }

    long every() {
        return every;
    }

    int patience() {
        return patience;
    }

    double improvement() {
        return improvement;
    }
}
