package org.gradgraph.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.gradgraph.testkit.GradgraphAssertions.assertThat;

import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Matrices;
import org.junit.jupiter.api.Test;

class MatrixAssertTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    private static DMatrixRMaj matrix(double... row) {
        return Matrices.ofRows(new double[][] {row});
    }

    @Test
    void near_matrices_pass() {
        assertThat(Matrices.ofRows(new double[][] {{1, 2}, {3, 4}}))
                .hasShape(2, 2)
                .isFinite()
                .isCloseTo(new double[][] {{1, 2 + 1e-13}, {3, 4}}, within(1e-12))
                .isCloseTo(matrixOfTwoRows(), within(0.0));
    }

    private static DMatrixRMaj matrixOfTwoRows() {
        return Matrices.ofRows(new double[][] {{1, 2}, {3, 4}});
    }

    @Test
    void the_message_names_the_worst_element() {
        assertThatThrownBy(() ->
                        assertThat(matrixOfTwoRows()).isCloseTo(new double[][] {{1, 2.001}, {3.5, 4}}, within(1e-12)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expecting each element to be within 1.0E-12 but 2 of 4 are not;%n".formatted()
                        + "the worst is (1,0): expected 3.5 but was 3.0, off by 0.5");
    }

    @Test
    void one_far_element_is_told_in_the_singular() {
        assertThatThrownBy(() -> assertThat(matrix(1, 2)).isCloseTo(matrix(1, 3), within(0.5)))
                .hasMessageContaining("but 1 of 2 is not");
    }

    @Test
    void the_limit_of_an_offset_is_near_and_that_of_a_strict_one_is_not() {
        assertThat(matrix(1)).isCloseTo(matrix(1.5), within(0.5));
        assertThatThrownBy(() -> assertThat(matrix(1)).isCloseTo(matrix(1.5), Offset.strictOffset(0.5)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void equal_infinities_two_nan_and_both_zeros_are_near() {
        assertThat(matrix(NAN, INF, -INF, -0.0)).isCloseTo(matrix(NAN, INF, -INF, 0.0), within(0.0));
    }

    @Test
    void a_nan_or_an_infinity_alone_is_infinitely_far() {
        double[][] pairs = {{NAN, 1}, {1, NAN}, {INF, 1}, {INF, -INF}, {NAN, INF}};
        for (double[] pair : pairs) {
            assertThatThrownBy(() -> assertThat(matrix(0, pair[0])).isCloseTo(matrix(9, pair[1]), within(1e300)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("the worst is (0,1): expected " + pair[1] + " but was " + pair[0]);
        }
    }

    @Test
    void another_shape_is_told_before_any_element() {
        assertThatThrownBy(() -> assertThat(matrix(1, 2)).isCloseTo(new double[][] {{1}, {2}}, within(1.0)))
                .hasMessage("Expecting a 2×1 matrix but it is 1×2");
    }

    @Test
    void the_first_element_that_is_not_finite_is_named() {
        assertThatThrownBy(() -> assertThat(matrix(1, -INF, NAN)).isFinite())
                .hasMessage("Expecting each element to be finite but (0,1) is -Infinity");
    }

    @Test
    void descriptions_and_own_messages_are_those_of_assertj() {
        assertThatThrownBy(() -> assertThat(matrix(1)).as("the gradient").hasShape(2, 2))
                .hasMessage("[the gradient] Expecting a 2×2 matrix but it is 1×1");
        assertThatThrownBy(() -> assertThat(matrix(1)).describedAs("dw").isCloseTo(matrix(2), within(0.1)))
                .hasMessageStartingWith("[dw] Expecting each element");
        assertThatThrownBy(() -> assertThat(matrix(1))
                        .withFailMessage("weights moved by %s", 1)
                        .isCloseTo(matrix(2), within(0.1)))
                .hasMessage("weights moved by 1");
        assertThatThrownBy(() -> assertThat(matrix(NAN))
                        .overridingErrorMessage("diverged")
                        .isFinite())
                .hasMessage("diverged");
    }

    @Test
    void null_is_told_in_words() {
        assertThatThrownBy(() -> assertThat((DMatrixRMaj) null).isFinite())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expecting actual not to be null");
        assertThatThrownBy(() -> assertThat(matrix(1)).isCloseTo((DMatrixRMaj) null, within(1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("isCloseTo: the expected matrix is null; give a value");
        assertThatThrownBy(() -> assertThat(matrix(1)).isCloseTo(matrix(1), null))
                .hasMessage("isCloseTo: the offset is null; give a value");
        assertThatThrownBy(() -> assertThat(matrix(1)).isCloseTo((double[][]) null, within(1.0)))
                .hasMessageContaining("the array of rows is null; give a value");
    }
}
