package org.gradgraph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user composes naively is computed by the stable form. */
class StabilityTest {
    /** e to the power of −40, from a table. */
    private static final double E40 = 4.248354255291589e-18;

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private final Node z = Node.parameter("z");
    private final Node y = Node.input("y");

    private Map<String, Node> logisticLosses() {
        Node a = z.sigmoid();
        Node byHand = Node.constant(1).dividedBy(z.negate().exp().plus(1));
        Node one = Node.constant(1);
        Map<String, Node> losses = new LinkedHashMap<>();
        losses.put(
                "negated and plus one",
                y.times(a.log())
                        .plus(y.negate().plus(1).times(a.negate().plus(1).log()))
                        .mean()
                        .negate());
        losses.put(
                "one minus",
                y.times(a.log()).plus(one.minus(y).times(one.minus(a).log())).negate());
        losses.put(
                "negative terms",
                y.negate().times(a.log()).minus(one.minus(y).times(one.minus(a).log())));
        losses.put(
                "terms the other way round",
                one.minus(a).log().times(one.minus(y)).plus(a.log().times(y)).times(-1));
        losses.put(
                "sigmoid by hand",
                y.times(byHand.log())
                        .plus(one.minus(y).times(one.minus(byHand).log()))
                        .negate());
        return losses;
    }

    private static Stream<Arguments> points() {
        return Stream.of(
                Arguments.of(40, 1, E40, -E40),
                Arguments.of(40, 0, 40, 1),
                Arguments.of(-40, 0, E40, E40),
                Arguments.of(-40, 1, 40, -1),
                Arguments.of(800, 1, 0, 0),
                Arguments.of(800, 0, 800, 1),
                Arguments.of(-800, 1, 800, -1),
                Arguments.of(-800, 0, 0, 0),
                Arguments.of(1000, 1, 0, 0),
                Arguments.of(1000, 0, 1000, 1),
                Arguments.of(-1000, 1, 1000, -1),
                Arguments.of(-1000, 0, 0, 0),
                Arguments.of(INFINITY, 1, 0, 0),
                Arguments.of(INFINITY, 0, INFINITY, 1),
                Arguments.of(-INFINITY, 1, INFINITY, -1),
                Arguments.of(-INFINITY, 0, 0, 0));
    }

    @ParameterizedTest(name = "z = {0}, y = {1}")
    @MethodSource("points")
    @DisplayName("bug class 12: the naive logistic loss and its gradient are right")
    void the_naive_logistic_loss_and_its_gradient_are_right(double at, double label, double loss, double slope) {
        logisticLosses().forEach((name, cost) -> {
            Run run = Program.of(cost).withGradients(z).newRun().set(z, at).set(y, label);
            run.forward().backward();
            assertClose(name + ": loss", run.scalar(cost), loss);
            assertClose(name + ": slope", run.gradient(z).get(0, 0), slope);
        });
    }

    private static void assertClose(String what, double actual, double expected) {
        if (Double.isInfinite(expected)) {
            assertThat(actual).as(what).isEqualTo(expected);
        } else {
            assertThat(actual).as(what).isCloseTo(expected, within(1e-14 * Math.abs(expected)));
        }
    }

    @Test
    void rewriting_can_be_switched_off() {
        Node cost = logisticLosses().get("one minus");
        Run run = Program.of(cost)
                .withGradients(z)
                .rewrite(Rewriting.OFF)
                .newRun()
                .set(z, 1000)
                .set(y, 1);
        run.forward().backward();

        assertThat(run.scalar(cost)).isNaN();
        // the weight 1 − y is 0, so the infinite slope of the logarithm does not count
        assertThat(run.gradient(z).get(0, 0)).isZero();
    }

    private static Stream<Arguments> forms() {
        Node x = Node.parameter("x", 2, 3);
        Node p = Node.parameter("p", 2, 3);
        Node one = Node.constant(1);
        return Stream.of(
                Arguments.of(x.sigmoid().log(), "logSigmoid"),
                Arguments.of(one.minus(x.sigmoid()).log(), "logSigmoid"),
                Arguments.of(x.sigmoid().negate().plus(1), "sigmoid"),
                Arguments.of(x.exp().plus(1).log(), "softplus"),
                Arguments.of(one.plus(x.exp()).log(), "softplus"),
                Arguments.of(x.exp().minus(1), "expm1"),
                Arguments.of(x.exp().minus(one), "expm1"),
                Arguments.of(x.plus(1).log(), "log1p"),
                Arguments.of(one.minus(x).log(), "log1p"),
                Arguments.of(one.dividedBy(x.negate().exp().plus(1)), "sigmoid"),
                Arguments.of(x.exp().dividedBy(x.exp().columnSums()), "softmaxColumns"),
                Arguments.of(x.exp().dividedBy(x.exp().rowSums()), "softmaxRows"),
                Arguments.of(Activations.softmax(x, Over.EACH_ROW).log(), "logSoftmaxRows"),
                Arguments.of(x.exp().dividedBy(x.exp().columnSums()).log(), "logSoftmaxColumns"),
                Arguments.of(x.exp().sum().log(), "logSumExp"),
                Arguments.of(Elementary.sqrt(x.square().sum()), "norm2"),
                Arguments.of(Elementary.sqrt(x.times(x).sum()), "norm2"),
                Arguments.of(
                        p.times(x.log()).plus(one.minus(p).times(one.minus(x).log())), "xLogOneMinusY"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("forms")
    void naive_forms_become_stable_operations(Node naive, String operation) {
        Graph graph = Graph.of(new Rewriter().rewrite(naive, RuleSet.forPrograms()));

        assertThat(graph.toString()).contains(" = " + operation);
        assertThat(graph.toString()).doesNotContain(" log ", " exp ", " sqrt ");
    }

    @Test
    void the_gradient_of_a_probability_that_was_fused_away_is_still_right() {
        Node a = z.sigmoid().named("A");
        Node rest = a.negate().plus(1);
        Node cost = y.times(a.log())
                .plus(y.negate().plus(1).times(rest.log()))
                .mean()
                .negate();
        Run run = Program.of(cost)
                .withGradients(z, a, rest)
                .newRun()
                .set(z, 0.5)
                .set(y, 0.25)
                .forward()
                .backward();
        double value = 1 / (1 + Math.exp(-0.5));

        assertThat(run.gradient(a).get(0, 0)).isCloseTo(-0.25 / value + 0.75 / (1 - value), within(1e-14));
        assertThat(run.gradient(rest).get(0, 0)).isCloseTo(-0.75 / (1 - value), within(1e-14));
        assertThat(run.gradient(z).get(0, 0)).isCloseTo(value - 0.25, within(1e-15));
    }

    @Test
    void a_node_that_is_fused_away_in_one_place_only_has_its_whole_gradient() {
        Node a = z.sigmoid();
        Node cost = a.log().plus(a.times(5));
        Run run = Program.of(cost).withGradients(a).newRun().set(z, 0).forward().backward();

        assertThat(run.gradient(a).get(0, 0)).isEqualTo(7);
    }

    @Test
    void equal_nodes_have_gradients_of_their_own() {
        Node first = z.exp();
        Node second = z.exp();
        Node cost = first.times(2).plus(second.times(3));
        Run run = Program.of(cost)
                .withGradients(first, second, z)
                .newRun()
                .set(z, 0)
                .forward()
                .backward();

        assertThat(run.gradient(first).get(0, 0)).isEqualTo(2);
        assertThat(run.gradient(second).get(0, 0)).isEqualTo(3);
        assertThat(run.gradient(z).get(0, 0)).isEqualTo(5);
    }

    @Test
    void kept_values_are_readable_although_their_operation_is_gone() {
        Node log = z.sigmoid().log();
        Run run = Program.of(log.times(2))
                .keeping(log, log.inputs().get(0))
                .newRun()
                .set(z, -1000)
                .forward();

        assertThat(run.scalar(log)).isEqualTo(-1000);
        assertThat(run.scalar(log.inputs().get(0))).isZero();
    }

    @Test
    void explain_lists_rules_with_node_line_and_reason() {
        Node cost = z.sigmoid().log();
        List<RuleApplication> rewrites = Program.of(cost).explain().rewrites();

        assertThat(rewrites).hasSize(1);
        assertThat(rewrites.get(0).rule().name()).isEqualTo("logarithm of exponentials");
        assertThat(rewrites.get(0).node()).isSameAs(cost);
        assertThat(Program.of(cost).explain().toString())
                .contains("logarithm of exponentials: ", "at log 1×1, StabilityTest.java:")
                .contains("better rounding: no overflow");
        assertThat(Program.of(cost).rewrite(Rewriting.OFF).explain().toString())
                .startsWith("rewriting: off, 3 nodes\n");
    }
}
