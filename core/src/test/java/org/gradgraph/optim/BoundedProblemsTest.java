package org.gradgraph.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.Function;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import org.junit.jupiter.api.Test;

/**
 * L-BFGS-B on the problems with bounds of Hock and Schittkowski, Test Examples for Nonlinear Programming Codes (1981), by
 * their numbers, with their starts and solutions.
 */
class BoundedProblemsTest {
    private static final double FREE = Double.POSITIVE_INFINITY;

    private static void solve(
            double[] start, double[] lower, double[] upper, Function<Node[], Node> cost, double minimum, double... x) {
        Node column = Node.parameter("x", start.length, 1);
        Node[] elements = new Node[start.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = Layout.slice(column, i, i + 1, 0, 1);
        }
        Training training = Trainer.of(cost.apply(elements))
                .optimizer(Optimizers.lbfgsB(Feeds.of(column, lower), Feeds.of(column, upper)))
                .initialValues(Feeds.of(column, start))
                .listen(step -> {
                    double[] now = step.parameter(column).data;
                    for (int i = 0; i < now.length; i++) {
                        assertThat(now[i]).isBetween(lower[i], upper[i]);
                    }
                })
                .steps(2000)
                .train();
        assertThat(training.cost())
                .as(training.toString())
                .isCloseTo(minimum, within(1e-8 * Math.max(1, Math.abs(minimum))));
        assertThat(training.parameter(column).data).containsExactly(x, within(1e-4));
        assertThat(training.end()).as(training.reason()).isEqualTo(Training.End.CONVERGED);
    }

    private static Node rosenbrock(Node... x) {
        return x[1].minus(x[0].square()).square().times(100).plus(x[0].minus(1).square());
    }

    @Test
    void hs1_a_bound_that_does_not_hold_in_the_end() {
        solve(
                new double[] {-2, 1},
                new double[] {-FREE, -1.5},
                new double[] {FREE, FREE},
                BoundedProblemsTest::rosenbrock,
                0,
                1,
                1);
    }

    /** On the bound 1.5 the slope is 400x³ − 598x − 2: of its roots, two are minima, by the trigonometric formula. */
    @Test
    void hs2_a_start_outside_and_a_bound_that_holds() {
        double a = Math.sqrt(598.0 / 1200);
        double b = 400 * a * a * a;
        double right = 2 * a * Math.cos(Math.acos(1 / b) / 3);
        double left = 2 * a * Math.cos((Math.acos(1 / b) + 2 * Math.PI) / 3);
        for (double root : new double[] {right, left}) {
            double minimum = 100 * Math.pow(1.5 - root * root, 2) + Math.pow(root - 1, 2);
            double start = root > 0 ? 2 : -2;
            solve(
                    new double[] {start, 1},
                    new double[] {-FREE, 1.5},
                    new double[] {FREE, FREE},
                    BoundedProblemsTest::rosenbrock,
                    minimum,
                    root,
                    1.5);
        }
        assertThat(100 * Math.pow(1.5 - right * right, 2) + Math.pow(right - 1, 2))
                .isCloseTo(0.0504261879, within(1e-10));
    }

    @Test
    void hs4_two_bounds_hold() {
        solve(
                new double[] {1.125, 0.125},
                new double[] {1, 0},
                new double[] {FREE, FREE},
                x -> x[0].plus(1).square().times(x[0].plus(1)).dividedBy(3).plus(x[1]),
                8.0 / 3,
                1,
                0);
    }

    @Test
    void hs5_no_bound_holds() {
        solve(
                new double[] {0, 0},
                new double[] {-1.5, -3},
                new double[] {4, 3},
                x -> Elementary.sin(x[0].plus(x[1]))
                        .plus(x[0].minus(x[1]).square())
                        .minus(x[0].times(1.5))
                        .plus(x[1].times(2.5))
                        .plus(1),
                -Math.sqrt(3) / 2 - Math.PI / 3,
                0.5 - Math.PI / 3,
                -0.5 - Math.PI / 3);
    }

    @Test
    void hs38_wood() {
        double[] lower = {-10, -10, -10, -10};
        solve(
                new double[] {-3, -1, -3, -1},
                lower,
                new double[] {10, 10, 10, 10},
                x -> rosenbrock(x[0], x[1])
                        .plus(x[3].minus(x[2].square()).square().times(90))
                        .plus(x[2].minus(1).square())
                        .plus(x[1].minus(1)
                                .square()
                                .plus(x[3].minus(1).square())
                                .times(10.1))
                        .plus(x[1].minus(1).times(x[3].minus(1)).times(19.8)),
                0,
                1,
                1,
                1,
                1);
    }

    @Test
    void hs45_all_upper_bounds_hold() {
        solve(
                new double[] {2, 2, 2, 2, 2},
                new double[5],
                new double[] {1, 2, 3, 4, 5},
                x -> x[0].times(x[1])
                        .times(x[2])
                        .times(x[3])
                        .times(x[4])
                        .dividedBy(-120.0)
                        .plus(2),
                1,
                1,
                2,
                3,
                4,
                5);
    }

    @Test
    void hs110_costs_that_are_not_finite_outside() {
        double[] start = new double[10];
        double[] lower = new double[10];
        double[] upper = new double[10];
        double[] found = new double[10];
        Arrays.fill(start, 9);
        Arrays.fill(lower, 2.001);
        Arrays.fill(upper, 9.999);
        Arrays.fill(found, 9.35026583);
        solve(
                start,
                lower,
                upper,
                x -> {
                    Node all = Layout.concatRows(x);
                    Node logs = all.minus(2)
                            .log()
                            .square()
                            .plus(all.negate().plus(10).log().square())
                            .sum();
                    return logs.minus(all.log().sum().times(0.2).exp());
                },
                -45.77846971,
                found);
    }

    /** (10⁶x₁ − x₂)² + (x₂ − 3)² + (10⁶x₃ − 1)² with x₂ ≤ 2 is 1 at x₁ = 2·10⁻⁶, x₂ = 2, x₃ = 10⁻⁶. */
    @Test
    void a_bound_between_scales_that_differ_by_a_million() {
        double scale = 1e6;
        solve(
                new double[] {1, 1, 1},
                new double[] {-FREE, -FREE, -FREE},
                new double[] {FREE, 2, FREE},
                x -> x[0].times(scale)
                        .minus(x[1])
                        .square()
                        .plus(x[1].minus(3).square())
                        .plus(x[2].times(scale).minus(1).square()),
                1,
                2 / scale,
                2,
                1 / scale);
    }
}
