package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Second derivatives of functions of eigenvalues where eigenvalues coincide, or nearly do. */
class EqualEigenvaluesTest {
    private static final double[][] DIRECTION = {{0.5, -2, 1}, {-2, 3, 0.25}, {1, 0.25, -1}};

    /** The identity, its sum with v·vᵀ for v = (1, 2, 2)/2, the zero matrix, and eigenvalues that nearly coincide. */
    static List<double[][]> matrices() {
        return List.of(
                new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
                new double[][] {{1.25, 0.5, 0.5}, {0.5, 2, 1}, {0.5, 1, 2}},
                new double[3][3],
                new double[][] {{1, 0, 0}, {0, 1 + 1e-15, 0}, {0, 0, 1 - 1e-15}},
                new double[][] {{1, 1e-9, 0}, {1e-9, 1, 0}, {0, 0, 3}},
                new double[][] {{1, 1e-6, 0}, {1e-6, 1, 0}, {0, 0, 3}});
    }

    private static double[] hvp(UnaryOperator<Node> function, double[][] at, double[][] direction) {
        Node a = Node.constant(at);
        Node cost = function.apply(LinearAlgebra.symmetricEigenvalues(a)).sum();
        return value(Derivatives.hvp(cost, a, Node.constant(direction)));
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void the_sum_of_eigenvalues_is_the_trace_and_has_no_second_derivative(double[][] at) {
        assertThat(hvp(lambda -> lambda, at, DIRECTION)).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void the_sum_of_their_squares_is_that_of_all_elements_with_twice_the_direction(double[][] at) {
        assertThat(hvp(Node::square, at, DIRECTION))
                .containsExactly(new double[] {1, -4, 2, -4, 6, 0.5, 2, 0.5, -2}, within(4e-15));
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void the_sum_of_their_cubes_is_the_trace_of_the_cube(double[][] at) {
        Node a = Node.constant(at);
        Node s = Node.constant(DIRECTION);
        double[] exact = value(a.matmul(s).plus(s.matmul(a)).times(3));
        assertThat(hvp(lambda -> Arithmetic.power(lambda, 3), at, DIRECTION)).containsExactly(exact, within(1e-6 * 3));
    }

    /** The second derivative of log det in the direction S is −A⁻¹·S·A⁻¹. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3})
    void their_logarithms_make_that_of_the_determinant_however_near_they_are(double gap) {
        double[][] at = {{2, gap, 0}, {gap, 2, 0}, {0, 0, 5}};
        Node a = Node.constant(at);
        Node inverse = LinearAlgebra.inverse(a);
        double[] exact =
                value(inverse.matmul(Node.constant(DIRECTION)).matmul(inverse).negate());
        // differences of values that are exact to 1e-16 over gaps above 1.5e-8, or the error of taking them as equal
        assertThat(hvp(Node::log, at, DIRECTION)).containsExactly(exact, within(5e-8));
    }

    @Test
    void a_direction_that_is_not_symmetric_counts_with_its_symmetric_part() {
        double[][] identity = {{1, 0}, {0, 1}};
        assertThat(hvp(Node::square, identity, new double[][] {{0, 4}, {0, 0}}))
                .containsExactly(new double[] {0, 4, 4, 0}, within(2e-15));
    }

    @Test
    void the_whole_hessian_of_the_sum_of_squares_is_twice_the_identity_on_symmetric_matrices() {
        Node a = Node.constant(new double[][] {{1, 0}, {0, 1}});
        Node cost = LinearAlgebra.symmetricEigenvalues(a).square().sum();
        assertThat(value(Derivatives.hessian(cost, a)))
                .containsExactly(new double[] {2, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 2}, within(1e-15));
    }

    @Test
    void a_directional_derivative_of_equal_ones_is_that_of_a_program_too() {
        // at the identity they change by the eigenvalues of the direction, here 1 and 3
        Node a = Node.parameter("A", 2, 2);
        Node jvp =
                Derivatives.jvp(LinearAlgebra.symmetricEigenvalues(a), a, Node.constant(new double[][] {{2, 1}, {1, 2}
                }));
        Run run = Program.of(jvp).newRun().set(a, new double[][] {{1, 0}, {0, 1}});
        assertThat(run.forward().value(jvp).data).containsExactly(new double[] {1, 3}, within(1e-15));
        run.set(a, new double[][] {{1, 0}, {0, 4}});
        assertThat(run.forward().value(jvp).data).containsExactly(new double[] {2, 2}, within(1e-15));
    }

    @Test
    void a_hessian_vector_product_runs_in_a_program_too() {
        Node a = Node.parameter("A", 2, 2);
        Node hvp = Derivatives.hvp(
                LinearAlgebra.symmetricEigenvalues(a).square().sum(), a, Node.constant(new double[][] {{2, 1}, {1, -3}
                }));
        Run run = Program.of(hvp).newRun().set(a, new double[][] {{1, 0}, {0, 1}});
        assertThat(run.forward().value(hvp).data).containsExactly(new double[] {4, 2, 2, -6}, within(5e-15));
    }

    @Test
    void they_may_be_weighed_by_a_function_of_the_same_matrix() {
        // trace(A)·Σ λ² at the identity; in the direction S it is 2·trace(S)·A + 2·(Σ A⊙S)·I + 2·trace(A)·S
        Node a = Node.constant(new double[][] {{1, 0}, {0, 1}});
        Node cost = LinearAlgebra.trace(a)
                .times(LinearAlgebra.symmetricEigenvalues(a).square().sum());
        double[] hvp = value(Derivatives.hvp(cost, a, Node.constant(new double[][] {{3, 1}, {1, 2}})));
        assertThat(hvp).containsExactly(new double[] {10 + 10 + 12, 4, 4, 10 + 10 + 8}, within(1e-13));
    }

    @Test
    void one_of_several_equal_ones_has_no_second_derivative() {
        double[][] identity = {{1, 0}, {0, 1}};
        assertThat(hvp(lambda -> Layout.sliceRows(lambda, 0, 1), identity, new double[][] {{1, 2}, {2, 1}}))
                .containsOnly(Double.NaN);
    }

    @Test
    void a_third_derivative_is_right_for_different_ones_and_not_known_for_equal_ones() {
        assertThat(third(new double[][] {{2, 0}, {0, 5}})).containsExactly(new double[] {12, 0, 0, 12}, within(1e-13));
        assertThat(third(new double[][] {{1, 0}, {0, 1}})).containsOnly(Double.NaN);
    }

    /** The third derivative of Σ λ³ in the direction S twice is 6·S²; here S exchanges the axes, times √2. */
    private static double[] third(double[][] at) {
        Node a = Node.constant(at);
        Node s = Node.constant(new double[][] {{0, Math.sqrt(2)}, {Math.sqrt(2), 0}});
        Node cost = Arithmetic.power(LinearAlgebra.symmetricEigenvalues(a), 3).sum();
        Node once = Derivatives.hvp(cost, a, s).times(s).sum();
        return value(Derivatives.gradient(once, a));
    }

    @Test
    void two_directions_at_once_are_nan_and_not_wrong() {
        // GIVEN |∇f|² + |∇g|², whose two gradients would need different eigenvectors
        Node a = Node.constant(new double[][] {{1, 0}, {0, 1}});
        Node lambda = LinearAlgebra.symmetricEigenvalues(a);
        Node first = Derivatives.gradient(lambda.square().sum(), a);
        Node second = Derivatives.gradient(lambda.exp().sum(), a);
        Node cost = first.times(Node.constant(new double[][] {{1, 2}, {2, 0}}))
                .plus(second.times(Node.constant(new double[][] {{0, 1}, {1, 1}})))
                .sum();
        assertThat(value(Derivatives.gradient(cost, a))).containsOnly(Double.NaN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void what_is_not_finite_comes_out(double strange) {
        for (int k = 0; k < 4; k++) {
            DMatrixRMaj bad = new DMatrixRMaj(2, 2, true, 1, 0, 0, 3);
            bad.data[k] = strange;
            Node a = Node.constant(bad);
            Node good = Node.constant(new double[][] {{1, 0}, {0, 3}});
            Node w = Node.constant(new double[][] {{1}, {2}});
            Node badWeight = Node.constant(new double[][] {{1}, {strange}});
            for (Node y : List.of(
                    Node.apply(new SpectralOps.Spectral(false), a, w),
                    Node.apply(new SpectralOps.SpectralProduct(), a, w),
                    Node.apply(new SpectralOps.Spectral(true), good, badWeight),
                    Node.apply(SpectralOps.SPECTRAL_ALONG, good, badWeight, w, good),
                    Node.apply(SpectralOps.SPECTRAL_ALONG, a, w, w, good),
                    Node.apply(SpectralOps.SLOPES, a, w, good, good),
                    Node.apply(SpectralOps.SLOPES, good, w, good, a),
                    Node.apply(SpectralOps.DIVIDED_DIFFERENCES, w, badWeight))) {
                assertThat(Arrays.stream(value(y)).allMatch(Double::isFinite))
                        .as(y + " with " + strange + " at " + k)
                        .isFalse();
            }
        }
    }

    private static double[] value(Node node) {
        return Computation.value(node);
    }
}
