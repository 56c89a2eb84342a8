package org.gradgraph.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gradgraph.check.BrokenOps.X;
import static org.gradgraph.check.BrokenOps.factor;
import static org.gradgraph.check.BrokenOps.pointwise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.BrokenOps.Made;
import org.gradgraph.check.GradientReport.Fault;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.Special;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where differences are hard to take, a wrong gradient never passes and a right one is never called wrong. */
class HardPointsTest {
    private final Node x = Node.parameter("x");

    private static Node sineTooLargeByATenth(Node x) {
        return pointwise(
                "sine",
                Formula.of(Primitive.SIN, X),
                (in, y, dy) -> List.of(dy.times(Elementary.cos(in.get(0))).times(1.1)),
                x);
    }

    /** sin(kx) as one operation, whose derivative is off by a factor. */
    private static Node wave(Node x, double k, double factor) {
        return pointwise(
                "wave",
                Formula.of(Primitive.SIN, X.times(Formula.constant(k))),
                (in, y, dy) ->
                        List.of(dy.times(Elementary.cos(in.get(0).times(k))).times(factor * k)),
                x);
    }

    /** Reverse mode that gives other gradients with respect to some nodes. */
    static CheckSettings.Differentiation claiming(Map<Node, Node> gradientOf) {
        return (output, wrt) -> wrt.stream()
                .map(node -> gradientOf.containsKey(node) ? gradientOf.get(node) : Derivatives.gradient(output, node))
                .toList();
    }

    private GradientReport at(double place, Node cost) {
        return GradientCheck.of(cost).at(Feeds.of(x, place)).report();
    }

    @ParameterizedTest
    @CsvSource({
        "1e5, 0",
        "1e5, 0.3",
        "1e5, 1",
        "1e5, 100",
        "1e9, 0",
        "1e9, 0.3",
        "1e9, 2.7",
        "1e9, 100",
        "1e14, 0",
        "1e14, 0.3",
        "1e14, 1"
    })
    void a_fast_wave_hides_no_error_and_is_not_called_wrong(double k, double place) {
        for (UnaryOperator<Node> wrong : List.<UnaryOperator<Node>>of(
                node -> sineTooLargeByATenth(node.times(k)),
                node -> wave(node, k, 1.1),
                node -> wave(node, k, -1),
                node -> wave(node, k, 0))) {
            GradientReport report = at(place, wrong.apply(x));

            assertThat(report.passed()).as(report.toString()).isFalse();
        }
        for (Node right : List.of(Elementary.sin(x.times(k)), wave(x, k, 1))) {
            GradientReport report = at(place, right);

            assertThat(report.verdict()).as(report.toString()).isIn(Verdict.RIGHT, Verdict.INCONCLUSIVE);
        }
    }

    @ParameterizedTest
    @CsvSource({"1e5, 0", "1e5, 0.3", "1e5, 1", "1e5, 100", "1e9, 0", "1e9, 0.3", "1e9, 1", "1e9, 2.7"})
    void a_fast_wave_is_resolved_as_far_as_doubles_reach(double k, double place) {
        for (Node right : List.of(Elementary.sin(x.times(k)), wave(x, k, 1))) {
            GradientReport report = at(place, right);

            assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.RIGHT);
        }
    }

    /** Zero is within the error of such differences; only their bluntness tells. */
    @ParameterizedTest
    @CsvSource({"1e14, 2.7", "1e16, 1", "1e16, 1.3", "1e17, 0.3", "1e17, 31"})
    void zeros_for_a_wave_that_no_step_resolves_do_not_pass(double k, double place) {
        GradientReport report = at(place, wave(x, k, 0));

        assertThat(report.passed()).as(report.toString()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {18, 25, 30, 36, 38, 700})
    void a_saturated_function_is_not_blamed_for_the_digits_that_its_derivative_loses(double place) {
        for (Node right : List.of(Activations.sigmoid(x), Activations.softplus(x), Elementary.tanh(x))) {
            for (int order : new int[] {1, 2}) {
                GradientReport report = GradientCheck.of(right)
                        .order(order)
                        .at(Feeds.of(x, place))
                        .report();

                assertThat(report.verdict())
                        .as(right + " of order " + order + ": " + report)
                        .isIn(Verdict.RIGHT, Verdict.INCONCLUSIVE);
            }
        }
    }

    /** The first step is a whole number there, so that its differences see no stair. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 100_000.5, 131_072.5, 1_000_000.5, 1e9 + 0.5})
    void stairs_between_which_the_steps_are_whole_numbers_of_stairs(double place) {
        for (Node right : List.of(Elementary.floor(x).plus(x.times(0.0)), x.minus(Elementary.floor(x)))) {
            GradientReport report = at(place, right);

            assertThat(report.verdict()).as(report.toString()).isIn(Verdict.RIGHT, Verdict.INCONCLUSIVE);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-6, 1, 1e6, 1e12})
    void parameters_of_any_scale(double scale) {
        for (UnaryOperator<Node> form :
                List.<UnaryOperator<Node>>of(node -> node, node -> node.times(1 / scale), node -> node.times(1e3))) {
            GradientReport wrong = at(scale, factor(form.apply(x), 1.1));
            GradientReport right = at(scale, form.apply(x).square());

            assertThat(wrong.verdict()).as(wrong.toString()).isEqualTo(Verdict.WRONG);
            assertThat(wrong.findings()).extracting(Finding::operation).containsExactly("factor");
            assertThat(right.verdict()).as(right.toString()).isEqualTo(Verdict.RIGHT);
        }
    }

    /** Next to the edge of its domain the logarithm is smooth; only the steps must be small beside x. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-19, 1e-20, 1e-25, 1e-100})
    void a_logarithm_that_is_twice_too_steep_near_zero_does_not_pass(double place) {
        Node wrong = pointwise(
                "logarithm",
                Formula.of(Primitive.LOG, X),
                (in, y, dy) -> List.of(dy.dividedBy(in.get(0)).times(2)),
                x);

        GradientReport twice = at(place, wrong);
        GradientReport right = at(place, x.log());

        assertThat(twice.verdict()).as(twice.toString()).isEqualTo(Verdict.WRONG);
        assertThat(twice.findings()).extracting(Finding::operation).containsExactly("logarithm");
        assertThat(right.verdict()).as(right.toString()).isEqualTo(Verdict.RIGHT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e8, 1e12, 1e16, -1e20})
    void a_small_gradient_under_a_large_value(double large) {
        GradientReport wrong = at(1, factor(x, 1.001).plus(large));
        GradientReport right = at(1, x.square().plus(large));

        assertThat(wrong.verdict()).as(wrong.toString()).isEqualTo(Verdict.WRONG);
        assertThat(wrong.findings()).extracting(Finding::operation).containsExactly("factor");
        assertThat(right.verdict()).as(right.toString()).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void a_chosen_tolerance_below_the_error_of_the_differences_calls_nothing_wrong() {
        GradientReport right = GradientCheck.of(x.square().plus(1e16))
                .at(Feeds.of(x, 1))
                .relative(0.01)
                .report();

        assertThat(right.verdict()).as(right.toString()).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void values_whose_squares_overflow_are_inconclusive() {
        assertThat(at(1e150, factor(x, 1.1)).passed()).isFalse();
        assertThat(at(1e150, x.square()).verdict()).isIn(Verdict.RIGHT, Verdict.INCONCLUSIVE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void one_wrong_element_of_sixty_thousand_is_found(long seed) {
        Node matrix = Node.parameter("M", 200, 300);
        Feeds point = Feeds.of(matrix, GradientCheckTest.random(200, 300, 1, new Random(seed)));
        int row = (int) (41 * seed % 200);
        int column = (int) (97 * seed % 300);

        for (Node cost : List.of(
                BrokenOps.wrongAt(matrix, row, column).sum(),
                BrokenOps.wrongAt(matrix, row, column).sigmoid().mean())) {
            GradientReport report = GradientCheck.of(cost).at(point).seed(seed).report();

            assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
            assertThat(report.entries().get(0).where()).isEqualTo("\"M\" 200×300 at (" + row + "," + column + ")");
            assertThat(report.findings()).hasSize(1);
            assertThat(report.findings().get(0).operation()).isEqualTo("wrongAt");
            assertThat(report.findings().get(0).worst().orElseThrow().row()).isEqualTo(row);
            assertThat(report.findings().get(0).worst().orElseThrow().column()).isEqualTo(column);
            assertThat(report.evaluations()).isLessThan(7500);
        }
    }

    @Test
    void a_naive_formula_that_a_program_makes_stable_passes_where_it_would_overflow() {
        Node y = Node.input("y");
        Node p = x.sigmoid();
        Node cost = y.times(p.log())
                .plus(y.negate().plus(1).times(p.negate().plus(1).log()))
                .negate();
        for (double z : new double[] {-1000, -40, 0, 40, 1000}) {
            for (double label : new double[] {0, 1}) {
                GradientReport report =
                        GradientCheck.of(cost).at(Feeds.of(x, z).and(y, label)).report();

                assertThat(report.verdict())
                        .as(z + ", " + label + "\n" + report)
                        .isEqualTo(Verdict.RIGHT);
            }
        }
    }

    @Test
    void a_lost_share_is_found_under_a_cost_that_hides_it() {
        Node u = x.exp().named("u");
        Node cost = u.times(2).plus(u.times(3)).plus(1e16);

        GradientReport report = GradientCheck.of(cost)
                .at(Feeds.of(x, 0.1))
                .differentiatedBy(claiming(Map.of(u, Node.constant(2), x, u.times(2))))
                .report();

        assertThat(report.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings()).extracting(Finding::fault).containsExactly(Fault.ACCUMULATION);
    }

    @Test
    void a_program_that_computes_another_gradient_than_its_graph_is_a_finding() {
        CheckSettings.Differentiation misrun = new CheckSettings.Differentiation() {
            @Override
            public List<Node> gradient(Node output, List<Node> wrt) {
                return Derivatives.gradient(output, wrt);
            }

            @Override
            public DMatrixRMaj value(Node node, Run run, DMatrixRMaj composed) {
                return new DMatrixRMaj(new double[][] {{run.gradient(node).get(0) * 1.001}});
            }
        };

        GradientReport report = GradientCheck.of(x.exp())
                .at(Feeds.of(x, 1))
                .differentiatedBy(misrun)
                .report();

        assertThat(report.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings()).extracting(Finding::fault).containsExactly(Fault.PROGRAM);
        assertThat(report.toString()).contains("a fault in rewriting or execution");
    }

    @Test
    void the_gradient_of_a_program_is_compared_and_not_only_its_graph() {
        Run run = Program.of(x.square())
                .withGradients()
                .newRun()
                .set(x, 3)
                .forward()
                .backward();
        DMatrixRMaj composed = new DMatrixRMaj(new double[][] {{7}});

        assertThat(new CheckSettings.Differentiation.OfPrograms()
                        .value(x, run, composed)
                        .get(0))
                .isEqualTo(6);
    }

    /** By a millionth; and by less than a hundred-millionth of the cotangent of the operation that uses it. */
    @ParameterizedTest
    @CsvSource({"3, 2, 1e-6", "1e-9, 1e6, 1"})
    void a_sum_of_cotangents_that_is_off_by_little_is_found(double inner, double outer, double error) {
        Node u = x.exp().named("u");
        Node wrong = Node.constant(inner * outer * (1 + error));

        GradientReport report = GradientCheck.of(u.times(inner).times(outer))
                .at(Feeds.of(x, 0.1))
                .differentiatedBy(claiming(Map.of(u, wrong, x, u.times(wrong))))
                .report();

        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings()).extracting(Finding::fault).containsExactly(Fault.ACCUMULATION);
        assertThat(report.findings().get(0).node()).isEqualTo("\"u\" 1×1");
    }

    /** What 1 − 1e-15 loses, differences of a sum cannot see, whatever stands beside it. */
    static Stream<Arguments> saturated() {
        return Stream.of(
                saturated("sigmoid", Node::sigmoid, 33.2, -63.8),
                saturated("sigmoid", Node::sigmoid, 33.2, -33.2),
                saturated("sigmoid", Node::sigmoid, 30, -30),
                saturated("sigmoid", Node::sigmoid, 36, -36),
                saturated("sigmoid", Node::sigmoid, -745, -700, -40, 40),
                saturated("softmax", Activations::softmaxColumns, 30, 0),
                saturated("softmax", Activations::softmaxColumns, 33, 0),
                saturated("softmax", Activations::softmaxColumns, 40, 0, -30),
                saturated("softmax", Activations::softmaxColumns, 15, -2, -18),
                saturated("normalCdf", Special::normalCdf, 8, -30),
                saturated("normalCdf", Special::normalCdf, 8.1, -8),
                saturated("tanh", Node::tanh, 18, -18.5, 0.1),
                saturated("erf", Special::erf, 5.5, -5.8, 1));
    }

    private static Arguments saturated(String name, UnaryOperator<Node> operation, double... at) {
        return Arguments.of(name, operation, at);
    }

    @ParameterizedTest(name = "{0} at {2}")
    @MethodSource("saturated")
    void saturated_elements_beside_others_are_right(String name, UnaryOperator<Node> operation, double[] at) {
        Node v = Node.parameter("v", at.length, 1);
        Node weights = Node.constant(
                column(IntStream.range(0, at.length).mapToDouble(i -> 1.5 - i).toArray()));
        Node y = operation.apply(v);
        for (Node cost : List.of(
                y.sum(), y.times(weights).sum(), y.minus(weights).square().mean())) {
            for (int order : new int[] {1, 2}) {
                GradientReport report = GradientCheck.of(cost)
                        .order(order)
                        .at(Feeds.of(v, column(at)))
                        .report();

                assertThat(report.verdict())
                        .as(name + " of order " + order + ": " + report)
                        .isIn(Verdict.RIGHT, order == 1 ? Verdict.RIGHT : Verdict.INCONCLUSIVE);
            }
        }
    }

    private static double[][] column(double... numbers) {
        return Arrays.stream(numbers).mapToObj(each -> new double[] {each}).toArray(double[][]::new);
    }

    /** A sixteenth larger is outside of the domain, or all differences there are the smallest doubles. */
    @Test
    void an_operation_is_judged_elsewhere_only_inside_of_its_domain() {
        Node v = Node.parameter("v", 2, 1);
        for (double[] at : new double[][] {{1, 2}, {1 - 1e-15, 0.9}, {0.97, -0.3}}) {
            for (Node right : List.of(
                    v.times(1e-310).sum(),
                    v.times(1e-320).sum(),
                    v.times(Double.MIN_VALUE).sum(),
                    Elementary.atanh(v.times(1 - 1e-15)).sum(),
                    Elementary.asin(v).sum(),
                    v.negate().plus(1).log().sum())) {
                GradientReport report =
                        GradientCheck.of(right).at(Feeds.of(v, column(at))).report();

                assertThat(report.verdict()).as(report.toString()).isNotEqualTo(Verdict.WRONG);
            }
        }
    }

    /** At 0.99 a sixteenth larger is outside, and a sixteenth smaller is not. */
    @Test
    void a_rule_that_keeps_old_values_is_found_at_the_edge_of_the_domain() {
        List<double[]> first = new ArrayList<>();
        Op slope = new Made(
                "keptSlope",
                in -> in.get(0),
                (in, out) -> {
                    first.add(in.get(0).data.clone());
                    out.data[0] = 1 / (first.get(0)[0] - 1);
                },
                (in, y, dy) -> List.of(dy));
        Node keeping = pointwise(
                "keeping",
                Formula.of(Primitive.LOG, Formula.constant(1).plus(X.times(Formula.constant(-1)))),
                (in, y, dy) -> List.of(dy.times(Node.apply(slope, in.get(0)))),
                x);

        GradientReport report = at(0.99, keeping);

        assertThat(report.findings())
                .as(report.toString())
                .extracting(Finding::fault)
                .containsExactly(Fault.ELSEWHERE);
    }
}
