package org.gradgraph.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import org.junit.jupiter.api.Test;

/** Steps on J = θ² from θ = 1, so that g = 2θ; expected values worked out by hand from the cited formulas. */
class OptimizersTest {
    private final Node theta = Node.parameter("theta");
    private final Node cost = theta.square();

    private double after(Optimizer optimizer, int steps) {
        return Trainer.of(cost)
                .optimizer(optimizer)
                .initialValues(Feeds.of(theta, 1))
                .steps(steps)
                .train()
                .parameter(theta)
                .get(0);
    }

    @Test
    void gradient_descent() {
        assertThat(after(Optimizers.gradientDescent(0.25), 1)).isEqualTo(0.5);
        assertThat(after(Optimizers.gradientDescent(0.25), 3)).isEqualTo(0.125);
    }

    /** u: 2, then 0.5·2 + 2·0.5 = 2; θ: 1 − 0.25·2 = 0.5, then 0.5 − 0.25·2 = 0. */
    @Test
    void momentum() {
        assertThat(after(Optimizers.momentum(0.25, 0.5), 1)).isEqualTo(0.5);
        assertThat(after(Optimizers.momentum(0.25, 0.5), 2)).isEqualTo(0.0);
    }

    /** u: 2, θ: 1 − 0.25(2 + 1) = 0.25; then g = 0.5, u = 1.5, θ: 0.25 − 0.25(0.5 + 0.75) = −0.0625. */
    @Test
    void nesterov() {
        assertThat(after(Optimizers.nesterov(0.25, 0.5), 1)).isEqualTo(0.25);
        assertThat(after(Optimizers.nesterov(0.25, 0.5), 2)).isEqualTo(-0.0625);
    }

    /** s = 0.75·4 = 3 after one step with ρ = 0.25. */
    @Test
    void rms_prop() {
        assertThat(after(Optimizers.rmsProp(0.25, 0.25), 1)).isCloseTo(1 - 0.5 / (Math.sqrt(3) + 1e-8), within(1e-15));
    }

    /** The first step of Adam is rate·g/(|g| + ε) whatever the size of g. */
    @Test
    void adam() {
        assertThat(after(Optimizers.adam(0.25), 1)).isCloseTo(1 - 0.25 * 2 / (2 + 1e-8), within(1e-15));
        double g2 = 2 * (1 - 0.5 / (2 + 1e-8));
        double mean = (0.9 * 0.1 * 2 + 0.1 * g2) / (1 - 0.81);
        double square = (0.999 * 0.001 * 4 + 0.001 * g2 * g2) / (1 - 0.999 * 0.999);
        assertThat(after(Optimizers.adam(0.25), 2))
                .isCloseTo(g2 / 2 - 0.25 * mean / (Math.sqrt(square) + 1e-8), within(1e-12));
    }

    /** The decay multiplies θ by 1 − rate·decay before the step. */
    @Test
    void adam_w() {
        assertThat(after(Optimizers.adamW(0.25, 0.5), 1)).isCloseTo(1 - 0.125 - 0.25 * 2 / (2 + 1e-8), within(1e-15));
    }

    @Test
    void gradients_are_clipped_by_their_common_norm() {
        Node other = Node.parameter("other");
        Node sum = theta.times(3).plus(other.times(4));
        Training training = Trainer.of(sum)
                .optimizer(Optimizers.gradientDescent(1).clippedTo(1))
                .initialValues(Feeds.of(theta, 0).and(other, 0))
                .steps(1)
                .train();

        assertThat(training.parameter(theta).get(0)).isCloseTo(-0.6, within(1e-15));
        assertThat(training.parameter(other).get(0)).isCloseTo(-0.8, within(1e-15));
        assertThat(after(Optimizers.gradientDescent(0.25).clippedTo(10), 1)).isEqualTo(0.5);
    }

    @Test
    void schedules() {
        assertThat(Schedule.stepDecay(1, 0.5, 10).rate(25)).isEqualTo(0.25);
        assertThat(Schedule.exponentialDecay(1, 0.25, 10).rate(5)).isEqualTo(0.5);
        assertThat(Schedule.inverseTime(1, 0.5).rate(2)).isEqualTo(0.5);
        assertThat(Schedule.cosine(1, 100).rate(0)).isEqualTo(1);
        assertThat(Schedule.cosine(1, 100).rate(50)).isCloseTo(0.5, within(1e-15));
        assertThat(Schedule.cosine(1, 100).rate(100)).isZero();
        assertThat(Schedule.constant(1).warmedUp(4).rate(0)).isEqualTo(0.25);
        assertThat(Schedule.constant(1).warmedUp(4).rate(9)).isEqualTo(1);
        assertThat(Schedule.constant(1).warmedUp(4).rate(2)).isEqualTo(0.75);
        Schedule warm = Schedule.cosine(0.1, 100).warmedUp(50);
        // optax.join_schedules([linear, cosine_decay_schedule(0.1, 100)], [50]): the cosine begins after the warm-up
        assertThat(warm.rate(24)).isCloseTo(0.05, within(1e-16));
        assertThat(warm.rate(49)).isEqualTo(0.1);
        assertThat(warm.rate(50)).isEqualTo(0.1);
        assertThat(warm.rate(75)).isCloseTo(0.05 * (1 + Math.sqrt(0.5)), within(1e-16));
        assertThat(warm.rate(100)).isCloseTo(0.05, within(1e-16));
        assertThat(warm.rate(149)).isPositive();
        assertThat(warm.rate(150)).isZero();
        assertThat(after(Optimizers.gradientDescent(Schedule.stepDecay(0.25, 0.5, 1)), 2))
                .isEqualTo(0.375);
    }

    @Test
    void wrong_settings_are_refused_in_one_sentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizers.adam(-1))
                .withMessage("Optimizers.adam: the rate is -1.0; it must be a positive number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizers.momentum(0.1, 1))
                .withMessage("Optimizers.momentum: beta is 1.0; it must be at least 0 and below 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Optimizers.lbfgs(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Schedule.constant(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Optimizers.adam(1).clippedTo(0));
    }
}
