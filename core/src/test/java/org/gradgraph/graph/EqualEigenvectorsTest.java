package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eigenvectors of equal eigenvalues are not unique: no derivative where they count, and the right one where they do not. */
class EqualEigenvectorsTest {
    private final Node a = Node.parameter("A", 3, 3);
    private final Node vectors = LinearAlgebra.symmetricEigenvectors(a);

    /** Two eigenvalues 2 with the plane of (1, −1, 0) and (0, 0, 1), and 4 with (1, 1, 0)/√2. */
    private static final double[][] TIE = {{3, 1, 0}, {1, 3, 0}, {0, 0, 2}};

    private double[] gradient(Node cost, double[][] at) {
        Run run = Program.of(cost).withGradients(a).newRun().set(a, at);
        return run.forward().backward().gradient(a).data;
    }

    @Test
    void a_cost_that_depends_on_the_choice_has_no_gradient() {
        Node one = Layout.sliceColumns(vectors, 0, 1);
        assertThat(gradient(
                        one.times(Node.constant(new double[][] {{1}, {2}, {3}})).sum(), TIE))
                .contains(Double.NaN);
        assertThat(gradient(
                        vectors.times(Node.constant(new double[][] {{1, 2, 3}})).sum(), new double[][] {
                            {1, 0, 0}, {0, 1, 0}, {0, 0, 1}
                        }))
                .contains(Double.NaN);
    }

    @Test
    void the_check_says_that_it_is_not_differentiable_and_what_to_do() {
        Node cost = Layout.sliceColumns(vectors, 0, 1)
                .times(Node.constant(new double[][] {{1}, {2}, {3}}))
                .sum();
        String report = GradientCheck.of(cost).at(Feeds.of(a, TIE)).report().toString();
        assertThat(report).contains("equal eigenvalues", "not differentiable here", "symmetricFunction");
    }

    /** For the eigenvector v of an eigenvalue apart, d(cᵀv) is Σ (uᵀ·dA·v)·(cᵀu)/gap over the others: here c = (1, 2, 3). */
    @Test
    void a_cost_of_the_other_eigenvectors_has_its_gradient() {
        Node last = Layout.sliceColumns(vectors, 2, 3);
        double[] gradient = gradient(
                last.times(Node.constant(new double[][] {{1}, {2}, {3}})).sum(), TIE);
        double root = Math.sqrt(2);
        // u = (1, −1, 0)/√2 has cᵀu = −1/√2, u = (0, 0, 1) has 3; both gaps are 2
        double inPlane = -1 / root / 2 / 2;
        double up = 3.0 / 2 / root / 2;
        assertThat(gradient).containsExactly(new double[] {inPlane, 0, up, 0, -inPlane, up, up, up, 0}, within(4e-15));
    }

    @Test
    void the_projection_onto_all_of_equal_ones_is_the_rest_of_that_onto_the_others() {
        Node others = Layout.sliceColumns(vectors, 2, 3);
        Node weights = Node.constant(new double[][] {{1, 2, 0}, {0, 3, 1}, {1, 0, 2}});
        Node cost =
                LinearAlgebra.matmul(others, others, false, true).times(weights).sum();
        // P = v·vᵀ with v = (1, 1, 0)/√2; dP = Σ u·(uᵀ·dA·v)·vᵀ/2 + its transpose, over both u
        Node v = Node.constant(new double[][] {{Math.sqrt(0.5)}, {Math.sqrt(0.5)}, {0}});
        Node p = v.matmul(v.transpose());
        Node q = Constants.identity(3).minus(p);
        Node s = weights.plus(weights.transpose()).times(0.5);
        Node exact = q.matmul(s).matmul(p).plus(p.matmul(s).matmul(q)).times(0.5);
        assertThat(gradient(cost, TIE)).containsExactly(Computation.value(exact), within(4e-15));
    }

    @Test
    void as_composed_a_function_of_a_matrix_has_no_wrong_gradient() {
        Node cost = vectors.times(LinearAlgebra.symmetricEigenvalues(a).square().transpose())
                .matmul(vectors.transpose())
                .sum();
        Run run = Program.of(cost)
                .withGradients(a)
                .rewrite(Rewriting.OFF)
                .newRun()
                .set(a, new double[][] {{2, 0, 0}, {0, 2, 0}, {0, 0, 2}});
        assertThat(run.forward().backward().gradient(a).data).contains(Double.NaN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void what_is_not_finite_comes_out(double strange) {
        Node values = Node.constant(new double[][] {{1}, {2}});
        Node r = Node.constant(new double[][] {{1, strange}, {3, 4}});
        assertThat(Arrays.stream(Computation.value(Node.apply(SymmetricOps.ROTATIONS, values, r)))
                        .allMatch(Double::isFinite))
                .isFalse();
    }
}
