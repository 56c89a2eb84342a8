package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bug class 11: a stable formula with |x| or max inside is smooth where these are not; and bug class 12: saturated losses.
 */
class StableFormulasAtTheirSwitchTest {
    private static final double DENSITY = 1 / Math.sqrt(2 * Math.PI);

    private static Arguments at0(String name, UnaryOperator<Node> function, double... derivatives) {
        return Arguments.of(name, function, derivatives);
    }

    /** The Taylor coefficients at 0, times the factorials. */
    static Stream<Arguments> functions() {
        return Stream.of(
                at0("softplus", Activations::softplus, Math.log(2), 0.5, 0.25, 0, -0.125),
                at0("logSigmoid", Activations::logSigmoid, -Math.log(2), 0.5, -0.25, 0, 0.125),
                at0("sigmoid", Activations::sigmoid, 0.5, 0.25, 0, -0.125, 0),
                at0("tanh", Elementary::tanh, 0, 1, 0, -2, 0, 16),
                at0("silu", Activations::silu, 0, 0.5, 0.5, 0, -0.5),
                at0("gelu", Activations::gelu, 0, 0.5, 2 * DENSITY, 0, -4 * DENSITY),
                at0("erf", Special::erf, 0, 2 / Math.sqrt(Math.PI), 0, -4 / Math.sqrt(Math.PI)),
                at0("expm1", Elementary::expm1, 0, 1, 1, 1),
                at0("log1p", Elementary::log1p, 0, 1, -1, 2, -6));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    @DisplayName("bug class 11: derivatives of every order are those of the series")
    void derivatives_of_every_order_are_those_of_the_series(
            String name, UnaryOperator<Node> function, double[] derivatives) {
        for (int order = 0; order < derivatives.length; order++) {
            assertThat(Derivative.of(function, order, 0))
                    .as("derivative " + order + " of " + name + " at 0")
                    .isCloseTo(derivatives[order], within(1e-14));
            assertThat(Derivative.of(function, order, -0.0))
                    .as("derivative " + order + " of " + name + " at −0")
                    .isCloseTo(derivatives[order], within(1e-14));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {40, 100, 710, 745, 1000})
    @DisplayName("bug class 12: the logistic loss is right far out")
    void the_logistic_loss_is_right_far_out(double z) {
        // GIVEN log(1 + exp(z)) = z and log(1 + exp(−z)) = exp(−z), both to the last digit for such z
        assertThat(Derivative.of(Activations::softplus, 0, z)).isEqualTo(z);
        assertThat(Derivative.of(Activations::softplus, 0, -z))
                .isCloseTo(Math.exp(-z), within(2 * Math.ulp(Math.exp(-z))));
        assertThat(Derivative.of(Activations::logSigmoid, 0, z))
                .isCloseTo(-Math.exp(-z), within(2 * Math.ulp(Math.exp(-z))));
        assertThat(Derivative.of(Activations::logSigmoid, 0, -z)).isEqualTo(-z);
        // THEN the gradients are sigmoids
        assertThat(Derivative.of(Activations::softplus, 1, z)).isEqualTo(1);
        assertThat(Derivative.of(Activations::softplus, 1, -z))
                .isCloseTo(Math.exp(-z), within(2 * Math.ulp(Math.exp(-z))));
        assertThat(Derivative.of(Activations::logSigmoid, 1, z))
                .isCloseTo(Math.exp(-z), within(2 * Math.ulp(Math.exp(-z))));
        assertThat(Derivative.of(Activations::logSigmoid, 1, -z)).isEqualTo(1);
    }

    @Test
    void second_derivatives_far_out_and_at_infinity_are_zero_and_not_nan() {
        for (double z : new double[] {-1000, 1000, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (UnaryOperator<Node> function : Stream.<UnaryOperator<Node>>of(
                            Activations::softplus, Activations::logSigmoid, Activations::sigmoid, Elementary::tanh)
                    .toList()) {
                assertThat(Derivative.of(function, 2, z)).isZero();
            }
        }
    }
}
