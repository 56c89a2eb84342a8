package org.gradgraph.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.RandomNumbers;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.optim.Schedule;
import org.gradgraph.optim.solve.Vectors;
import org.junit.jupiter.api.Test;

/** Dropout, validation, checkpoints, schedules, groups and the rest of a usual training. */
class PracticeTest {
    private final Dim m = Dim.named("m");
    private final Node x = Node.input("X", 4, m);
    private final Node y = Node.input("Y", 1, m);
    private final Node draw = Node.input("draw");
    private final Node w1 = Node.parameter("w1", 8, 4);
    private final Node b1 = Node.parameter("b1", 8, 1);
    private final Node w2 = Node.parameter("w2", 1, 8);
    private final Node hidden = RandomNumbers.dropout(w1.matmul(x).plus(b1).tanh(), 0.5, 7, draw);
    private final Node plain = w2.matmul(w1.matmul(x).plus(b1).tanh());
    private final Node output = w2.matmul(hidden);
    private final Node cost = output.minus(y).square().mean();
    private final Feeds data = Feeds.of(x, random(4, 40, 1)).and(y, random(1, 40, 2));
    private final Feeds start = Initializers.glorot(3, w1, w2).and(Initializers.zeros(b1));

    private final Trainer trainer = Trainer.of(cost)
            .data(data)
            .initialValues(start)
            .draw(draw)
            .optimizer(Optimizers.adam(Schedule.cosine(0.01, 1000).warmedUp(20)).withDecay(0.01, w1))
            .miniBatches(m, 7, 5);

    private static DMatrixRMaj random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = random.nextGaussian();
        }
        return matrix;
    }

    private static List<double[]> bits(Training training) {
        List<double[]> bits = new ArrayList<>();
        training.parameters().asMap().values().forEach(value -> bits.add(value.getData()));
        bits.add(training.costs());
        bits.add(training.validationCosts());
        bits.add(new double[] {training.cost()});
        return bits;
    }

    private static void assertSameBits(Training a, Training b) {
        for (int i = 0; i < bits(a).size(); i++) {
            assertThat(bits(a).get(i)).isEqualTo(bits(b).get(i));
        }
    }

    @Test
    void masks_change_from_step_to_step_and_are_off_for_validation_and_prediction() {
        List<Double> costs = new ArrayList<>();
        Training still = Trainer.of(cost)
                .data(data)
                .initialValues(start)
                .draw(draw)
                .optimizer(Optimizers.gradientDescent(1e-300))
                .validation(data, 1)
                .steps(5)
                .listen(step -> costs.add(step.cost()))
                .train();
        Node error = plain.minus(y).square().mean();
        double without =
                Program.of(error).newRun().set(data).set(start).forward().scalar(error);

        assertThat(costs).doesNotHaveDuplicates();
        assertThat(still.cost()).isCloseTo(without, within(1e-14));
        assertThat(still.validationCosts()).containsOnly(still.cost());
        Program prediction = Program.of(output).withoutDropout();
        assertThat(prediction
                        .newRun()
                        .set(data.and(start).readBy(prediction))
                        .forward()
                        .rows(output)[0])
                .containsExactly(Program.of(plain)
                        .newRun()
                        .set(Feeds.of(x, random(4, 40, 1)))
                        .set(start)
                        .forward()
                        .rows(plain)[0]);
    }

    @Test
    void a_hundred_trainings_in_eight_threads_have_the_bits_of_one_after_the_other() throws Exception {
        Trainer small = trainer.steps(30).execution(Execution.standard().withThreads(2));
        List<Training> alone = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Training>> beside = new ArrayList<>();
            for (int k = 0; k < 100; k++) {
                Trainer own = small.miniBatches(m, 1 + k % 9, k);
                beside.add(pool.submit(own::train));
            }
            for (int k = 0; k < 100; k++) {
                alone.add(small.miniBatches(m, 1 + k % 9, k).train());
            }
            for (int k = 0; k < 100; k++) {
                assertSameBits(beside.get(k).get(), alone.get(k));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_trainer_is_not_changed_by_its_methods() {
        Training before = trainer.steps(3).train();
        trainer.steps(3).optimizer(Optimizers.gradientDescent(1)).freeze(w1).accumulate(2);
        assertSameBits(trainer.steps(3).train(), before);
    }

    @Test
    void frozen_parameters_stay_and_are_returned() {
        Training training = trainer.freeze(w1).steps(20).train();
        assertThat(training.parameter(w1).data).isEqualTo(start.asMap().get(w1).data);
        assertThat(training.parameter(w2).data).isNotEqualTo(start.asMap().get(w2).data);
        assertThat(training.parameters().asMap().keySet()).containsExactly(w1, w2, b1);
    }

    /** Two batches of 5 accumulated are one of 10. */
    @Test
    void accumulated_mini_batches_are_as_good_as_a_large_one() {
        Trainer plainTrainer = Trainer.of(plain.minus(y).square().mean())
                .data(data)
                .initialValues(start)
                .optimizer(Optimizers.gradientDescent(0.1));
        Training large = plainTrainer.miniBatches(m, 10, 5).steps(8).train();
        Training small =
                plainTrainer.miniBatches(m, 5, 5).accumulate(2).steps(8).train();
        assertThat(small.costs()).containsExactly(large.costs(), within(1e-13));
        assertThat(small.parameter(w1).data).containsExactly(large.parameter(w1).data, within(1e-13));
        Training uneven =
                plainTrainer.miniBatches(m, 17, 5).accumulate(3).steps(1).train();
        assertThat(uneven.costs()[0]).isCloseTo(plainTrainer.steps(1).train().costs()[0], within(1e-13));
    }

    /** One node used twice is one parameter: d(p·p)/dp = 2p. */
    @Test
    void a_shared_weight_gets_the_sum_of_its_gradients() {
        Node p = Node.parameter("p");
        Training training = Trainer.of(p.times(p))
                .initialValues(Feeds.of(p, 3))
                .optimizer(Optimizers.gradientDescent(0.25))
                .steps(1)
                .train();
        assertThat(training.parameter(p).get(0)).isEqualTo(1.5);
    }

    @Test
    void groups_have_rates_and_decays_of_their_own() {
        Node p = Node.parameter("p");
        Node q = Node.parameter("q");
        Training training = Trainer.of(p.plus(q))
                .initialValues(Feeds.of(p, 1).and(q, 1))
                .optimizer(
                        Optimizers.gradientDescent(0.5).withRateTimes(0.25, q).withDecay(0.5, p))
                .steps(1)
                .listen(step -> {
                    assertThat(step.rate()).isEqualTo(0.5);
                    assertThat(step.gradientNorm(p)).isEqualTo(1);
                    assertThat(step.parameter(q).get(0)).isEqualTo(0.875);
                    assertThat(step.parameters().asMap()).hasSize(2);
                })
                .train();
        assertThat(training.parameter(p).get(0)).isEqualTo(1 - 0.25 - 0.5);
        assertThat(training.parameter(q).get(0)).isEqualTo(1 - 0.125);
    }

    @Test
    void initial_values() {
        Node wide = Node.parameter("wide", 3, 200);
        DMatrixRMaj q = Initializers.orthogonal(1, wide).asMap().get(wide);
        DMatrixRMaj product = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.multTransB(q, q, product);
        assertThat(MatrixFeatures_DDRM.isIdentity(product, 1e-14)).isTrue();
        double[] he = Initializers.he(1, wide).asMap().get(wide).data;
        assertThat(deviation(he)).isCloseTo(0.1, within(0.01));
        double[] glorot = Initializers.glorot(1, wide).asMap().get(wide).data;
        assertThat(deviation(glorot)).isCloseTo(Math.sqrt(2.0 / 203), within(0.01));
        assertThat(Vectors.largest(glorot)).isLessThanOrEqualTo(Math.sqrt(6.0 / 203));
        double[] normal = Initializers.normal(1, 5, 2, wide).asMap().get(wide).data;
        assertThat(deviation(normal)).isCloseTo(Math.sqrt(29), within(0.3));
        for (double number : Initializers.uniform(1, 2, 3, wide).asMap().get(wide).data) {
            assertThat(number).isBetween(2.0, 3.0);
        }
        assertThat(Initializers.he(1, wide).asMap().get(wide).data).isEqualTo(he);
        assertThat(Initializers.he(2, wide).asMap().get(wide).data).isNotEqualTo(he);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initializers.zeros(Node.parameter("p", 2, m)))
                .withMessageContaining("Initializers.zeros: \"p\" 2×m");
    }

    private static double deviation(double[] numbers) {
        return Vectors.norm(numbers) / Math.sqrt(numbers.length);
    }

    /** The vertex of (p + 2)² under p ≥ 1 is 1; without the bound −2. */
    @Test
    void bounds_hold() {
        Node p = Node.parameter("p", 2, 1);
        Node r = p.plus(2);
        Training training = Trainer.of(r.square().sum())
                .initialValues(Feeds.of(p, new double[] {5, 0}))
                .optimizer(Optimizers.lbfgsB(Feeds.of(p, new double[] {1, Double.NEGATIVE_INFINITY}), Feeds.none()))
                .train();
        assertThat(training.parameter(p).data).containsExactly(new double[] {1, -2}, within(1e-9));
        assertThat(training.end()).as(training.reason()).isEqualTo(Training.End.CONVERGED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(r.square().sum())
                        .initialValues(Feeds.of(p, new double[] {5, 0}))
                        .optimizer(
                                Optimizers.lbfgsB(Feeds.of(p, new double[] {1, 2}), Feeds.of(p, new double[] {3, 1})))
                        .train())
                .withMessage(
                        "lbfgsB: the lower bound of \"p\" 2×1, 2.0, is not below the upper one, 1.0; give bounds with"
                                + " lower ≤ upper");
    }
}
