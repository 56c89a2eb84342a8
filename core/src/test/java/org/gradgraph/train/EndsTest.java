package org.gradgraph.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Optimizer;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.optim.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training says CONVERGED only where the slope is finite and small, and otherwise what went wrong and where. */
class EndsTest {
    private final Node x = Node.parameter("x");

    private Training minimize(Node cost, Feeds start) {
        return Trainer.of(cost)
                .optimizer(Optimizers.lbfgs())
                .initialValues(start)
                .steps(500)
                .train();
    }

    /** In any unit the best slope is Σxt/Σx² = 59.7/30 = 1.99. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1e-60, 1e-120, 1, 1e9, 1e60, 1e100, 1e150})
    void the_unit_of_the_data_does_not_matter(double unit) {
        Node in = Node.input("X", 1, 4);
        Node target = Node.input("T", 1, 4);
        Node w = Node.parameter("w");
        Feeds data = Feeds.of(in, new double[] {unit, 2 * unit, 3 * unit, 4 * unit})
                .and(target, new double[] {2.1 * unit, 3.9 * unit, 6.2 * unit, 7.8 * unit});
        for (Trainer trainer : List.of(
                Trainer.of(Losses.mse(w.times(in), target)).optimizer(Optimizers.lbfgs()),
                Trainer.of(Losses.mse(w.times(in), target)).optimizer(Optimizers.lbfgsB(Feeds.none(), Feeds.none())),
                Trainer.ofResiduals(w.times(in).minus(target)).optimizer(Optimizers.levenbergMarquardt()),
                Trainer.ofResiduals(w.times(in).minus(target)).optimizer(Optimizers.gaussNewton()))) {
            Training training = trainer.data(data).initialValues(Feeds.of(w, 0)).train();

            assertThat(training.parameter(w).get(0)).as(trainer.toString()).isCloseTo(1.99, within(1e-7));
            assertThat(training.end()).as(training.reason()).isEqualTo(Training.End.CONVERGED);
        }
    }

    /** √0 has no finite slope. */
    @Test
    void a_gradient_that_is_not_finite_at_the_start_is_no_convergence() {
        Node cost = x.sqrt().plus(x.square());
        for (Optimizer optimizer : List.of(Optimizers.lbfgs(), Optimizers.adam(0.1), Optimizers.gradientDescent(1))) {
            assertThatExceptionOfType(NonFiniteCostException.class)
                    .isThrownBy(() -> Trainer.of(cost)
                            .optimizer(optimizer)
                            .initialValues(Feeds.of(x, 0))
                            .train())
                    .withMessageMatching(
                            "(?s)the gradient is not finite at step 0: .*in the backward pass.*made by operation"
                                    + ".*sqrt.*EndsTest.java:\\d+.*")
                    .withMessageNotContaining("learning rate")
                    .satisfies(stopped ->
                            assertThat(stopped.training().parameter(x).get(0)).isZero());
        }
    }

    /** The masked NaN reaches neither the cost nor the gradient; the other one is named as data. */
    @Test
    void a_nan_in_the_data_is_named_as_data() {
        Node in = Node.input("X", 1, 3);
        Node cost = x.times(in).square().sum();
        assertThatExceptionOfType(NonFiniteCostException.class)
                .isThrownBy(() -> Trainer.of(cost)
                        .data(Feeds.of(in, new double[] {1, Double.NaN, 2}))
                        .initialValues(Feeds.of(x, 1))
                        .train())
                .withMessageMatching("(?s)the cost is NaN at step 0: \"X\" 1×3 at \\(0,1\\) is NaN.*given as input.*")
                .withMessageNotContaining("learning rate");
    }

    @Test
    void a_parameter_that_a_step_made_infinite_is_blamed_on_the_step() {
        assertThatExceptionOfType(NonFiniteCostException.class)
                .isThrownBy(() -> Trainer.of(x.square().times(1e200))
                        .optimizer(Optimizers.gradientDescent(1e200))
                        .initialValues(Feeds.of(x, 1))
                        .train())
                .withMessageMatching(
                        "(?s)the cost is Infinity at step 1: step 0 made \"x\" 1×1, from EndsTest.java:\\d+,"
                                + " -Infinity at \\(0,0\\), from a finite gradient\n  choose a smaller learning rate");
    }

    @Test
    void a_kink_that_is_no_minimum_of_the_slope_ends_as_stuck_with_what_was_tried() {
        Training training = minimize(x.minus(1).abs().plus(x.times(0.5)), Feeds.of(x, 3.3));

        assertThat(training.end()).isEqualTo(Training.End.STUCK);
        assertThat(training.parameter(x).get(0)).isCloseTo(1, within(1e-6));
        assertThat(training.reason())
                .contains("no step makes the cost smaller", "step lengths from", "the lowest cost was 0.5");
    }

    @Test
    void a_jump_upwards_ends_as_stuck() {
        Node jump = Comparisons.where(Comparisons.greaterOrEqual(x, 2.0), x, x.plus(100));

        Training training = minimize(jump, Feeds.of(x, 2));

        assertThat(training.end()).isEqualTo(Training.End.STUCK);
        assertThat(training.parameter(x).get(0)).isEqualTo(2);
    }

    /** The minimum is at 1, where 10⁸ hides all but the last digits of the rest. */
    @Test
    void an_offset_that_hides_the_cost_does_not_hide_the_minimum() {
        Training training = minimize(x.minus(1).square().plus(1e8), Feeds.of(x, 7));

        assertThat(training.end()).as(training.reason()).isEqualTo(Training.End.CONVERGED);
        assertThat(training.parameter(x).get(0)).isCloseTo(1, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e160, 1e200, 1e-160})
    void squares_of_extreme_gradients_neither_overflow_nor_vanish(double slope) {
        Node other = Node.parameter("other");
        Node cost = x.times(3 * slope).plus(other.times(4 * slope));
        Feeds start = Feeds.of(x, 0).and(other, 0);

        Training clipped = Trainer.of(cost)
                .optimizer(Optimizers.gradientDescent(1).clippedTo(slope < 1 ? slope : 1))
                .initialValues(start)
                .steps(1)
                .listen(step -> assertThat(step.gradientNorm() / slope).isCloseTo(5, within(1e-14)))
                .train();
        double length = slope < 1 ? slope : 1;
        assertThat(clipped.parameter(x).get(0) / length).isCloseTo(-0.6, within(1e-14));
        assertThat(clipped.parameter(other).get(0) / length).isCloseTo(-0.8, within(1e-14));

        double small = slope / 1e8;
        Optimizer adam = Optimizers.adam(Schedule.constant(0.25), 0.9, 0.999, Math.min(small, 1e-8));
        Training moved =
                Trainer.of(cost).optimizer(adam).initialValues(start).steps(4).train();
        if (slope > 1) {
            assertThat(moved.parameter(x).get(0)).isCloseTo(-1, within(1e-7));
            Training root = Trainer.of(cost)
                    .optimizer(Optimizers.rmsProp(0.25, 0.75))
                    .initialValues(start)
                    .steps(1)
                    .train();
            assertThat(root.parameter(other).get(0)).isCloseTo(-0.5, within(1e-14));
            Training valley = minimize(x.minus(1).square().times(slope), Feeds.of(x, 5));
            assertThat(valley.parameter(x).get(0)).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void a_small_gradient_after_a_huge_one_moves_as_the_formula_has_it() {
        Node slopes = Node.input("slope");
        double[] after = new double[2];
        double[] factor = {1, 0x1p600};
        for (int k = 0; k < 2; k++) {
            double unit = factor[k];
            double[] slope = {3 * unit, unit, 0.5 * unit};
            Dim m = Dim.named("m");
            Node many = Node.input("slopes", 1, m);
            Training training = Trainer.of(x.times(many).mean().plus(slopes.times(0.0)))
                    .optimizer(Optimizers.rmsProp(0.1, 0.5))
                    .data(Feeds.of(many, slope).and(slopes, 0))
                    .initialValues(Feeds.of(x, 0))
                    .miniBatches(m, 1, 3)
                    .steps(3)
                    .train();
            after[k] = training.parameter(x).get(0);
        }
        assertThat(after[1]).isCloseTo(after[0], within(1e-7));
        assertThat(after[0]).isNotZero();
    }

    @Test
    void held_out_data_with_a_nan_are_an_error() {
        Node in = Node.input("X", 1, Dim.named("m"));
        Node cost = x.times(in).minus(1).square().mean();
        assertThatExceptionOfType(NonFiniteCostException.class)
                .isThrownBy(() -> Trainer.of(cost)
                        .data(Feeds.of(in, new double[] {1, 2}))
                        .initialValues(Feeds.of(x, 1))
                        .stopEarly(EarlyStopping.on(Feeds.of(in, new double[] {1, Double.NaN})))
                        .train())
                .withMessageMatching(
                        "(?s)the cost on held-out data is NaN after step 0: \"X\" 1×m.*at \\(0,1\\) is NaN.*");
    }

    @Test
    void settings_that_contradict_each_other_are_refused_in_one_sentence() {
        Dim m = Dim.named("m");
        Node a = Node.input("A", 1, m);
        Node b = Node.input("B", m, 2);
        Trainer trainer = Trainer.of(x.times(a).matmul(b).sum())
                .data(Feeds.of(a, new DMatrixRMaj(1, 3)).and(b, new DMatrixRMaj(3, 2)))
                .initialValues(Feeds.of(x, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.optimizer(Optimizers.lbfgs())
                        .miniBatches(m, 2, 1)
                        .train())
                .withMessage(
                        "Trainer.train: L-BFGS compares costs of the whole data; leave miniBatches(…) out, or choose"
                                + " another optimiser");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.miniBatches(m, 4, 1).train())
                .withMessage(
                        "Trainer.miniBatches: a mini-batch of 4 examples is larger than the data, 3 examples; choose a"
                                + " smaller size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.data(
                                Feeds.of(a, new DMatrixRMaj(1, 3)).and(b, new DMatrixRMaj(4, 2)))
                        .miniBatches(m, 2, 1)
                        .train())
                .withMessage(
                        "Trainer.miniBatches: \"A\" 1×m has 3 examples, but \"B\" m×2 has 4; give both the same number");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> trainer.optimizer(Optimizers.levenbergMarquardt()).train())
                .withMessage("Levenberg-Marquardt needs residuals; make the trainer with Trainer.ofResiduals(…)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.accumulate(2).train())
                .withMessageContaining("say by miniBatches(…) what they are");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.freeze(Node.parameter("y")).train())
                .withMessageMatching("Trainer.freeze: \"y\" 1×1, made at EndsTest.java:\\d+, has no initial value; .*");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.freeze(x).train())
                .withMessageContaining("no parameter is left to train");
    }

    @Test
    void a_parameter_that_the_cost_does_not_depend_on_is_refused_unless_allowed() {
        Node other = Node.parameter("other");
        Node stopped = Node.parameter("stopped");
        Node cost = x.square().plus(Arithmetic.stopGradient(stopped));
        Feeds start = Feeds.of(x, 1).and(stopped, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(cost).initialValues(start).train())
                .withMessageMatching(
                        "Trainer.train: the gradient of the cost .* does not reach \"stopped\" 1×1, made at"
                                + " EndsTest.java:\\d+, because .*");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(x.square())
                        .initialValues(Feeds.of(x, 1).and(other, 1))
                        .train())
                .withMessageMatching(
                        "Trainer.train: \"other\" 1×1, made at EndsTest.java:\\d+, is not part of the cost .*");

        Training training = Trainer.of(cost)
                .initialValues(start.and(other, 7))
                .allowUnreached(stopped, other)
                .steps(3)
                .train();

        assertThat(training.parameter(other).get(0)).isEqualTo(7);
        assertThat(training.parameter(x).get(0)).isLessThan(1);
    }
}
