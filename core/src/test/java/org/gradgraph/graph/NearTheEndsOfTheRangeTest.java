package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.gradgraph.diff.Derivatives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Norms and what is made of them where squares, sums or quotients leave the range of a double. */
class NearTheEndsOfTheRangeTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private static Node row(double... x) {
        return Node.constant(new double[][] {x});
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-310, 1e-200, 1, 1e200, 3e307})
    void the_slope_of_a_norm_is_a_direction_whatever_its_size(double unit) {
        Node x = row(3 * unit, 0, -4 * unit);
        assertThat(value(Derivatives.gradient(Reductions.norm2(x), x)))
                .containsExactly(new double[] {0.6, 0, -0.8}, within(1e-15));
        assertThat(value(Reductions.normalizeRows(x))).containsExactly(new double[] {0.6, 0, -0.8}, within(1e-15));
    }

    @Test
    void a_norm_that_is_too_large_for_a_number_has_a_slope_all_the_same() {
        Node x = row(1.5e308, 1.5e308);
        double half = Math.sqrt(0.5);
        assertThat(value(Reductions.norm2(x))).containsExactly(INFINITE);
        assertThat(value(Derivatives.gradient(Reductions.norm2(x), x)))
                .containsExactly(new double[] {half, half}, within(1e-15));
        assertThat(value(Reductions.normalizeRows(x))).containsExactly(new double[] {half, half}, within(1e-15));
    }

    @Test
    void an_infinite_element_takes_the_whole_slope_of_a_norm_and_several_share_it() {
        Node one = row(1, -INFINITE, 0);
        Node two = row(INFINITE, 5, -INFINITE);
        double half = Math.sqrt(0.5);
        assertThat(value(Derivatives.gradient(Reductions.norm2(one), one))).containsExactly(0, -1, 0);
        assertThat(value(Derivatives.gradient(Reductions.norm2(two), two)))
                .containsExactly(new double[] {half, 0, -half}, within(1e-15));
        assertThat(value(Derivatives.hvp(Reductions.norm2(one), one, row(1, 1, 1))))
                .containsExactly(0, 0, 0);
    }

    @Test
    void a_normalised_infinity_is_undefined_and_what_is_not_a_number_stays_so() {
        assertThat(value(Reductions.normalizeRows(row(1, INFINITE)))).containsExactly(0, Double.NaN);
        Node strange = row(1, Double.NaN, INFINITE);
        assertThat(value(Reductions.normalizeRows(strange))).containsOnly(Double.NaN);
        assertThat(value(Derivatives.gradient(Reductions.norm2(strange), strange)))
                .containsOnly(Double.NaN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-160, 1e160, 1e300})
    void the_second_derivative_of_a_norm_scales_with_its_size(double unit) {
        Node x = row(3 * unit, 4 * unit);
        // across the direction (0.6, 0.8): v/5, here for v = (0.8, −0.6)
        double[] got = value(Derivatives.hvp(Reductions.norm2(x), x, row(0.8, -0.6)));
        assertThat(got[0] * unit).isCloseTo(0.16, within(1e-15));
        assertThat(got[1] * unit).isCloseTo(-0.12, within(1e-15));
    }

    @Test
    void a_logit_of_minus_infinity_costs_nothing_where_the_label_is_zero() {
        Node z = row(-INFINITE, 0, 0);
        Node y = row(0, 1, 0);
        Node cost = Losses.crossEntropyWithLogits(z, y, Over.EACH_ROW);
        assertThat(value(cost)[0]).isCloseTo(Math.log(2), within(1e-15));
        assertThat(value(Derivatives.gradient(cost, z))).containsExactly(0, -0.5, 0.5);
        assertThat(value(Derivatives.hvp(cost, z, row(1, 1, 0))))
                .containsExactly(new double[] {0, 0.25, -0.25}, within(0.0)); // of either sign of zero
        Node other = Losses.crossEntropyWithLogits(z, row(1, 0, 0), Over.EACH_ROW);
        assertThat(value(other)).containsExactly(INFINITE);
    }

    private static double[] value(Node node) {
        return Computation.value(node);
    }
}
