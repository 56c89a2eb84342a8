package org.gradgraph.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Reductions;
import org.junit.jupiter.api.Test;

/** Messages name the method that was called, and the operation's own reason for a NaN. */
class RightApiMessagesTest {
    private final Node x = Node.input("x");
    private final Node w = Node.parameter("w");
    private final Node cost = x.times(w).square().named("J");

    @Test
    void an_unfed_input_is_asked_for_by_the_method_that_was_called() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(cost)
                        .data(Feeds.of(x, 1))
                        .initialValues(Feeds.of(w, 1))
                        .stopEarly(EarlyStopping.on(Feeds.none()))
                        .train())
                .withMessageEndingWith("has no value for validation; give it one in EarlyStopping.on(…)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(cost)
                        .data(Feeds.of(x, 1))
                        .initialValues(Feeds.of(w, 1))
                        .validation(Feeds.none(), 1)
                        .train())
                .withMessageStartingWith("\"x\" 1×1, made at RightApiMessagesTest.java:")
                .withMessageEndingWith("has no value for validation; give it one in Trainer.validation(…)");
        assertThatIllegalStateException()
                .isThrownBy(() -> GradientCheck.of(cost).at(Feeds.of(w, 1)).report())
                .withMessageEndingWith("has no value; give it one in GradientCheck.at(feeds)");
    }

    @Test
    void a_nan_has_the_reason_of_its_operation() {
        Node a = Node.input("A", 2, 2);
        double[][] singular = {{1, 1}, {1, 1}};
        assertThat(hint(LinearAlgebra.solve(a, Node.constant(new double[][] {{1}, {2}})), a, singular))
                .contains("singular");
        assertThat(hint(LinearAlgebra.cholesky(a), a, new double[][] {{-1, 0}, {0, 1}}))
                .contains("not positive definite");
        assertThat(hint(Arithmetic.power(a, 0.5), a, new double[][] {{-1, 1}, {1, 1}}))
                .containsAnyOf("negative base", "sqrt is NaN below 0");
        assertThat(hint(Arithmetic.power(a, 0.3), a, new double[][] {{-1, 1}, {1, 1}}))
                .contains("negative base");
        assertThat(hint(Elementary.acos(a), a, new double[][] {{2, 1}, {1, 1}})).contains("domain of acos");
    }

    @Test
    void logarithms_and_reciprocals_name_their_domain() {
        Node a = Node.input("A", 1, 2);
        double[][] atTheEdge = {{1, 0}};
        assertThat(hint(Elementary.log1p(a), a, new double[][] {{1, -1}})).contains("above −1");
        assertThat(hint(Elementary.log1p(a), a, new double[][] {{1, -2}})).contains("above −1");
        assertThat(hint(Elementary.log2(a), a, atTheEdge)).contains("log2 is −∞ at 0");
        assertThat(hint(Elementary.log10(a), a, atTheEdge)).contains("log10 is −∞ at 0");
        assertThat(hint(Arithmetic.reciprocal(a), a, atTheEdge)).contains("infinite at 0");
    }

    @Test
    void an_infinity_that_was_fed_is_named_before_the_nan_that_it_becomes() {
        Node a = Node.input("A", 1, 2);
        double[][] infinite = {{1, Double.POSITIVE_INFINITY}};
        for (Node nan : List.of(a.minus(a.times(2)), a.times(a.minus(a)), a.times(Node.constant(0)))) {
            Run run = Program.of(nan).newRun().set(a, new DMatrixRMaj(infinite)).forward();
            assertThat(run.firstNonFinite().orElseThrow().toString())
                    .startsWith("\"A\" 1×2 at (0,1) is Infinity")
                    .contains("∞ − ∞ and 0·∞ are NaN");
        }
    }

    @Test
    void a_derivative_of_equal_eigenvalues_says_so() {
        Node a = Node.parameter("A", 2, 2);
        Node order = Node.constant(new double[][] {{1}, {2}});
        Node first = Derivatives.gradient(
                Reductions.sum(LinearAlgebra.symmetricEigenvalues(a).times(order)), a);
        Node second = Derivatives.gradient(Reductions.sum(first.square()), a);
        Run run = Program.of(second)
                .newRun()
                .set(a, new double[][] {{1, 0}, {0, 1}})
                .forward();
        assertThat(run.firstNonFinite().orElseThrow().hint()).contains("equal eigenvalues");
    }

    @Test
    void half_a_node_in_integers_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.times(1 / 2))
                .withMessage("Node.times: the integer is 0, and 1/2 is 0 in Java; write 0.5 or 1.0/2 for a half,"
                        + " times(0.0) if 0 is meant");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.dividedBy(1 / 2))
                .withMessageStartingWith("Node.dividedBy: the integer is 0")
                .withMessageEndingWith("dividedBy(0.0) if 0 is meant");
        Program program = Program.of(x.times(0.0), x.times(3), x.dividedBy(2), x.times(1.0 / 2));
        Run run = program.newRun().set(x, 5).forward();
        assertThat(program.outputs().stream().mapToDouble(run::scalar)).containsExactly(0.0, 15.0, 2.5, 2.5);
    }

    @Test
    void names_are_not_empty() {
        for (String empty : new String[] {"", " ", "\t\n"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Node.input(empty))
                    .withMessage("Node.input: the name is empty; give a text, for example \"x\"");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Node.parameter(empty, 2, 3))
                    .withMessageStartingWith("Node.parameter: the name is empty");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> x.square().named(empty))
                    .withMessageStartingWith("Node.named: the name is empty");
        }
    }

    @Test
    void rows_that_are_null_are_named_with_their_node() {
        Node a = Node.input("A", 2, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Feeds.of(a, new double[][] {{1}, null}))
                .withMessageStartingWith("the value for \"A\" 2×1, made at RightApiMessagesTest.java:")
                .withMessageEndingWith(": row 1 is null; give a value");
    }

    private static String hint(Node output, Node input, double[][] value) {
        Run run = Program.of(output).newRun().set(input, new DMatrixRMaj(value)).forward();
        return run.firstNonFinite().orElseThrow().hint();
    }
}
