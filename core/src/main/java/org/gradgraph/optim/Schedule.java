package org.gradgraph.optim;

import com.google.errorprone.annotations.CheckReturnValue;
import org.gradgraph.optim.problem.Arguments;

/**
 * The learning rate as a function of the step, counted from 0.
 *
 * <pre>{@code
 * Schedule rate = Schedule.constant(0.1);
 * Schedule warm = Schedule.cosine(0.01, 950).warmedUp(50);
 * Schedule own = step -> 1.0 / (10 + step);
 * }</pre>
 */
@FunctionalInterface
@CheckReturnValue
public interface Schedule {
    /**
     * {@return the rate of a step}
     *
     * @param step the number of the step, from 0
     */
    double rate(long step);

    /**
     * {@return the same rate at every step}
     *
     * @param rate a positive number
     * @throws IllegalArgumentException if the rate is not a positive number
     */
    static Schedule constant(double rate) {
        Arguments.positive("Schedule.constant: the rate", rate);
        return new DescribedSchedule("rate " + rate, step -> rate);
    }

    /**
     * {@return {@code rate · factor^(step / period)}, in steps of whole periods}
     *
     * @param rate the rate at step 0, above 0
     * @param factor what each period multiplies the rate by, above 0
     * @param period how many steps, at least 1
     */
    static Schedule stepDecay(double rate, double factor, long period) {
        Arguments.positive("Schedule.stepDecay: the rate", rate);
        Arguments.positive("Schedule.stepDecay: the factor", factor);
        Arguments.atLeastOne("Schedule.stepDecay: the period", period);
        return new DescribedSchedule(
                "rate " + rate + ", times " + factor + " every " + DescribedSchedule.steps(period),
                step -> rate * StrictMath.pow(factor, (double) Math.floorDiv(step, period)));
    }

    /**
     * {@return {@code rate · factor^(step / period)}, falling smoothly}
     *
     * @param rate the rate at step 0, above 0
     * @param factor what each period multiplies the rate by, above 0
     * @param period how many steps, at least 1
     */
    static Schedule exponentialDecay(double rate, double factor, long period) {
        Arguments.positive("Schedule.exponentialDecay: the rate", rate);
        Arguments.positive("Schedule.exponentialDecay: the factor", factor);
        Arguments.atLeastOne("Schedule.exponentialDecay: the period", period);
        return new DescribedSchedule(
                "rate " + rate + ", times " + factor + " smoothly in " + DescribedSchedule.steps(period),
                step -> rate * StrictMath.pow(factor, (double) step / period));
    }

    /**
     * {@return {@code rate / (1 + decay · step)}}
     *
     * @param rate the rate at step 0, above 0
     * @param decay at least 0
     */
    static Schedule inverseTime(double rate, double decay) {
        Arguments.positive("Schedule.inverseTime: the rate", rate);
        Arguments.notNegative("Schedule.inverseTime: the decay", decay);
        return new DescribedSchedule("rate " + rate + "/(1 + " + decay + "·step)", step -> rate / (1 + decay * step));
    }

    /**
     * {@return half a cosine from {@code rate} to 0 at step {@code steps}, then 0}
     *
     * <p>Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts (2017), without restarts.
     *
     * @param rate the rate at step 0, above 0
     * @param steps where it reaches 0, at least 1
     */
    static Schedule cosine(double rate, long steps) {
        Arguments.positive("Schedule.cosine: the rate", rate);
        Arguments.atLeastOne("Schedule.cosine: the number of steps", steps);
        return new DescribedSchedule(
                "half a cosine from rate " + rate + " to 0 in " + DescribedSchedule.steps(steps),
                step -> step >= steps ? 0 : rate / 2 * (1 + StrictMath.cos(Math.PI * step / steps)));
    }

    /**
     * {@return this schedule after a warm-up, in which the rate rises linearly to that of this schedule's step 0}
     *
     * <p>Step k of the warm-up has the rate {@code (k + 1)/steps · rate(0)}. After the warm-up this schedule begins with its
     * step 0, so {@code cosine(rate, n).warmedUp(k)} reaches its rate and is 0 from step k + n on.
     *
     * <pre>{@code
     * Schedule.cosine(0.01, 900).warmedUp(100)                   // for a training of 1000 steps
     * }</pre>
     *
     * @param steps how long the rate rises, at least 1
     */
    default Schedule warmedUp(long steps) {
        Arguments.atLeastOne("Schedule.warmedUp: the number of steps", steps);
        String text = this instanceof DescribedSchedule ? toString() : "custom schedule";
        return new DescribedSchedule(
                text + ", after a warm-up of " + DescribedSchedule.steps(steps),
                step -> step < steps ? rate(0) * ((step + 1.0) / steps) : rate(step - steps));
    }
}
