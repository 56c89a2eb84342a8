package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.gradgraph.diff.Derivatives;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bug class 13: softmax and its relatives with entries that overflow the exponential, and with nothing at all. */
class SaturationTest {
    private static final double NONE = Double.NEGATIVE_INFINITY;

    private final Node x = Node.constant(new double[][] {{1000, -1000, 0}, {1e308, -1e308, 1e308}, {NONE, 0, NONE}});
    private final Node nothing = Node.constant(new double[][] {{NONE, NONE}, {1, 1}});

    @Test
    @DisplayName("bug class 13: softmax does not overflow")
    void bug_13_softmax_does_not_overflow() {
        assertThat(value(Activations.softmaxRows(x))).containsExactly(1, 0, 0, 0.5, 0, 0.5, 0, 1, 0);
        assertThat(value(Derivatives.gradient(Activations.softmaxRows(x).sum(), x)))
                .containsOnly(0);
    }

    @Test
    @DisplayName("bug class 13: log softmax keeps what softmax loses")
    void bug_13_log_softmax_keeps_what_softmax_loses() {
        double half = -Math.log(2);
        assertThat(value(Activations.logSoftmaxRows(x)))
                .containsExactly(0, -2000, -1000, half, Double.NEGATIVE_INFINITY, half, NONE, 0, NONE);
    }

    @Test
    @DisplayName("bug class 13: log sum exp does not overflow and its gradient is softmax")
    void bug_13_log_sum_exp_does_not_overflow_and_its_gradient_is_softmax() {
        assertThat(value(Reductions.logSumExp(x, Over.EACH_ROW))).containsExactly(1000, 1e308, 0);
        Node total = Reductions.logSumExp(x, Over.EACH_ROW).sum();
        assertThat(value(Derivatives.gradient(total, x))).containsExactly(1, 0, 0, 0.5, 0, 0.5, 0, 1, 0);
    }

    @Test
    @DisplayName("bug class 13: the log sum exp of nothing is minus infinity with gradients of zero in both orders")
    void bug_13_the_log_sum_exp_of_nothing_is_minus_infinity_with_gradients_of_zero_in_both_orders() {
        Node y = Reductions.logSumExp(nothing, Over.EACH_ROW);
        assertThat(value(y)).containsExactly(NONE, 1 + Math.log(2));
        Node gradient = Derivatives.gradient(y.sum(), nothing);
        assertThat(value(gradient)).containsExactly(0, 0, 0.5, 0.5);
        Node vector = Node.constant(new double[][] {{1, 2}, {1, 2}});
        assertThat(value(Derivatives.hvp(y.sum(), nothing, vector))).containsExactly(0, 0, -0.25, 0.25);
    }

    @Test
    @DisplayName("bug class 13: the softmax of nothing is undefined and harms no other row")
    void bug_13_the_softmax_of_nothing_is_undefined_and_harms_no_other_row() {
        assertThat(value(Activations.softmaxRows(nothing))).containsExactly(Double.NaN, Double.NaN, 0.5, 0.5);
    }

    private static double[] value(Node node) {
        return Computation.value(node);
    }
}
