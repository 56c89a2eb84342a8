package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of a symmetric matrix composed of its eigenvalues and eigenvectors, beside products of matrices. */
class SymmetricCompositionTest {
    private static final double TOLERANCE = 1e-11;

    /** Weights without symmetry, so that no element of the result counts as another one. */
    private static final double[][] WEIGHTS = {{1, 2, -1}, {0.5, 3, 0.25}, {-2, 1, 1.5}};

    /** {@code E·diag(w)·Eᵀ} of eigenvectors and a column of weights, in ways to write it. */
    static Map<String, BinaryOperator<Node>> forms() {
        Map<String, BinaryOperator<Node>> forms = new LinkedHashMap<>();
        forms.put("(E∘wᵀ)·Eᵀ", (e, w) -> e.times(w.transpose()).matmul(e.transpose()));
        forms.put("E·(w∘Eᵀ)", (e, w) -> e.matmul(w.times(e.transpose())));
        forms.put(
                "E·diag(w)·Eᵀ",
                (e, w) -> e.matmul(LinearAlgebra.diagonalMatrix(w)).matmul(e.transpose()));
        forms.put(
                "E·(diag(w)·Eᵀ)",
                (e, w) -> e.matmul(LinearAlgebra.diagonalMatrix(w).matmul(e.transpose())));
        forms.put(
                "E·(E·diag(w))ᵀ",
                (e, w) -> e.matmul(e.matmul(LinearAlgebra.diagonalMatrix(w)).transpose()));
        forms.put("E·(E∘wᵀ)ᵀ", (e, w) -> LinearAlgebra.matmul(e, e.times(w.transpose()), false, true));
        forms.put("(w∘Eᵀ)ᵀ·Eᵀ", (e, w) -> LinearAlgebra.matmul(w.times(e.transpose()), e, true, true));
        forms.put(
                "((E∘wᵀ)·Eᵀ)ᵀ",
                (e, w) -> e.times(w.transpose()).matmul(e.transpose()).transpose());
        forms.put(
                "(E/(1/w)ᵀ)·Eᵀ",
                (e, w) -> e.dividedBy(w.reciprocal().transpose()).matmul(e.transpose()));
        forms.put(
                "−(E∘(−2·w)ᵀ/2)·Eᵀ",
                (e, w) -> e.times(w.times(-2).transpose()).times(0.5).negate().matmul(e.transpose()));
        forms.put(
                "(E∘w²ᵀ)·(E/wᵀ)ᵀ",
                (e, w) -> e.times(w.square().transpose())
                        .matmul(e.dividedBy(w.transpose()).transpose()));
        return forms;
    }

    /** A function of eigenvalues and the same of matrices, made of products and inverses. */
    private record Case(String name, UnaryOperator<Node> f, UnaryOperator<Node> ofMatrix) {}

    private static Node identity(Node a) {
        return Constants.identity(a.shape().rows());
    }

    private static List<Case> cases() {
        return List.of(
                new Case("square", Node::square, a -> a.matmul(a)),
                new Case("power", l -> Arithmetic.power(l, 3), a -> a.matmul(a).matmul(a)),
                new Case(
                        "sum",
                        l -> l.square().plus(l).plus(3),
                        a -> a.matmul(a).plus(a).plus(identity(a).times(3))),
                new Case("product", l -> l.times(l.plus(2)), a -> a.matmul(a).plus(a.times(2))),
                new Case("reciprocal", Node::reciprocal, LinearAlgebra::inverse),
                new Case(
                        "quotient",
                        l -> l.dividedBy(l.plus(1)),
                        a -> a.matmul(LinearAlgebra.inverse(a.plus(identity(a))))),
                new Case("exponential of a logarithm", l -> l.log().times(2).exp(), a -> a.matmul(a)),
                new Case("root of a square", l -> l.square().sqrt().times(l), a -> a.matmul(a)),
                new Case("share", l -> l.dividedBy(l.sum()), a -> a.dividedBy(LinearAlgebra.trace(a))));
    }

    static List<double[][]> matrices() {
        return List.of(
                new double[][] {{2, 0, 0}, {0, 2, 0}, {0, 0, 2}},
                new double[][] {{1.25, 0.5, 0.5}, {0.5, 2, 1}, {0.5, 1, 2}},
                new double[][] {{2, 1e-9, 0}, {1e-9, 2, 0}, {0, 0, 3}},
                new double[][] {{2, 1e-5, 0}, {1e-5, 2, 0}, {0, 0, 3}},
                new double[][] {{2, 0.001, 0}, {0.001, 2.002, 0.0003}, {0, 0.0003, 2}},
                new double[][] {{2, 0.5, 0.1}, {0.5, 3, 0.2}, {0.1, 0.2, 4}});
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void value_gradient_and_second_derivative_are_those_of_products(double[][] at) {
        for (Case each : cases()) {
            forms().forEach((form, how) -> {
                Node a = Node.parameter("A", 3, 3);
                Node symmetric = a.plus(a.transpose()).times(0.5);
                Node composed = how.apply(
                        LinearAlgebra.symmetricEigenvectors(a), each.f.apply(LinearAlgebra.symmetricEigenvalues(a)));
                assertSame(form + ", " + each.name, a, composed, each.ofMatrix.apply(symmetric), at);
            });
        }
    }

    private static void assertSame(String what, Node a, Node composed, Node exact, double[][] at) {
        double[] tolerance = {TOLERANCE, TOLERANCE, 1e-8};
        for (int order = 0; order < 3; order++) {
            assertThat(value(composed, a, at))
                    .as("derivative of order %s of %s at %s", order, what, Arrays.deepToString(at))
                    .containsExactly(value(exact, a, at), within(tolerance[order]));
            composed = next(composed, a);
            exact = next(exact, a);
        }
    }

    private static Node next(Node node, Node a) {
        return Derivatives.gradient(node.times(Node.constant(WEIGHTS)).sum(), a);
    }

    private static double[] value(Node node, Node a, double[][] at) {
        Run run = Program.of(node, a).newRun();
        return run.set(a, at).forward().value(node).data;
    }

    @Test
    void the_sum_of_the_square_of_twice_the_identity_has_the_gradient_four_everywhere() {
        Node a = Node.parameter("A", 2, 2);
        Node e = LinearAlgebra.symmetricEigenvectors(a);
        Node cost = e.times(LinearAlgebra.symmetricEigenvalues(a).square().transpose())
                .matmul(e.transpose())
                .sum();
        Run run = Program.of(cost).withGradients().newRun().set(a, new double[][] {{2, 0}, {0, 2}});
        assertThat(run.forward().backward().gradient(a).data).containsExactly(new double[] {4, 4, 4, 4}, within(1e-14));
    }
}
