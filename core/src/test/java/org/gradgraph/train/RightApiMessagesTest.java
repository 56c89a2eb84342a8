package org.gradgraph.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
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

    private static String hint(Node output, Node input, double[][] value) {
        Run run = Program.of(output).newRun().set(input, new DMatrixRMaj(value)).forward();
        return run.firstNonFinite().orElseThrow().hint();
    }
}
