package org.gradgraph.optim;

import com.google.errorprone.annotations.CheckReturnValue;
import org.gradgraph.optim.problem.Arguments;

/**
 * The learning rate as a function of the step, counted from 0.
 *
 * <pre>{@code
 * Schedule rate = Schedule.constant(0.1);
 * Schedule warm = Schedule.cosine(0.01, 1000).warmedUp(50);
 * Schedule own = step -> 1.0 / (10 + step);
 * }</pre>
 */
@FunctionalInterface
@CheckReturnValue
public interface Schedule {
    /** The rate of a step. */
    double rate(long step);

    /**
     * The same rate at every step.
     *
     * @throws IllegalArgumentException if the rate is not a positive number
     */
    static Schedule constant(double rate) {
        Arguments.positive("Schedule.constant: the rate", rate);
        return step -> rate;
    }

    /** {@code rate · factor^(step / period)}, in steps of whole periods. */
    static Schedule stepDecay(double rate, double factor, long period) {
        Arguments.positive("Schedule.stepDecay: the rate", rate);
        Arguments.positive("Schedule.stepDecay: the factor", factor);
        Arguments.atLeastOne("Schedule.stepDecay: the period", period);
        return step -> rate * StrictMath.pow(factor, (double) Math.floorDiv(step, period));
    }

    /** {@code rate · factor^(step / period)}, falling smoothly. */
    static Schedule exponentialDecay(double rate, double factor, long period) {
        Arguments.positive("Schedule.exponentialDecay: the rate", rate);
        Arguments.positive("Schedule.exponentialDecay: the factor", factor);
        Arguments.atLeastOne("Schedule.exponentialDecay: the period", period);
        return step -> rate * StrictMath.pow(factor, (double) step / period);
    }

    /** {@code rate / (1 + decay · step)}. */
    static Schedule inverseTime(double rate, double decay) {
        Arguments.positive("Schedule.inverseTime: the rate", rate);
        Arguments.notNegative("Schedule.inverseTime: the decay", decay);
        return step -> rate / (1 + decay * step);
    }

    /**
     * Half a cosine from {@code rate} to 0 at step {@code steps}, then 0.
     *
     * <p>Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts (2017), without restarts.
     */
    static Schedule cosine(double rate, long steps) {
        Arguments.positive("Schedule.cosine: the rate", rate);
        Arguments.atLeastOne("Schedule.cosine: the number of steps", steps);
        return step -> step >= steps ? 0 : rate / 2 * (1 + StrictMath.cos(Math.PI * step / steps));
    }

    /** The same schedule, rising linearly during the first steps: step k gets (k + 1)/steps of its rate. */
    default Schedule warmedUp(long steps) {
        Arguments.atLeastOne("Schedule.warmedUp: the number of steps", steps);
        return step -> rate(step) * Math.min(1, (step + 1.0) / steps);
    }
}
