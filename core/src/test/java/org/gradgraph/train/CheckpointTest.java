package org.gradgraph.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.RandomNumbers;
import org.gradgraph.io.Npz;
import org.gradgraph.optim.Optimizer;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.optim.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that goes on from a checkpoint is the training that did not stop. */
class CheckpointTest {
    private final Dim m = Dim.named("m");
    private final Node x = Node.input("X", 4, m);
    private final Node y = Node.input("Y", 1, m);
    private final Node draw = Node.input("draw");
    private final Node w1 = Node.parameter("w1", 8, 4);
    private final Node b1 = Node.parameter("b1", 8, 1);
    private final Node w2 = Node.parameter("w2", 1, 8);
    private final Node hidden = RandomNumbers.dropout(w1.matmul(x).plus(b1).tanh(), 0.5, 7, draw);
    private final Node output = w2.matmul(hidden);
    private final Node cost = output.minus(y).square().mean();
    private final Node worst = output.minus(y).abs().max();
    private final Feeds data = Feeds.of(x, random(4, 40, 1)).and(y, random(1, 40, 2));
    private final Feeds heldOut = Feeds.of(x, random(4, 10, 3)).and(y, random(1, 10, 4));
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

    /** 500 + 500 steps, through a file, have the bits of 1,000. */
    @Test
    void a_training_that_goes_on_from_a_checkpoint_has_the_same_bits(@TempDir Path folder) {
        Trainer whole = trainer.validation(heldOut, 50).metrics(worst).steps(1000);
        Training uninterrupted = whole.train();

        Training half = whole.steps(500).train();
        half.checkpoint().write(folder.resolve("half.npz"));
        Checkpoint read = Checkpoint.read(folder.resolve("half.npz"));
        Training resumed = whole.resume(read).train();

        assertThat(read.step()).isEqualTo(500);
        assertSameBits(resumed, uninterrupted);
        assertThat(resumed.bestStep()).isEqualTo(uninterrupted.bestStep());
        assertThat(resumed.validationMetric(worst))
                .isEqualTo(uninterrupted.validationMetric(worst))
                .hasSize(20);
        assertThat(half.costs()).isNotEqualTo(uninterrupted.costs());
    }

    @Test
    void every_optimiser_goes_on_from_a_checkpoint_with_the_same_bits() {
        Node p = Node.parameter("p", 3, 1);
        Node q = Node.parameter("q");
        Node target = Node.constant(new double[][] {{1}, {10}, {-2}});
        Node r = p.square().plus(q.times(p)).minus(target);
        Trainer fits = Trainer.ofResiduals(r)
                .initialValues(Feeds.of(p, new double[] {1, 2, 1.5}).and(q, 0.3));
        for (Optimizer optimizer : List.of(
                Optimizers.momentum(0.001, 0.9),
                Optimizers.nesterov(0.001, 0.9),
                Optimizers.rmsProp(0.01, 0.9),
                Optimizers.adamW(0.01, 0.1).clippedTo(1),
                Optimizers.lbfgs(3),
                Optimizers.lbfgsB(Feeds.of(p, new double[] {-1, -1, -1}), Feeds.of(q, 0.5)),
                Optimizers.levenbergMarquardt())) {
            Trainer one = fits.optimizer(optimizer);
            Training whole = one.steps(9).train();
            Training half = one.steps(4).train();
            Training resumed = one.steps(9).resume(half.checkpoint()).train();

            assertThat(half.costs()).as(optimizer.name()).hasSize(4);
            assertSameBits(resumed, whole);
        }
    }

    @Test
    void a_checkpoint_beyond_the_limit_of_steps_is_refused_and_one_at_the_limit_is_at_its_end() {
        Training ten = trainer.steps(10).train();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.steps(5).resume(ten.checkpoint()).train())
                .withMessage(
                        "Trainer.resume: the checkpoint was written after 10 steps, and the limit is 5; steps(…) counts"
                                + " the steps before the checkpoint, too");
        assertSameBits(trainer.steps(10).resume(ten.checkpoint()).train(), ten);
    }

    @Test
    void a_checkpoint_of_something_else_is_refused(@TempDir Path folder) {
        Checkpoint checkpoint = trainer.steps(2).train().checkpoint();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.optimizer(Optimizers.gradientDescent(1))
                        .resume(checkpoint)
                        .train())
                .withMessage(
                        "Trainer.resume: the checkpoint is not one of gradient descent but of Adam; choose the same"
                                + " optimiser");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.freeze(b1).resume(checkpoint).train())
                .withMessageContaining("Trainer.resume: the checkpoint has");
        Npz.write(folder.resolve("other.npz"), start);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checkpoint.read(folder.resolve("other.npz")))
                .withMessageContaining("is not a checkpoint; it contains [w1, w2, b1]");
    }

    /** Its optimiser has found the minimum of a parabola: nothing is left to do, whatever the number of steps. */
    @Test
    void a_training_that_has_converged_makes_no_further_step(@TempDir Path folder) {
        Node p = Node.parameter("p");
        Trainer parabola = Trainer.ofResiduals(p.minus(3)).initialValues(Feeds.of(p, 1));
        for (Optimizer optimizer : List.of(
                Optimizers.lbfgs(),
                Optimizers.lbfgsB(Feeds.none(), Feeds.none()),
                Optimizers.levenbergMarquardt(),
                Optimizers.gaussNewton())) {
            Trainer one = parabola.optimizer(optimizer);
            Training ended = one.train();
            ended.checkpoint().write(folder.resolve("ended.npz"));
            Checkpoint read = Checkpoint.read(folder.resolve("ended.npz"));

            Training resumed = one.steps(5000).resume(read).train();
            Training twice = one.resume(resumed.checkpoint()).train();

            for (Training again : List.of(resumed, twice)) {
                assertThat(again.end()).as(optimizer.name()).isEqualTo(Training.End.CONVERGED);
                assertThat(again.reason()).isEqualTo(ended.reason());
                assertThat(again.steps()).isEqualTo(ended.steps());
                assertSameBits(again, ended);
            }
        }
    }

    /** At the foot of a jump by 100 nothing is better, and the gradient is 1. */
    @Test
    void a_training_that_is_stuck_stays_so() {
        Node p = Node.parameter("p");
        Node jump = Comparisons.where(Comparisons.greaterOrEqual(p, 2.0), p, p.plus(100));
        Trainer stuck = Trainer.of(jump).optimizer(Optimizers.lbfgs()).initialValues(Feeds.of(p, 2));
        Training ended = stuck.train();
        Training resumed = stuck.resume(ended.checkpoint()).train();
        assertThat(ended.end()).isEqualTo(Training.End.STUCK);
        assertThat(resumed.toString()).isEqualTo(ended.toString());
    }

    /** The held-out targets are the negative ones, so it gets worse from the first step; more patience goes on. */
    @Test
    void a_training_that_was_stopped_early_goes_on_only_with_more_patience() {
        Node p = Node.parameter("p");
        Trainer away = Trainer.of(p.times(x).columnSums().minus(y).square().mean())
                .data(Feeds.of(x, random(4, 40, 1)).and(y, random(1, 40, 2)))
                .initialValues(Feeds.of(p, 5));
        Feeds opposite = Feeds.of(x, new double[4][1]).and(y, new double[1][1]);
        EarlyStopping rule = EarlyStopping.on(opposite).withPatience(3);
        Training ended = away.stopEarly(rule).train();
        Training resumed = away.stopEarly(rule).resume(ended.checkpoint()).train();
        Training patient =
                away.stopEarly(rule.withPatience(7)).resume(ended.checkpoint()).train();
        assertThat(ended.end()).isEqualTo(Training.End.NO_IMPROVEMENT);
        assertSameBits(resumed, ended);
        assertThat(patient.steps()).isEqualTo(ended.steps() + 4);
    }

    @Test
    void a_condition_that_holds_no_longer_lets_a_training_go_on() {
        Training stopped = trainer.steps(9).stopWhen(step -> step.number() == 3).train();
        Training resumed = trainer.steps(9).resume(stopped.checkpoint()).train();
        assertThat(stopped.steps()).isEqualTo(4);
        assertSameBits(resumed, trainer.steps(9).train());
    }
}
