package org.gradgraph.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Optimizers;
import org.junit.jupiter.api.Test;

/** What a trainer refuses, in the words of the method that was called. */
class TrainerMessagesTest {
    private final Node x = Node.input("X", 1, Dim.named("m"));
    private final Node w = Node.parameter("w");
    private final Node other = Node.parameter("other");
    private final Trainer trainer = Trainer.of(w.times(x).minus(1).square().mean())
            .data(Feeds.of(x, new double[] {1, 2}))
            .initialValues(Feeds.of(w, 0))
            .steps(3);

    @Test
    void cost_and_metrics_are_numbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(w.times(x)))
                .withMessageMatching("Trainer.of: the cost multiply 1×m, made at .*, is not 1×1; take its .*");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.metrics(x))
                .withMessageMatching("Trainer.metrics: \"X\" 1×m, made at .*, is not 1×1; take its .*");
    }

    @Test
    void a_metric_needs_values_and_is_known_to_the_trainer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.metrics(other.square()).train())
                .withMessageMatching("Trainer.train: \"other\" 1×1, made at .*, has no value; give it to .*");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.listen(step -> step.metric(w)).train())
                .withMessageMatching("TrainingStep.metric: \"w\" 1×1, made at .*, is no metric of the trainer; .*");
    }

    @Test
    void the_number_of_the_draw_is_read_by_the_cost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.draw(Node.input("draw")).train())
                .withMessageMatching("Trainer.draw: \"draw\" 1×1, made at .*, is not part of the cost .*");
    }

    @Test
    void a_schedule_gives_rates() {
        for (double rate : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.optimizer(Optimizers.adam(step -> step < 2 ? 0 : rate))
                            .train())
                    .withMessage(
                            "Adam: the schedule gives the rate " + rate + " for step 2; give 0 or a positive number");
        }
    }

    /** What it says would be that of a later step. */
    @Test
    void a_step_is_not_read_when_it_is_over() {
        List<TrainingStep> kept = new ArrayList<>();
        trainer.listen(kept::add).train();
        TrainingStep first = kept.get(0);
        assertThat(first.number()).isZero();
        assertThat(first.cost()).isEqualTo(1);
        List<Runnable> readings = List.of(
                first::epoch,
                first::parameters,
                () -> first.parameter(w),
                first::gradientNorm,
                () -> first.gradientNorm(w),
                first::rate,
                first::checkpoint,
                () -> first.metric(w));
        for (Runnable reading : readings) {
            assertThatIllegalStateException()
                    .isThrownBy(reading::run)
                    .withMessageMatching("TrainingStep\\.\\w+: step 0 is over; ask inside the listener, and keep the"
                            + " result instead of the step");
        }
    }
}
