package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bug class 9: powers and roots at 0, where a rule multiplies 0 by ∞. First derivatives are in the contract table. */
class PowersAtZeroTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1",
        "0, 1, 0",
        "0, 2, 0",
        "1, 0, 0",
        "1, 1, 1",
        "1, 2, 0",
        "1, 3, 0",
        "2, 0, 0",
        "2, 1, 0",
        "2, 2, 2",
        "2, 3, 0",
        "3, 0, 0",
        "3, 1, 0",
        "3, 2, 0",
        "3, 3, 6",
        "3, 4, 0",
        "1.5, 1, 0",
        "1.5, 2, Infinity",
        "-1, 0, Infinity",
        "-1, 1, -Infinity"
    })
    @DisplayName("bug class 9: a constant power has the right derivative of every order")
    void a_constant_power_has_the_right_derivative_of_every_order(double exponent, int order, double expected) {
        assertThat(Derivative.of(x -> x.power(exponent), order, 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0", "1, 1, 1", "2, 1, 0", "2, 2, 2", "3, 2, 0"})
    @DisplayName("bug class 9: a power with a node as exponent too")
    void a_power_with_a_node_as_exponent_too(double exponent, int order, double expected) {
        assertThat(Derivative.of(x -> x.power(Node.constant(exponent)), order, 0))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0", "2, 0", "-1, -Infinity"})
    @DisplayName("bug class 9: a power of zero does not change with its exponent if that is not negative")
    void a_power_of_zero_does_not_change_with_its_exponent_if_that_is_not_negative(double exponent, double expected) {
        assertThat(Derivative.of(b -> Node.constant(0).power(b), 1, exponent)).isEqualTo(expected);
    }

    @Test
    @DisplayName("bug class 9: x to the x has the derivative of the textbook")
    void x_to_the_x_has_the_derivative_of_the_textbook() {
        double at = 1.7;
        double value = Math.pow(at, at);
        double slope = Math.log(at) + 1;
        assertThat(Derivative.of(x -> x.power(x), 1, at)).isCloseTo(value * slope, within(1e-14));
        assertThat(Derivative.of(x -> x.power(x), 2, at)).isCloseTo(value * (slope * slope + 1 / at), within(1e-13));
    }

    @Test
    @DisplayName("bug class 9: a root is infinitely steep at both zeros")
    void a_root_is_infinitely_steep_at_both_zeros() {
        for (double zero : new double[] {0.0, -0.0}) {
            assertThat(Derivative.of(Elementary::sqrt, 1, zero)).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(Derivative.of(Elementary::cbrt, 1, zero)).isEqualTo(Double.POSITIVE_INFINITY);
        }
    }

    @Test
    @DisplayName("bug class 9: the length of the zero vector gets a zero gradient")
    void the_length_of_the_zero_vector_gets_a_zero_gradient() {
        assertThat(Derivative.of(a -> Elementary.hypot(a, a.times(2)), 1, 0)).isZero();
    }
}
