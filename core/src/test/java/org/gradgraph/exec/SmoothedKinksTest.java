package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.junit.jupiter.api.Test;

/** Kinks and infinite slopes inside an expression that is smooth; exact values, by hand. */
class SmoothedKinksTest {
    private final Node v = Node.parameter("v", 2, 1);
    private final Node x = Node.parameter("x");

    private static double[] of(Node cost, Node derivative, Node wrt, double... at) {
        double[][] column = new double[at.length][];
        for (int i = 0; i < at.length; i++) {
            column[i] = new double[] {at[i]};
        }
        return Program.of(List.of(cost, derivative))
                .newRun()
                .set(wrt, column)
                .forward()
                .value(derivative)
                .data;
    }

    private static void assertDerivatives(Node cost, Node wrt, double[] at, double[] gradient, double... hessian) {
        assertThat(of(cost, Derivatives.gradient(cost, wrt), wrt, at)).containsExactly(gradient, within(1e-15));
        assertThat(of(cost, Derivatives.hessian(cost, wrt), wrt, at)).containsExactly(hessian, within(1e-14));
    }

    @Test
    void squares_of_lengths_have_the_second_derivative_of_a_square_at_zero() {
        double[] zero = {0, 0};
        double[] equal = {3, 3};
        Node deviation = Reductions.standardDeviation(v);
        assertDerivatives(deviation.square(), v, equal, zero, 0.5, -0.5, -0.5, 0.5);
        assertDerivatives(deviation.times(deviation), v, equal, zero, 0.5, -0.5, -0.5, 0.5);
        Node norm = Reductions.norm2(v);
        List<UnaryOperator<Node>> squares = List.of(Node::square, n -> n.times(n), n -> Arithmetic.power(n, 2));
        for (UnaryOperator<Node> square : squares) {
            assertDerivatives(square.apply(norm), v, zero, zero, 2, 0, 0, 2);
            assertDerivatives(square.apply(norm.times(3)), v, zero, zero, 18, 0, 0, 18);
            assertDerivatives(square.apply(norm.dividedBy(Node.constant(3))), v, zero, zero, 2 / 9.0, 0, 0, 2 / 9.0);
            assertDerivatives(square.apply(Elementary.sqrt(v.square().sum())), v, zero, zero, 2, 0, 0, 2);
            assertDerivatives(square.apply(x.abs()), x, new double[] {0}, new double[] {0}, 2);
            assertDerivatives(square.apply(x.square().sqrt()), x, new double[] {0}, new double[] {0}, 2);
            assertDerivatives(square.apply(Elementary.hypot(x, x.times(2))), x, new double[] {0}, new double[] {0}, 10);
            assertDerivatives(square.apply(x.sqrt()), x, new double[] {0}, new double[] {1}, 0);
        }
        assertDerivatives(Arithmetic.power(norm, 4), v, zero, zero, 0, 0, 0, 0);
        assertDerivatives(Reductions.norm2(v, Over.EACH_ROW).square().sum(), v, zero, zero, 2, 0, 0, 2);
    }

    @Test
    void a_reciprocal_of_a_reciprocal_has_slope_one_at_zero() {
        Node one = Node.constant(1);
        assertDerivatives(one.dividedBy(one.dividedBy(x)), x, new double[] {0}, new double[] {1}, 0);
        assertDerivatives(Arithmetic.reciprocal(Arithmetic.reciprocal(x)), x, new double[] {0}, new double[] {1}, 0);
    }
}
