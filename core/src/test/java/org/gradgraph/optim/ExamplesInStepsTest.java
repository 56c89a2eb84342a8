package org.gradgraph.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.scan.Scan;
import org.gradgraph.train.Trainer;
import org.junit.jupiter.api.Test;

/** What belongs to one example, where a side is more than the number of examples. */
class ExamplesInStepsTest {
    private static final Dim M = Dim.named("m");
    private static final Node X = Node.input("x", Shape.of(Dim.of(2), M.times(Dim.named("T"))));
    private static final Node Y = Node.input("y", 1, M);
    private static final Node W = Node.parameter("w");

    /** The weighted sum of the sequence of each example. */
    private static final Node COST = Scan.over(X)
            .columns(M)
            .state("h", Constants.zeros(Shape.of(Dim.of(1), M)))
            .step(s -> s.next("h", s.state("h").plus(s.input().columnSums())))
            .last("h")
            .times(W)
            .minus(Y)
            .mean();

    /** Examples 1, 2, 3 and 10, 20, 30, each with a second row of zeros and ones. */
    private static final Feeds DATA = Feeds.of(X, new double[][] {{1, 10, 2, 20, 3, 30}, {0, 1, 0, 1, 0, 1}})
            .and(Y, new double[2]);

    @Test
    void the_gradient_of_an_example_is_that_of_its_sequence() {
        Objective objective = Objective.of(COST, DATA, Feeds.of(W, 1));

        assertThat(objective.exampleGradients(M, objective.start())).isDeepEqualTo(new double[][] {{6}, {63}});
    }

    @Test
    void a_mini_batch_keeps_sequences_whole() {
        double[] costs = Trainer.of(COST)
                .data(DATA)
                .initialValues(Feeds.of(W, 1))
                .optimizer(Optimizers.gradientDescent(1e-300))
                .miniBatches(M, 1, 1)
                .steps(2)
                .train()
                .costs();

        assertThat(costs).containsExactlyInAnyOrder(6, 63);
    }

    private static Trainer inBatches(Node cost, Feeds data) {
        return Trainer.of(cost)
                .data(data)
                .initialValues(Feeds.of(W, 1))
                .miniBatches(M, 1, 1)
                .steps(2);
    }

    @Test
    void what_has_no_part_for_each_example_is_refused() {
        Node kernel = Node.input("K", M, M);
        Node longer = Node.input("longer", Dim.of(1), M.plus(Dim.of(1)));
        Feeds data = Feeds.of(Y, new double[] {1, 10});

        assertThatThrownBy(() -> inBatches(Y.matmul(kernel).mean().times(W), data.and(kernel, new double[][] {
                            {1, 2}, {3, 4}
                        }))
                        .train())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Trainer.miniBatches cannot cut \"K\" m×m, made at ExamplesInStepsTest.java:")
                .hasMessageEndingWith(
                        ", into examples; give it m rows, m columns, or m columns for each step of a loop");
        assertThatThrownBy(() -> inBatches(
                                longer.mean().plus(Y.mean()).times(W), data.and(longer, new double[] {1, 2, 3}))
                        .train())
                .hasMessageStartingWith("Trainer.miniBatches cannot cut \"longer\" 1×(m + 1)");
    }

    @Test
    void columns_that_are_no_whole_number_of_steps_are_refused() {
        assertThatThrownBy(() -> inBatches(COST, DATA.and(X, new double[2][5])).train())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was given 5 columns, which is no multiple of the 2 examples of \"y\" 1×m");
    }
}
