package org.gradgraph.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gradgraph.check.BrokenOps.X;
import static org.gradgraph.check.BrokenOps.pointwise;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.Reductions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exactly at, near and off a corner, with right and with wrong derivatives. */
class KinksTest {
    private final Node x = Node.parameter("x");

    /** A way to the corner at 0 of an operation. */
    private record Corner(String operation, UnaryOperator<Node> build) {}

    private static Node pair(Node left, Node right) {
        return Layout.concatColumns(left, right);
    }

    private static Stream<Corner> corners() {
        return Stream.of(
                new Corner("relu", Activations::relu),
                new Corner("leakyRelu", x -> Activations.leakyRelu(x, 0.1)),
                new Corner("abs", Elementary::abs),
                new Corner("maximum", x -> Comparisons.maximum(x, Node.constant(0))),
                new Corner("minimum", x -> Comparisons.minimum(x, x.times(2))),
                new Corner("clip", x -> Comparisons.clip(x, 0, 1)),
                new Corner("max", x -> Reductions.max(pair(x, x.times(3)))),
                new Corner("min", x -> Reductions.min(pair(x, x.times(3)))),
                new Corner("abs", x -> Reductions.norm1(pair(x, x.times(2)))),
                new Corner("norm2", x -> Reductions.norm2(pair(x, x.times(2)))));
    }

    @TestFactory
    Stream<DynamicTest> at_the_corner_the_verdict_names_the_operation_and_is_no_failure() {
        return corners()
                .map(corner -> DynamicTest.dynamicTest(corner.operation(), () -> {
                    for (UnaryOperator<Node> around :
                            List.<UnaryOperator<Node>>of(y -> y, y -> y.times(-7), Activations::sigmoid)) {
                        Node cost = around.apply(corner.build().apply(x));

                        GradientReport report =
                                GradientCheck.of(cost).at(Feeds.of(x, 0)).report();

                        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
                        assertThat(report.findings())
                                .as(report.toString())
                                .hasSize(1)
                                .allSatisfy(
                                        blame -> assertThat(blame.operation()).startsWith(corner.operation()));
                        assertThat(report.toString()).contains("not differentiable here");
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> beside_the_corner_the_derivative_is_simply_right() {
        return corners()
                .map(corner -> DynamicTest.dynamicTest(corner.operation(), () -> {
                    for (double place : new double[] {1e-12, -1e-12, 1e-7, -1e-7, 5e-6, -5e-6, 1e-3, -0.5}) {
                        GradientReport report = GradientCheck.of(corner.build().apply(x))
                                .at(Feeds.of(x, place))
                                .report();

                        assertThat(report.verdict())
                                .as("at " + place + "\n" + report)
                                .isEqualTo(Verdict.RIGHT);
                    }
                }));
    }

    @Test
    void a_choice_by_comparison_has_a_corner_too() {
        Node chosen = Comparisons.where(Comparisons.greater(x, Node.constant(0)), x, x.times(0.25));

        GradientReport report = GradientCheck.of(chosen).at(Feeds.of(x, 0)).report();

        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
        assertThat(GradientCheck.of(chosen).at(Feeds.of(x, 1e-9)).report().verdict())
                .isEqualTo(Verdict.RIGHT);
    }

    @Test
    void a_jump_is_no_failure_at_its_edge_and_constant_beside_it() {
        for (UnaryOperator<Node> step : List.<UnaryOperator<Node>>of(
                Elementary::floor,
                node -> Elementary.floor(node).negate(),
                node -> Elementary.floor(node).plus(node.exp()))) {
            assertThat(GradientCheck.of(step.apply(x))
                            .at(Feeds.of(x, 1))
                            .report()
                            .verdict())
                    .isEqualTo(Verdict.NOT_DIFFERENTIABLE);
            assertThat(GradientCheck.of(step.apply(x))
                            .at(Feeds.of(x, 1.5))
                            .report()
                            .verdict())
                    .isEqualTo(Verdict.RIGHT);
        }
    }

    /** The second derivative at a corner: the slopes of the sign at 0 are infinite, and alike on both sides. */
    @TestFactory
    Stream<DynamicTest> the_gradient_of_a_corner_jumps_and_is_no_failure() {
        Node v = Node.parameter("v", 1, 3);
        Map<String, Node> costs = Map.of(
                "abs", v.abs().sum(),
                "x·|x|", v.times(v.abs()).sum(),
                "max²", Reductions.max(v).square(),
                "min", Reductions.min(v).exp().times(3),
                "norm1²", Reductions.norm1(v).square());
        return costs.entrySet().stream()
                .map(cost -> DynamicTest.dynamicTest(cost.getKey(), () -> {
                    for (double[] at : new double[][] {{0, 0, 1}, {2, 2, 1}, {-1, -1, 0}}) {
                        GradientReport report = GradientCheck.of(cost.getValue())
                                .order(2)
                                .at(Feeds.of(v, new double[][] {at}))
                                .report();

                        assertThat(report.passed()).as(report.toString()).isTrue();
                    }
                }));
    }

    @Test
    void a_slope_at_a_jump_that_is_alike_on_both_sides_does_not_pass() {
        Node sign = pointwise("sign", Formula.of(Primitive.SIGN, X), (in, y, dy) -> List.of(dy.times(7)), x);

        GradientReport report = GradientCheck.of(sign).at(Feeds.of(x, 0)).report();

        assertThat(report.passed()).as(report.toString()).isFalse();
    }

    @Test
    void a_jump_on_a_curve_in_one_operation_is_a_jump() {
        Node step = pointwise(
                "step",
                Formula.of(Primitive.FLOOR, X).plus(X.exp()),
                (in, y, dy) -> List.of(dy.times(Elementary.exp(in.get(0)))),
                x);

        assertThat(GradientCheck.of(step).at(Feeds.of(x, 1)).report().verdict()).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
    }

    /** A relu with one slope everywhere. */
    private static Node straight(Node x, double slope) {
        return pointwise(
                "straight",
                Formula.of(Primitive.MAX, X, Formula.constant(0)),
                (in, y, dy) -> List.of(dy.times(slope)),
                x);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1})
    void at_the_corner_any_slope_between_both_sides_is_right(double slope) {
        for (Node cost : List.of(straight(x, slope), straight(x, slope).plus(5).exp())) {
            assertThat(GradientCheck.of(cost).at(Feeds.of(x, 0)).report().verdict())
                    .isEqualTo(Verdict.NOT_DIFFERENTIABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.001, 1.001, 2})
    void at_the_corner_a_slope_outside_of_both_sides_is_wrong(double slope) {
        for (Node cost : List.of(straight(x, slope), straight(x, slope).plus(5).exp())) {
            GradientReport report = GradientCheck.of(cost).at(Feeds.of(x, 0)).report();

            assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
            assertThat(report.findings()).extracting(Finding::operation).containsExactly("straight");
        }
    }

    @Test
    void beside_the_corner_within_a_step_and_off_it_a_wrong_slope_is_wrong() {
        Map<Double, Double> right =
                Map.of(1e-12, 1.0, 1e-9, 1.0, 1e-6, 1.0, 0.3, 1.0, -1e-12, 0.0, -1e-9, 0.0, -1.0, 0.0);
        right.forEach((place, slope) -> {
            for (double claimed : new double[] {0, 0.5, 1, -0.01, 1.01}) {
                GradientReport report = GradientCheck.of(straight(x, claimed))
                        .at(Feeds.of(x, place))
                        .report();

                assertThat(report.verdict())
                        .as(claimed + " at " + place + "\n" + report)
                        .isEqualTo(claimed == slope ? Verdict.RIGHT : Verdict.WRONG);
            }
        });
    }
}
