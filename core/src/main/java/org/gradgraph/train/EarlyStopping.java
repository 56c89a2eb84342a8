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

    /**
     * {@return a rule that looks at the cost on some data after every step, and stops after 10 looks without
     * improvement}
     *
     * @param validation values for the inputs
     */
    public static EarlyStopping on(Feeds validation) {
        return new EarlyStopping(Require.given(validation, "EarlyStopping.on: the inputs"), 1, 10, 0);
    }

    /**
     * {@return the same rule, looking only every few steps}
     *
     * @param steps at least 1
     */
    public EarlyStopping everySteps(long steps) {
        Arguments.atLeastOne("EarlyStopping.everySteps: the number of steps", steps);
        return new EarlyStopping(validation, steps, patience, improvement);
    }

    /**
     * {@return the same rule, stopping after so many looks without improvement}
     *
     * @param looks at least 1
     */
    public EarlyStopping withPatience(int looks) {
        Arguments.atLeastOne("EarlyStopping.withPatience: the number of looks", looks);
        return new EarlyStopping(validation, every, looks, improvement);
    }

    /**
     * {@return the same rule, counting only what is better by more than this as an improvement}
     *
     * @param cost at least 0
     */
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

    /** For example {@code a look every 10 steps, stop after 20 looks without improvement}. */
    @Override
    public String toString() {
        return (every == 1 ? "a look every step, stop after " : "a look every " + every + " steps, stop after ")
                + (patience == 1 ? "1 look without improvement" : patience + " looks without improvement")
                + (improvement == 0 ? "" : " by more than " + improvement);
    }
}
