package org.gradgraph.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.RandomNumbers;
import org.gradgraph.graph.Shape;
import org.gradgraph.optim.Optimizers;
import org.junit.jupiter.api.Test;

/** Random numbers that are no dropout, as in a variational autoencoder: z = μ + σ·ε with a new ε in each mini-batch. */
class NoiseTest {
    private final Dim m = Dim.named("m");
    private final Node x = Node.input("X", 1, m);
    private final Node draw = Node.input("draw");
    private final Node mu = Node.parameter("mu");
    private final Node sigma = Node.parameter("sigma");
    private final Node noise = RandomNumbers.normal(Shape.of(Dim.of(1), m), 7, draw);
    private final Node kept = RandomNumbers.dropout(x, 0.5, 8, draw);
    private final Node cost = mu.plus(sigma.times(noise)).minus(kept).square().mean();
    private final Node costWithoutDropout =
            mu.plus(sigma.times(noise)).minus(x).square().mean();
    private final Feeds data = Feeds.of(x, new double[] {1, 2, 3, 4, 5, 6});
    private final Feeds heldOut = Feeds.of(x, new double[] {2, 3});
    private final Trainer trainer = Trainer.of(cost)
            .data(data)
            .initialValues(Feeds.of(mu, 0).and(sigma, 1))
            .draw(draw)
            .optimizer(Optimizers.gradientDescent(0.01));

    private double costOn(Feeds inputs, Feeds parameters, double number) {
        Feeds all = inputs.and(parameters).and(draw, number);
        return Program.of(costWithoutDropout).newRun().set(all).forward().scalar(costWithoutDropout);
    }

    @Test
    void the_cost_at_the_end_is_that_of_the_last_draw() {
        Training training = trainer.steps(20).train();
        assertThat(training.cost())
                .isEqualTo(costOn(data, training.parameters(), 19))
                .isNotEqualTo(costOn(data, training.parameters(), 18));
        Training pieces = trainer.miniBatches(m, 2, 1).accumulate(3).steps(4).train();
        assertThat(pieces.cost()).isEqualTo(costOn(data, pieces.parameters(), 11));
    }

    @Test
    void a_draw_among_the_data_is_the_one_of_the_cost_at_the_end() {
        Training training = trainer.data(data.and(draw, 3)).steps(20).train();
        assertThat(training.cost()).isEqualTo(costOn(data, training.parameters(), 3));
    }

    @Test
    void held_out_costs_are_those_of_the_draw_of_their_step_or_of_the_one_that_is_fed() {
        Training moving = trainer.validation(heldOut, 5).steps(10).train();
        assertThat(moving.validationCosts()).hasSize(2).endsWith(costOn(heldOut, moving.parameters(), 9));
        Training fixed = trainer.validation(heldOut.and(draw, 0), 5).steps(10).train();
        assertThat(fixed.validationCosts()).hasSize(2).endsWith(costOn(heldOut, fixed.parameters(), 0));
        assertThat(fixed.cost()).isEqualTo(costOn(data, fixed.parameters(), 9));
        Training early = trainer.stopEarly(EarlyStopping.on(heldOut)).steps(10).train();
        assertThat(early.validationCosts()).hasSize(10);
    }

    @Test
    void a_resumed_training_has_the_same_costs() {
        Trainer watched = trainer.validation(heldOut, 1);
        Training whole = watched.steps(10).train();
        Training half = watched.steps(5).train();
        for (Checkpoint checkpoint : new Checkpoint[] {half.checkpoint(), whole.checkpoint()}) {
            Training resumed = watched.steps(10).resume(checkpoint).train();
            assertThat(resumed.cost()).isEqualTo(whole.cost());
            assertThat(resumed.validationCosts()).containsExactly(whole.validationCosts());
            assertThat(resumed.parameter(mu).get(0))
                    .isEqualTo(whole.parameter(mu).get(0));
        }
    }

    /** With dropout alone there is nothing to draw for the cost at the end. */
    @Test
    void nothing_is_drawn_where_dropout_is_all_there_is() {
        Node plain = mu.minus(kept).square().mean();
        Training training = Trainer.of(plain)
                .data(data)
                .initialValues(Feeds.of(mu, new DMatrixRMaj(1, 1)))
                .draw(draw)
                .optimizer(Optimizers.gradientDescent(1e-300))
                .validation(heldOut, 1)
                .steps(2)
                .train();
        assertThat(training.cost()).as("(1 + 4 + 9 + 16 + 25 + 36)/6").isEqualTo(91.0 / 6);
        assertThat(training.validationCosts()).as("(4 + 9)/2").containsOnly(6.5);
    }
}
