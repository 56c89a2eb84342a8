package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.gradgraph.diff.Derivatives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The derivatives of a determinant, for regular and for singular matrices. */
class DeterminantTest {
    @Test
    void a_matrix_of_one_element_is_its_own_determinant() {
        for (double at : new double[] {3, 0}) {
            Node a = Node.constant(new double[][] {{at}});
            assertThat(value(Derivatives.gradient(LinearAlgebra.determinant(a), a)))
                    .containsExactly(1);
            assertThat(value(Derivatives.hessian(LinearAlgebra.determinant(a), a)))
                    .containsExactly(0);
        }
    }

    @Test
    void of_two_by_two_the_hessian_is_the_same_everywhere() {
        for (double[][] at :
                List.of(new double[][] {{1, 2}, {2, 4}}, new double[2][2], new double[][] {{1, 2}, {3, 4}})) {
            Node a = Node.constant(at);
            assertThat(value(Derivatives.hessian(LinearAlgebra.determinant(a), a)))
                    .containsExactly(new double[] {0, 0, 0, 1, 0, 0, -1, 0, 0, -1, 0, 0, 1, 0, 0, 0}, within(1e-15));
        }
    }

    /** Rank 3, 2, 1 and 0 of 3 and of 4: the second derivative of a determinant are the minors without two rows. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void the_hessian_is_right_for_every_rank(int rank) {
        for (int n = Math.max(2, rank); n <= 4; n++) {
            double[][] at = ofRank(rank, n);
            double[][] s = ofRank(n, n);
            Node a = Node.constant(at);
            double[] got = value(Derivatives.hvp(LinearAlgebra.determinant(a), a, Node.constant(s)));
            double[] want = new double[n * n];
            for (int k = 0; k < n * n; k++) {
                for (int l = 0; l < n * n; l++) {
                    want[k] += second(at, k / n, k % n, l / n, l % n) * s[l / n][l % n];
                }
            }
            // the singular values are those of small integers: below 40, and so are their products but for one factor
            assertThat(got).as(n + "×" + n).containsExactly(want, within(1e-11));
        }
    }

    /** By Laplace: ∂²det/∂a(i,j)∂a(k,l), the signed determinant without rows i, k and columns j, l. */
    private static double second(double[][] a, int i, int j, int k, int l) {
        if (i == k || j == l) {
            return 0;
        }
        double[][] unit = new double[a.length][];
        for (int row = 0; row < a.length; row++) {
            unit[row] = a[row].clone();
        }
        Arrays.fill(unit[i], 0);
        Arrays.fill(unit[k], 0);
        unit[i][j] = 1;
        unit[k][l] = 1;
        return laplace(unit);
    }

    private static double laplace(double[][] a) {
        if (a.length == 1) {
            return a[0][0];
        }
        double total = 0;
        for (int j = 0; j < a.length; j++) {
            double[][] minor = new double[a.length - 1][a.length - 1];
            for (int row = 1; row < a.length; row++) {
                for (int column = 0, to = 0; column < a.length; column++) {
                    if (column != j) {
                        minor[row - 1][to++] = a[row][column];
                    }
                }
            }
            total += (j % 2 == 0 ? 1 : -1) * a[0][j] * laplace(minor);
        }
        return total;
    }

    /** Small integers, so that the rank is exact. */
    private static double[][] ofRank(int rank, int n) {
        Random random = new Random(n);
        double[][] a = new double[n][n];
        for (int r = 0; r < rank; r++) {
            for (int i = 0; i < n; i++) {
                double factor = i == r ? 1 : i < r ? 0 : random.nextInt(3) - 1;
                for (int j = 0; j < n; j++) {
                    a[i][j] += factor * (j == r ? 1 : j < r ? 0 : random.nextInt(3) - 1);
                }
            }
        }
        return a;
    }

    @Test
    void a_third_derivative_needs_a_regular_matrix_of_three_rows_or_more() {
        double[][] regular = {{2, 0, 0}, {0, 3, 0}, {0, 0, 5}};
        double[][] along = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        // det(A + t·I) has the third derivative 6, so the gradient of the second one along I is 2·I
        assertThat(third(regular, along)).containsExactly(new double[] {2, 0, 0, 0, 2, 0, 0, 0, 2}, within(1e-14));
        assertThat(third(new double[3][3], along)).containsOnly(Double.NaN);
        assertThat(third(new double[2][2], new double[][] {{1, 0}, {0, 1}})).containsOnly(0);
    }

    private static double[] third(double[][] at, double[][] along) {
        Node a = Node.constant(at);
        Node s = Node.constant(along);
        Node twice =
                Derivatives.hvp(LinearAlgebra.determinant(a), a, s).times(s).sum();
        return value(Derivatives.gradient(twice, a));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void what_is_not_finite_comes_out_of_every_derivative(double strange) {
        Node good = Node.constant(new double[][] {{1, 2}, {0, 3}});
        Node bad = Node.constant(new double[][] {{1, strange}, {0, 3}});
        assertThat(value(LinearAlgebra.determinant(bad))).containsOnly(Double.NaN);
        assertThat(value(Derivatives.gradient(LinearAlgebra.determinant(bad), bad)))
                .containsOnly(Double.NaN);
        assertThat(value(Node.apply(DeterminantOps.COFACTOR_SLOPE, bad, good))).containsOnly(Double.NaN);
        assertThat(Arrays.stream(value(Node.apply(DeterminantOps.COFACTOR_SLOPE, good, bad)))
                        .allMatch(Double::isFinite))
                .isFalse();
    }

    private static double[] value(Node node) {
        return Computation.value(node);
    }
}
