package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Running sums of exponentials far from 0, with harmonic numbers as their derivatives, and beside what is not finite. */
class LogCumulativeSumExpTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private final Node x = Node.parameter("x", 1, 3);

    private Run at(Node y, double... values) {
        return Program.of(y.sum(), y)
                .withGradients(x)
                .newRun()
                .set(x, new double[][] {values})
                .forward()
                .backward();
    }

    private static Node[] forms(Node x) {
        Node flipped = Layout.flipColumns(x);
        return new Node[] {
            Reductions.logCumulativeSumExp(x, Over.EACH_ROW),
            Reductions.cumulativeSum(x.exp(), Over.EACH_ROW).log(),
            Reductions.cumulativeSum(x.exp(), Over.ALL).times(4).log().minus(Math.log(4)),
            Layout.flipColumns(
                    Layout.flipColumns(Reductions.cumulativeSum(Layout.flipColumns(flipped.exp()), Over.EACH_ROW)
                            .log()))
        };
    }

    @ParameterizedTest
    @ValueSource(doubles = {800, -800, 0, 1e15, -1e15})
    void equal_elements_count_themselves_and_share_evenly(double at) {
        for (Node y : forms(x)) {
            Run run = at(y, at, at, at);
            double ulp = Math.ulp(Math.abs(at) + 2);

            assertThat(run.value(y).get(0, 0)).isCloseTo(at, within(2 * ulp));
            assertThat(run.value(y).get(0, 1)).isCloseTo(at + Math.log(2), within(2 * ulp));
            assertThat(run.value(y).get(0, 2)).isCloseTo(at + Math.log(3), within(2 * ulp));
            assertThat(run.gradient(x).get(0, 0)).isCloseTo(1 + 1 / 2.0 + 1 / 3.0, within(1e-15));
            assertThat(run.gradient(x).get(0, 1)).isCloseTo(1 / 2.0 + 1 / 3.0, within(1e-15));
            assertThat(run.gradient(x).get(0, 2)).isCloseTo(1 / 3.0, within(1e-15));
        }
    }

    @Test
    void a_small_element_beside_a_large_one_keeps_its_digits() {
        Node y = Reductions.logCumulativeSumExp(x, Over.EACH_ROW);
        Run run = at(y, 0, -40, -50);

        assertThat(run.value(y).get(0, 1)).isCloseTo(4.248354255291589e-18, within(1e-33));
        assertThat(run.gradient(x).get(0, 2)).isCloseTo(1.9287498479639178e-22, within(1e-37));
    }

    @Test
    void what_is_minus_infinite_so_far_has_no_derivative() {
        Node y = Reductions.logCumulativeSumExp(x, Over.EACH_ROW);
        Run run = at(y, -INFINITY, -INFINITY, 7);

        assertThat(run.value(y).data).containsExactly(-INFINITY, -INFINITY, 7);
        assertThat(run.gradient(x).data).containsExactly(0, 0, 1);
    }

    @Test
    void nan_reaches_what_comes_after_it_and_no_cotangent_of_zero() {
        Node y = Reductions.logCumulativeSumExp(x, Over.EACH_ROW);
        Node first = Comparisons.mask(y, Node.constant(new double[][] {{1, 0, 0}}));
        Run run = Program.of(first.sum(), y)
                .withGradients(x)
                .newRun()
                .set(x, new double[][] {{2, Double.NaN, 1}})
                .forward()
                .backward();

        assertThat(run.value(y).data).containsExactly(2, Double.NaN, Double.NaN);
        assertThat(run.gradient(x).data).containsExactly(1, 0, 0);
    }

    @Test
    void gradients_of_both_orders_agree_with_differences() {
        for (Over over : Over.values()) {
            Node z = Node.parameter("z", 3, 4);
            DMatrixRMaj values = new DMatrixRMaj(3, 4);
            for (int i = 0; i < 12; i++) {
                values.data[i] = 3 * Math.sin(5 * i);
            }
            Node cost = Reductions.logCumulativeSumExp(z, over).square().sum();
            GradientCheck.of(cost).at(Feeds.of(z, values)).order(2).verify();
        }
    }
}
