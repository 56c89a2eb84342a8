package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.plan.Plan;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rewritten programs have no more passes and no more exponentials than those run as composed; counted, not timed. */
class RewritingCostsNothingTest {
    private static final int EXAMPLES = 569;

    private static final Dim M = Dim.named("m");
    private static final Node X = Node.input("X", 30, M);
    private static final Node Y = Node.input("Y", 1, M);

    static Stream<Arguments> models() {
        Node w = Node.parameter("w", 30, 1);
        Node z = w.transpose().matmul(X).plus(Node.parameter("b"));
        Node hidden = Node.parameter("W1", 8, 30).matmul(X).plus(Node.parameter("b1", 8, 1));
        Node deep = Node.parameter("W2", 1, 8).matmul(hidden.tanh());
        return Stream.of(
                Arguments.of("logistic regression", loss(z.sigmoid())),
                Arguments.of("two layers", loss(deep.sigmoid())),
                Arguments.of(
                        "sigmoid by hand",
                        loss(Node.constant(1).dividedBy(z.negate().exp().plus(1)))),
                Arguments.of("log(1 + exp)", z.exp().plus(1).log().mean()),
                Arguments.of("log(sigmoid)", z.sigmoid().log().mean()),
                Arguments.of("log(1 + x)", z.square().plus(1).log().mean()),
                Arguments.of(
                        "squared error",
                        z.minus(Y).square().mean().plus(w.square().sum())));
    }

    /**
     * What is known to cost more: the derivative of these stable forms is no function of what the form computes, and a softmax
     * looks for the largest elements first. Its derivative adds up the smaller elements apart, so that no digit is lost near 1.
     */
    static Stream<Arguments> exceptions() {
        Node powers = Node.parameter("W5", 10, 30).matmul(X).exp();
        Node shares = powers.dividedBy(powers.columnSums());
        return Stream.of(
                Arguments.of("exp(x) − 1", powers.minus(1).mean(), 2),
                Arguments.of("log-sum-exp", powers.sum().log(), 2),
                Arguments.of("softmax", shares.log().times(Y).mean().negate(), 4));
    }

    private static Node loss(Node a) {
        return Y.times(a.log())
                .plus(Y.negate().plus(1).times(a.negate().plus(1).log()))
                .mean()
                .negate();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void a_rewritten_program_has_no_more_steps_and_transcendental_functions(String name, Node cost) {
        Plan.Work on = work(cost, Rewriting.ON);
        Plan.Work off = work(cost, Rewriting.OFF);

        assertThat(on.steps()).as("steps").isLessThanOrEqualTo(off.steps());
        assertThat(on.transcendentals()).as("transcendental functions").isLessThanOrEqualTo(off.transcendentals());
    }

    /** Its slope comes by a kernel of its own, which divides once for each element and is counted as if it did more. */
    @Test
    void the_slope_of_a_norm_costs_one_division_for_each_element_and_no_step() {
        Node cost = Elementary.sqrt(X.times(Node.parameter("w", 30, 1)).square().sum());
        Plan.Work on = work(cost, Rewriting.ON);
        Plan.Work off = work(cost, Rewriting.OFF);

        assertThat(on.steps()).as("steps").isLessThanOrEqualTo(off.steps());
        assertThat(on.transcendentals()).as("divisions").isLessThanOrEqualTo(off.transcendentals() + 30 * EXAMPLES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exceptions")
    void the_exceptions_cost_one_exponential_for_each_element_and_few_steps_at_most(String name, Node cost, int steps) {
        Plan.Work on = work(cost, Rewriting.ON);
        Plan.Work off = work(cost, Rewriting.OFF);

        assertThat(on.steps()).as("steps").isLessThanOrEqualTo(off.steps() + steps);
        assertThat(on.transcendentals())
                .as("transcendental functions")
                .isLessThanOrEqualTo(off.transcendentals() + 10 * EXAMPLES);
    }

    private static Plan.Work work(Node cost, Rewriting rewriting) {
        Program program = Program.of(cost).withGradients().rewrite(rewriting);
        Run run = program.newRun();
        program.graph().nodes().stream().filter(Program::isLeaf).forEach(leaf -> {
            int rows = leaf.shape().rows().size();
            int columns =
                    leaf.shape().columns().isFixed() ? leaf.shape().columns().size() : EXAMPLES;
            run.set(leaf, new DMatrixRMaj(rows, columns));
        });
        return run.work();
    }
}
