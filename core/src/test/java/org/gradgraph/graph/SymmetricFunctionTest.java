package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of symmetric matrices with different, equal and nearly equal eigenvalues, beside products of matrices. */
class SymmetricFunctionTest {
    private static final Node DIRECTION = Node.constant(new double[][] {{0.5, -2}, {-2, 3}});

    /** Values and derivatives are sums of a few numbers below 1000, each exact to a few units in the last place. */
    private static final double TOLERANCE = 1e-11;

    static List<double[][]> matrices() {
        return List.of(
                new double[][] {{2, 0}, {0, 2}},
                new double[][] {{2, 1e-9}, {1e-9, 2}},
                new double[][] {{2, 0.1}, {0.1, 2.2}},
                new double[][] {{2, 1}, {1, 5}});
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void the_third_power_is_the_product(double[][] at) {
        assertSame(x -> LinearAlgebra.symmetricPower(x, 3), x -> x.matmul(x).matmul(x), at);
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void the_power_of_minus_one_is_the_inverse(double[][] at) {
        assertSame(x -> LinearAlgebra.symmetricPower(x, -1), LinearAlgebra::inverse, at);
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void the_square_of_the_root_and_the_exponential_of_the_logarithm_are_the_matrix(double[][] at) {
        assertSame(x -> LinearAlgebra.symmetricPower(LinearAlgebra.symmetricSqrt(x), 2), x -> x, at);
        assertSame(x -> LinearAlgebra.symmetricExp(LinearAlgebra.symmetricLog(x)), x -> x, at);
    }

    @Test
    void the_sum_of_a_square_has_the_right_gradient_at_equal_eigenvalues() {
        Node a = Node.constant(new double[][] {{2, 0}, {0, 2}});
        for (Node square :
                List.of(LinearAlgebra.symmetricFunction(a, Node::square), LinearAlgebra.symmetricPower(a, 2))) {
            assertThat(value(Derivatives.gradient(square.sum(), a)))
                    .containsExactly(new double[] {4, 4, 4, 4}, within(TOLERANCE));
        }
    }

    @Test
    void nan_and_infinity_give_nan() {
        Node undefined = Node.constant(new double[][] {{Double.NaN, 0}, {0, 1}});
        Node negative = Node.constant(new double[][] {{-1, 0}, {0, -1}});
        assertThat(value(LinearAlgebra.symmetricExp(undefined))).containsOnly(Double.NaN);
        assertThat(value(LinearAlgebra.symmetricLog(negative))[0]).isNaN();
    }

    /** Value, gradient and Hessian-vector product of a sum with weights. */
    private static void assertSame(UnaryOperator<Node> function, UnaryOperator<Node> product, double[][] at) {
        Node a = Node.constant(at);
        Node symmetric = a.plus(a.transpose()).times(0.5);
        Node actual = function.apply(symmetric);
        Node exact = product.apply(symmetric);
        for (int order = 0; order < 3; order++) {
            assertThat(value(actual))
                    .as("derivative of order " + order + " at " + Arrays.deepToString(at))
                    .containsExactly(value(exact), within(TOLERANCE));
            actual = Derivatives.gradient(actual.times(DIRECTION).sum(), a);
            exact = Derivatives.gradient(exact.times(DIRECTION).sum(), a);
        }
    }

    private static double[] value(Node node) {
        return Program.of(node).newRun().forward().value(node).data;
    }
}
