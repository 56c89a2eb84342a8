package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bug class 10: at a tie or a kink, the derivative is a convention, and shares add up to exactly 1. */
class TiesTest {

    @ParameterizedTest
    @ValueSource(doubles = {-3, -0.0, 0, 1e-300, 0.1, 7, Double.POSITIVE_INFINITY})
    @DisplayName("bug class 10: the larger of a node and itself has derivative 1")
    void the_larger_of_a_node_and_itself_has_derivative_1(double at) {
        assertThat(Derivative.of(x -> x.maximum(x), 1, at)).isEqualTo(1);
        assertThat(Derivative.of(x -> x.minimum(x), 1, at)).isEqualTo(1);
        assertThat(Derivative.of(x -> x.maximum(x).maximum(x), 1, at)).isEqualTo(1);
    }

    @Test
    @DisplayName("bug class 10: maximum with 0 is not relu")
    void maximum_with_0_is_not_relu() {
        assertThat(Derivative.of(x -> x.maximum(Node.constant(0)), 1, 0)).isEqualTo(0.5);
        assertThat(Derivative.of(Activations::relu, 1, 0)).isZero();
        assertThat(Derivative.of(Activations::relu, 1, -0.0)).isZero();
    }

    @Test
    @DisplayName("bug class 10: kinks have the derivative of the convention")
    void kinks_have_the_derivative_of_the_convention() {
        assertThat(Derivative.of(Elementary::abs, 1, 0)).isZero();
        assertThat(Derivative.of(x -> Activations.leakyRelu(x, 0.3), 1, 0)).isEqualTo(0.3);
        assertThat(Derivative.of(x -> Activations.elu(x, 1.5), 1, 0)).isEqualTo(1.5);
        assertThat(Derivative.of(x -> x.clip(0, 2), 1, 0)).isEqualTo(1);
        assertThat(Derivative.of(x -> x.clip(0, 2), 1, 2)).isEqualTo(1);
        assertThat(Derivative.of(x -> x.clip(2, 2), 1, 2)).isEqualTo(1);
    }

    @Test
    @DisplayName("bug class 10: second derivatives at kinks are those of the pieces")
    void second_derivatives_at_kinks_are_those_of_the_pieces() {
        assertThat(Derivative.of(Elementary::abs, 2, 0)).isZero();
        assertThat(Derivative.of(Activations::relu, 2, 0)).isZero();
        assertThat(Derivative.of(x -> x.relu().square(), 2, -1)).isZero();
        assertThat(Derivative.of(x -> x.relu().square(), 2, 3)).isEqualTo(2);
        assertThat(Derivative.of(x -> x.abs().power(3), 2, -2)).isEqualTo(12);
    }
}
