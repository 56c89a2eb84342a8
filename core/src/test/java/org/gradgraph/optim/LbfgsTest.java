package org.gradgraph.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import org.junit.jupiter.api.Test;

class LbfgsTest {
    /** Rosenbrock's valley, minimum 0 at (1, 1); Nocedal and Wright start at (−1.2, 1). */
    @Test
    void finds_the_bottom_of_rosenbrocks_valley() {
        Node x = Node.parameter("x");
        Node y = Node.parameter("y");
        Node cost =
                y.minus(x.square()).square().times(100).plus(x.negate().plus(1).square());

        Training training = Trainer.of(cost)
                .optimizer(Optimizers.lbfgs())
                .initialValues(Feeds.of(x, -1.2).and(y, 1))
                .steps(100)
                .train();

        assertThat(training.parameter(x).get(0)).isCloseTo(1, within(1e-8));
        assertThat(training.parameter(y).get(0)).isCloseTo(1, within(1e-8));
        assertThat(training.end()).isEqualTo(Training.End.CONVERGED);
        assertThat(training.steps()).isLessThan(60);
    }

    /** With exact arithmetic and exact line searches n steps would do for n quadratic coordinates. */
    @Test
    void solves_a_badly_scaled_quadratic_and_never_goes_up() {
        Node x = Node.parameter("x", 6, 1);
        Node scale = Node.constant(new double[][] {{1}, {10}, {100}, {1e3}, {1e4}, {1e5}});
        Node target = Node.constant(new double[][] {{1}, {-2}, {3}, {-4}, {5}, {-6}});
        Node cost = scale.times(x.minus(target).square()).sum();

        Training training = Trainer.of(cost)
                .optimizer(Optimizers.lbfgs())
                .initialValues(Feeds.of(x, new double[6][1]))
                .steps(200)
                .train();

        double[] costs = training.costs();
        for (int k = 1; k < costs.length; k++) {
            assertThat(costs[k]).isLessThanOrEqualTo(costs[k - 1]);
        }
        for (int i = 0; i < 6; i++) {
            assertThat(training.parameter(x).get(i)).isCloseTo(new double[] {1, -2, 3, -4, 5, -6}[i], within(1e-6));
        }
    }

    /** The first trial step leaves the domain of the logarithm. */
    @Test
    void steps_back_where_the_cost_is_no_number() {
        Node x = Node.parameter("x");
        Node cost = x.minus(x.log().times(1e-3));

        Training training = Trainer.of(cost)
                .optimizer(Optimizers.lbfgs())
                .initialValues(Feeds.of(x, 0.5))
                .steps(100)
                .train();

        assertThat(training.parameter(x).get(0)).isCloseTo(1e-3, within(1e-8));
    }

    @Test
    void a_minimum_is_recognised_at_once() {
        Node x = Node.parameter("x");
        Training training = Trainer.of(x.square())
                .optimizer(Optimizers.lbfgs())
                .initialValues(Feeds.of(x, 0))
                .train();

        assertThat(training.steps()).isEqualTo(1);
        assertThat(training.end()).isEqualTo(Training.End.CONVERGED);
        assertThat(training.cost()).isZero();
    }
}
