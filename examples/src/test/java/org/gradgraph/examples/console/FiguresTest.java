package org.gradgraph.examples.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void figures_near_enough_leave_with_0_and_say_so() {
        Figures figures = new Figures()
                .check("one", 1, 1 + 1e-9, 1e-8)
                .check("table", new double[][] {{1, 2}, {3, 4}}, new DMatrixRMaj(2, 2, true, 1, 2, 3, 4.25), 0.5)
                .holds("refused", true);

        assertThat(figures.exitCode()).isZero();
        assertThat(figures.report(false)).isEqualTo("6 figures checked: all as expected (--verbose lists them)\n");
        assertThat(figures.report(true)).isEqualTo("""
                        checked   figures   largest difference   allowed
                        one             1              1.0e-09   1.0e-08
                        table           4              2.5e-01   5.0e-01
                        refused         1                    0         0

                        6 figures checked: all as expected
                        """);
    }

    @Test
    void one_figure_that_is_off_is_enough_for_1() {
        Figures figures = new Figures().check("many", 1, 1, 1e-8).check("many", 1, 1.1, 1e-8);

        assertThat(figures.exitCode()).isEqualTo(1);
        assertThat(figures.report(false)).contains("1 figure off", "2 figures checked: 1 not as expected\n");
        assertThat(new Figures().holds("refused", false).exitCode()).isEqualTo(1);
    }

    @Test
    void nan_is_off_and_infinity_equals_itself() {
        assertThat(new Figures().check("x", 1, Double.NaN, 1).exitCode()).isEqualTo(1);
        assertThat(new Figures()
                        .check("x", Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0)
                        .exitCode())
                .isZero();
    }

    @Test
    void another_shape_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Figures().check("x", new double[][] {{1, 2}}, new DMatrixRMaj(2, 1), 1))
                .withMessage("x: 2×1 instead of 1×2");
    }
}
