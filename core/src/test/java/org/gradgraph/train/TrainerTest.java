package org.gradgraph.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Optimizers;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private final Dim m = Dim.named("m");
    private final Node x = Node.input("X", 2, m);
    private final Node y = Node.input("Y", 1, m);
    private final Node w = Node.parameter("w", 2, 1);
    private final Node b = Node.parameter("b");
    private final Node cost = cost(y);

    private Node cost(Node labels) {
        Node a = w.transpose().matmul(x).plus(b).sigmoid();
        return labels.times(a.log())
                .plus(labels.negate().plus(1).times(a.negate().plus(1).log()))
                .mean()
                .negate();
    }

    private final Feeds data =
            Feeds.of(x, new double[][] {{1, -2, -1}, {3, 0.5, -3.2}}).and(y, new double[][] {{1, 1, 0}});
    private final Feeds start = Feeds.of(w, new double[][] {{1}, {2}}).and(b, 1.5);

    /** The figures of the course notes, section 3. */
    @Test
    void optimizes_the_course_example() {
        Training training = Trainer.of(cost)
                .optimizer(Optimizers.gradientDescent(0.009))
                .data(data)
                .initialValues(start)
                .steps(100)
                .train();

        assertThat(training.parameter(w).get(0)).isCloseTo(0.80956046, within(5e-9));
        assertThat(training.parameter(w).get(1)).isCloseTo(2.0508202, within(5e-8));
        assertThat(training.parameter(b).get(0)).isCloseTo(1.5948713189708588, within(1e-14));
        assertThat(training.costs()).hasSize(100);
        assertThat(training.costs()[0]).isCloseTo(0.15900538, within(5e-9));
        assertThat(training.end()).isEqualTo(Training.End.STEPS_DONE);
    }

    @Test
    void runs_as_the_execution_says() {
        Node wide = Node.parameter("W", 300, 300);
        AtomicInteger asked = new AtomicInteger();
        Executor counting = task -> {
            asked.incrementAndGet();
            throw new RejectedExecutionException("busy");
        };
        Trainer trainer = Trainer.of(wide.matmul(wide).tanh().mean())
                .initialValues(Feeds.of(wide, new DMatrixRMaj(300, 300)))
                .steps(2);
        double[] costs = trainer.train().costs();

        assertThat(trainer.execution(Execution.standard().withExecutor(counting, 2))
                        .train()
                        .costs())
                .isEqualTo(costs);

        assertThat(asked.get()).isPositive();
    }

    @Test
    void every_epoch_sees_every_example_once_in_an_order_that_the_seed_decides() {
        Node seen = x.columnSums().times(0.0).plus(y).rowSums();
        Node own = Node.parameter("p");
        Node total = own.times(0.0).plus(seen.sum());
        List<List<Double>> runs = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            List<Double> batches = new ArrayList<>();
            Trainer.of(total)
                    .optimizer(Optimizers.gradientDescent(0.1))
                    .data(Feeds.of(x, new DMatrixRMaj(2, 10)).and(y, powersOfTwo(10)))
                    .initialValues(Feeds.of(own, 0))
                    .miniBatches(m, 4, seed)
                    .steps(6)
                    .listen(step -> {
                        assertThat(step.epoch()).isEqualTo(step.number() / 3);
                        batches.add(step.cost());
                    })
                    .train();
            runs.add(batches);
        }

        for (List<Double> batches : runs) {
            assertThat(batches.get(0) + batches.get(1) + batches.get(2)).isEqualTo(1023);
            assertThat(batches.get(3) + batches.get(4) + batches.get(5)).isEqualTo(1023);
            assertThat(Long.bitCount(batches.get(2).longValue())).isEqualTo(2);
            assertThat(batches.subList(0, 3)).isNotEqualTo(batches.subList(3, 6));
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1)).isNotEqualTo(runs.get(2));
    }

    private static DMatrixRMaj powersOfTwo(int n) {
        DMatrixRMaj row = new DMatrixRMaj(1, n);
        for (int i = 0; i < n; i++) {
            row.set(0, i, 1 << i);
        }
        return row;
    }

    @Test
    void examples_may_lie_in_rows() {
        Node rows = Node.input("R", m, 3);
        Node p = Node.parameter("p", 3, 1);
        Node residual = rows.matmul(p);
        Random random = new Random(7);
        DMatrixRMaj values = new DMatrixRMaj(7, 3);
        for (int i = 0; i < 21; i++) {
            values.data[i] = random.nextGaussian();
        }
        Training training = Trainer.of(residual.square().mean())
                .optimizer(Optimizers.adam(0.05))
                .data(Feeds.of(rows, values))
                .initialValues(Feeds.of(p, new double[][] {{1}, {2}, {3}}))
                .miniBatches(m, 2, 1)
                .steps(2000)
                .train();

        assertThat(training.cost()).isLessThan(1e-6);
    }

    @Test
    void stops_when_a_condition_holds_and_tells_metrics() {
        Node accuracy = y.mean();
        List<Double> told = new ArrayList<>();
        Training training = Trainer.of(cost)
                .optimizer(Optimizers.gradientDescent(0.1))
                .data(data)
                .initialValues(start)
                .metrics(accuracy)
                .listen(step -> told.add(step.metric(accuracy)))
                .stopWhen(step -> step.number() == 4)
                .train();

        assertThat(training.steps()).isEqualTo(5);
        assertThat(training.end()).isEqualTo(Training.End.CONDITION);
        assertThat(told).hasSize(5).allSatisfy(value -> assertThat(value).isCloseTo(2.0 / 3, within(1e-15)));
    }

    /** The held-out label contradicts the data, so every step makes the held-out cost larger. */
    @Test
    void stops_early_and_takes_the_best_parameters() {
        Feeds monitor = Feeds.of(x, new double[][] {{1}, {3}}).and(y, new double[][] {{0}});
        Training training = Trainer.of(cost)
                .optimizer(Optimizers.gradientDescent(0.1))
                .data(data)
                .initialValues(start)
                .stopEarly(EarlyStopping.on(monitor).withPatience(3))
                .train();

        Training one = Trainer.of(cost)
                .optimizer(Optimizers.gradientDescent(0.1))
                .data(data)
                .initialValues(start)
                .steps(1)
                .train();
        assertThat(training.end()).isEqualTo(Training.End.NO_IMPROVEMENT);
        assertThat(training.steps()).isEqualTo(4);
        assertThat(training.parameter(w).data).isEqualTo(one.parameter(w).data);
    }

    @Test
    void stops_at_the_first_cost_that_is_not_finite_and_names_the_node() {
        Node p = Node.parameter("p");
        Node log = p.log().named("logarithm");
        assertThatExceptionOfType(NonFiniteCostException.class)
                .isThrownBy(() -> Trainer.of(log.sum())
                        .optimizer(Optimizers.gradientDescent(1))
                        .initialValues(Feeds.of(p, 0.5))
                        .train())
                .withMessageMatching(
                        "the cost is NaN at step 1: \"logarithm\" 1×1 at \\(0,0\\) is NaN, the first value that is not finite"
                                + " in the forward pass\n  made by operation log at TrainerTest.java:\\d+\n  from \"p\" 1×1 at"
                                + " \\(0,0\\) = -1.5\n  hint: log needs a positive operand.*\n  or choose a smaller learning rate")
                .satisfies(stopped ->
                        assertThat(stopped.training().parameter(p).get(0)).isEqualTo(-1.5));
    }

    @Test
    void a_missing_value_is_refused_with_a_hint() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(cost).data(data).train())
                .withMessage(
                        "Trainer.train: nothing to train; give the parameters and their initial values by initialValues(…)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(cost)
                        .data(data)
                        .initialValues(Feeds.of(b, 0))
                        .train())
                .withMessageMatching(
                        "Trainer.train: \"w\" 2×1, made at TrainerTest.java:\\d+, has no value; give it to initialValues\\(…\\) if it"
                                + " is to be trained, otherwise to data\\(…\\)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(cost)
                        .data(data)
                        .initialValues(start)
                        .miniBatches(Dim.named("k"), 2, 0)
                        .train())
                .withMessage(
                        "no input has k as one of its sides; name the dimension of the examples in miniBatches(…)");
    }
}
