package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.gradgraph.graph.Node;
import org.gradgraph.graph.Reductions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The norm as a reduction of a fused pass: squares may leave the range of numbers, the norm may not. */
class NormInAPassTest {
    private static final int COLUMNS = 1200;

    private final Node x = Node.parameter("x", 2, COLUMNS);

    /** A right-angled triangle of sides 3, 4, 5, in every scale. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-100, 1e-160, 1e-300, 1e100, 1e160, 3e307})
    void no_square_overflows_or_underflows(double scale) {
        Node norm = Reductions.norm2(x.negate());
        Run run = Program.of(norm).withGradients().newRun().set(x, triangle(3 * scale, 4 * scale));
        run.forward().backward();

        assertThat(run.scalar(norm)).isCloseTo(5 * scale, within(1e-15 * 5 * scale));
        assertThat(run.gradient(x).get(0, 7)).isCloseTo(0.6, within(1e-15));
        assertThat(run.gradient(x).get(1, COLUMNS - 1)).isCloseTo(0.8, within(1e-15));
        assertThat(run.explain())
                .contains(": fused pass of 2 primitives and 1 reduction over 2×1200")
                .contains(": only for fallbacks: fused pass of 6 primitives and 2 reductions over 2×1200")
                .contains(": fused pass of 2 primitives over 2×1200")
                .contains("; with fallbacks: fused pass of 6 primitives over 2×1200");
    }

    @Test
    void several_norms_and_a_mean_share_a_pass_whatever_their_scales() {
        Node huge = Reductions.norm2(x.times(1e200));
        Node tiny = Reductions.norm2(x.times(1e-200));
        Node plain = Reductions.norm2(x.times(1));
        Node mean = x.times(1e200).square().times(1e-100).mean();
        Run run = Program.of(huge, tiny, plain, mean).newRun().set(x, triangle(3, 4));
        for (int i = 0; i < 2; i++) {
            run.forward();
            assertThat(run.scalar(huge)).isCloseTo(5e200, within(1e186));
            assertThat(run.scalar(tiny)).isCloseTo(5e-200, within(1e-214));
            assertThat(run.scalar(plain)).isCloseTo(5, within(1e-14));
            assertThat(run.scalar(mean)).isInfinite();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 0})
    void what_is_not_finite_comes_out(double value) {
        Node norm = Reductions.norm2(x);
        Run run = Program.of(norm).newRun().set(x, triangle(value, 0)).forward();

        assertThat(Double.valueOf(run.scalar(norm))).isEqualTo(Double.valueOf(Math.abs(value)));
    }

    private static double[][] triangle(double a, double b) {
        double[][] rows = new double[2][COLUMNS];
        rows[0][7] = a;
        rows[1][COLUMNS - 1] = b;
        return rows;
    }
}
