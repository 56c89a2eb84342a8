package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decompositions where they have no finite answer: never an exception, never a finite number. */
class DecompositionTest {
    private static final List<UnaryOperator<Node>> OF_A_MATRIX = List.of(
            LinearAlgebra::inverse,
            LinearAlgebra::determinant,
            LinearAlgebra::logDeterminant,
            LinearAlgebra::cholesky,
            LinearAlgebra::symmetricEigenvalues,
            LinearAlgebra::symmetricEigenvectors,
            a -> LinearAlgebra.solve(a, a),
            a -> LinearAlgebra.solve(Node.constant(new double[][] {{2, 1, 0}, {1, 3, 1}, {0, 1, 4}}), a),
            a -> LinearAlgebra.triangularSolve(a, a, true),
            a -> LinearAlgebra.triangularSolve(a, a, false));

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void what_is_not_finite_comes_out_from_every_position(double strange) {
        for (UnaryOperator<Node> operation : OF_A_MATRIX) {
            for (int k = 0; k < 9; k++) {
                DMatrixRMaj a = new DMatrixRMaj(3, 3, true, 4, 1, 0.5, 1, 5, 0.25, 0.5, 0.25, 6);
                a.data[k] = strange;
                Node x = Node.constant(a);
                Node y = operation.apply(x);
                boolean linear = !y.inputs().get(0).equals(x);
                assertThat(Arrays.stream(value(y)).allMatch(Double::isFinite))
                        .as(y + " with " + strange + " at " + k)
                        .isEqualTo(false);
                Node dx = Derivatives.gradient(y.sum(), x);
                assertThat(Arrays.stream(value(dx)).allMatch(Double::isFinite) && !linear)
                        .as("gradient of " + y + " with " + strange + " at " + k)
                        .isEqualTo(false);
            }
        }
    }

    @Test
    void a_singular_matrix_gives_infinities_or_nan_and_no_exception() {
        Node singular = Node.constant(new double[][] {{1, 2}, {2, 4}});
        Node zero = Node.constant(new double[2][2]);
        for (Node a : List.of(singular, zero)) {
            requireNothingFinite(LinearAlgebra.inverse(a));
            requireNothingFinite(LinearAlgebra.solve(a, Node.constant(new double[][] {{1}, {1}})));
            requireNothingFinite(Derivatives.gradient(LinearAlgebra.logDeterminant(a), a));
            assertThat(value(LinearAlgebra.determinant(a))).containsExactly(0);
            assertThat(value(LinearAlgebra.logDeterminant(a))).containsExactly(Double.NEGATIVE_INFINITY);
        }
        requireNothingFinite(LinearAlgebra.triangularSolve(zero, singular, true));
    }

    private static void requireNothingFinite(Node node) {
        assertThat(Arrays.stream(value(node)).filter(Double::isFinite)).isEmpty();
    }

    @Test
    void a_matrix_that_is_not_positive_definite_has_no_cholesky_factor() {
        assertThat(value(LinearAlgebra.cholesky(Node.constant(new double[][] {{1, 2}, {2, 1}}))))
                .containsOnly(Double.NaN);
    }

    @Test
    void the_derivative_of_a_determinant_is_exact_for_singular_matrices_of_any_rank() {
        // GIVEN rank 2, 1 and 0 of 3; the cofactors by hand
        Node rank2 = Node.constant(new double[][] {{1, 0, 2}, {0, 1, 1}, {1, 1, 3}});
        Node rank1 = Node.constant(new double[][] {{1, 2, 3}, {2, 4, 6}, {3, 6, 9}});
        Node rank0 = Node.constant(new double[3][3]);
        assertThat(value(Derivatives.gradient(LinearAlgebra.determinant(rank2), rank2)))
                .containsExactly(new double[] {2, 1, -1, 2, 1, -1, -2, -1, 1}, within(1e-13));
        assertThat(value(Derivatives.gradient(LinearAlgebra.determinant(rank1), rank1)))
                .containsExactly(new double[9], within(1e-12));
        assertThat(value(Derivatives.gradient(LinearAlgebra.determinant(rank0), rank0)))
                .containsOnly(0);
    }

    @Test
    void a_large_determinant_has_a_finite_logarithm() {
        Node a = LinearAlgebra.diagonalMatrix(Node.constant(new double[][] {{1e200, -1e200, 1e-10}}));
        assertThat(value(LinearAlgebra.logDeterminant(a))[0]).isCloseTo(390 * Math.log(10), within(1e-12));
        assertThat(value(LinearAlgebra.determinant(a))).containsExactly(Double.NEGATIVE_INFINITY);
    }

    @Test
    void eigenvalues_and_vectors_put_the_matrix_together_again() {
        Node a = Node.constant(new double[][] {{2, -1, 0}, {-1, 2, -1}, {0, -1, 2}});
        Node v = LinearAlgebra.symmetricEigenvectors(a);
        Node again = v.matmul(LinearAlgebra.diagonalMatrix(LinearAlgebra.symmetricEigenvalues(a)))
                .matmul(v.transpose());
        assertThat(value(again)).containsExactly(new double[] {2, -1, 0, -1, 2, -1, 0, -1, 2}, within(1e-14));
        double root = Math.sqrt(2);
        assertThat(value(LinearAlgebra.symmetricEigenvalues(a)))
                .containsExactly(new double[] {2 - root, 2, 2 + root}, within(1e-14));
    }

    @Test
    void a_matrix_that_is_not_square_is_refused_when_the_graph_is_built() {
        Node a = Node.input("A", 2, 3);
        for (UnaryOperator<Node> operation : OF_A_MATRIX.subList(0, 7)) {
            assertThatThrownBy(() -> operation.apply(a))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("2×3 is not square");
        }
    }

    private static double[] value(Node node) {
        return Computation.value(node);
    }
}
