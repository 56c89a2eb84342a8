package org.gradgraph.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gradgraph.check.BrokenOps.X;
import static org.gradgraph.check.BrokenOps.pointwise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.gradgraph.check.BrokenOps.Made;
import org.gradgraph.check.GradientReport.Fault;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that are wrong in general and right for what one cost at one point asks of them. */
class HiddenFaultsTest {
    private static final Formula SQUARE = X.times(X);
    private static final Formula EXP = Formula.of(Primitive.EXP, X);

    private final Node x = Node.parameter("x", 2, 2);
    private final Feeds point = Feeds.of(x, new double[][] {{0.5, -1.25}, {2, 0.75}});

    private void assertBlamed(Node cost, String operation, Fault fault) {
        GradientReport report = GradientCheck.of(cost).at(point).report();

        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings())
                .as(report.toString())
                .extracting(Finding::operation)
                .containsExactly(operation);
        assertThat(report.findings())
                .as(report.toString())
                .extracting(Finding::fault)
                .containsExactly(fault);
    }

    @Test
    void a_rule_that_clips_its_cotangent_is_not_linear() {
        Node clipped = pointwise(
                "clipped",
                SQUARE,
                (in, y, dy) ->
                        List.of(Comparisons.clip(dy, -5, 5).times(in.get(0)).times(2)),
                x);

        assertBlamed(clipped.sum(), "clipped", Fault.NOT_LINEAR);
    }

    @Test
    void a_rule_that_takes_the_sign_of_its_cotangent_away_is_not_linear() {
        Node absolute = pointwise(
                "absolute",
                SQUARE,
                (in, y, dy) -> List.of(dy.abs().times(in.get(0)).times(2)),
                x);

        assertBlamed(absolute.sum(), "absolute", Fault.NOT_LINEAR);
    }

    @Test
    void a_rule_that_averages_its_cotangent_is_wrong_under_a_cost_that_weighs_all_alike() {
        Node averaged = pointwise(
                "averaged",
                SQUARE,
                (in, y, dy) -> List.of(Reductions.mean(dy)
                        .broadcastTo(dy.shape())
                        .times(in.get(0))
                        .times(2)),
                x);

        assertBlamed(averaged.sum(), "averaged", Fault.DERIVATIVE);
    }

    @Test
    void a_rule_that_keeps_its_first_result_uses_a_node_of_another_graph() {
        List<Node> kept = new ArrayList<>();
        Node keeping = pointwise(
                "keeping",
                EXP,
                (in, y, dy) -> {
                    kept.add(y);
                    return List.of(dy.times(kept.get(0)));
                },
                x);

        assertBlamed(keeping.sum(), "keeping", Fault.FOREIGN_NODE);
    }

    @Test
    void a_rule_that_keeps_the_first_values_is_wrong_elsewhere() {
        List<double[]> first = new ArrayList<>();
        Op slope = new Made(
                "keptSlope",
                in -> in.get(0),
                (in, out) -> {
                    if (first.isEmpty()) {
                        first.add(in.get(0).data.clone());
                    }
                    for (int i = 0; i < out.getNumElements(); i++) {
                        out.data[i] = 2 * first.get(0)[i % first.get(0).length];
                    }
                },
                (in, y, dy) -> List.of(dy.times(2)));
        Node keeping = pointwise("keeping", SQUARE, (in, y, dy) -> List.of(dy.times(Node.apply(slope, in.get(0)))), x);

        assertBlamed(keeping.sum(), "keeping", Fault.ELSEWHERE);
    }

    private static Node maximum(Node x, double each) {
        return Node.apply(
                new Made(
                        "largest",
                        in -> Shape.of(1, 1),
                        (in, out) -> out.data[0] = CommonOps_DDRM.elementMax(in.get(0)),
                        (in, y, dy) -> List.of(dy.broadcastTo(in.get(0).shape())
                                .times(Comparisons.equal(
                                        in.get(0), y.broadcastTo(in.get(0).shape())))
                                .times(each))),
                x);
    }

    @Test
    void a_maximum_that_gives_each_of_two_ties_the_whole_is_wrong() {
        Feeds tie = Feeds.of(x, new double[][] {{2, -1.25}, {2, 0.75}});
        for (double each : new double[] {0, 1}) {
            GradientReport report = GradientCheck.of(maximum(x, each)).at(tie).report();
            assertThat(report.findings())
                    .as(report.toString())
                    .extracting(Finding::fault)
                    .containsExactly(Fault.TOGETHER);
            assertThat(report.verdict()).isEqualTo(Verdict.WRONG);
        }
        GradientReport shared = GradientCheck.of(maximum(x, 0.5)).at(tie).report();
        assertThat(shared.verdict()).as(shared.toString()).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
    }

    @Test
    void a_norm_at_zero_has_a_subgradient_no_longer_than_one() {
        Feeds zero = Feeds.of(x, new double[2][2]);
        for (double each : new double[] {0, 0.5, -0.4, 1, -0.6}) {
            Node norm = Node.apply(
                    new Made(
                            "length",
                            in -> Shape.of(1, 1),
                            (in, out) -> out.data[0] = NormOps_DDRM.normF(in.get(0)),
                            (in, y, dy) ->
                                    List.of(dy.times(each).broadcastTo(in.get(0).shape()))),
                    x);
            GradientReport report = GradientCheck.of(norm).at(zero).report();
            assertThat(report.verdict())
                    .as(each + ": " + report)
                    .isEqualTo(Math.abs(each) > 0.5 ? Verdict.WRONG : Verdict.NOT_DIFFERENTIABLE);
        }
    }

    /** Conventions of corners that open to both sides need not be possible together. */
    @Test
    void a_sum_of_corners_of_both_signs_raises_no_alarm() {
        Feeds zero = Feeds.of(x, new double[2][2]);
        for (double each : new double[] {0, 1, -1}) {
            Node mixed = Node.apply(
                    new Made(
                            "mixed",
                            in -> Shape.of(1, 1),
                            (in, out) -> out.data[0] = Math.abs(in.get(0).data[0])
                                    - Math.abs(in.get(0).data[1])
                                    + Math.max(0, in.get(0).data[2] - in.get(0).data[3]),
                            (in, y, dy) -> List.of(dy.broadcastTo(in.get(0).shape())
                                    .times(Node.constant(new double[][] {{each, each}, {0.5, -0.5}})))),
                    x);
            GradientReport report = GradientCheck.of(mixed).at(zero).report();
            assertThat(report.verdict()).as(each + ": " + report).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
        }
    }

    private static Node rounded(Node x, DoubleUnaryOperator rounding, double factor) {
        return Node.apply(
                new Made(
                        "rounded",
                        in -> in.get(0),
                        (in, out) -> {
                            for (int i = 0; i < out.getNumElements(); i++) {
                                out.data[i] = rounding.applyAsDouble(Math.sin(in.get(0).data[i]));
                            }
                        },
                        (in, y, dy) ->
                                List.of(dy.times(Elementary.cos(in.get(0))).times(factor))),
                x);
    }

    @Test
    void a_kernel_that_rounds_to_floats_or_decimals_is_not_called_wrong_and_a_factor_is() {
        Random random = new Random(5);
        Node one = Node.parameter("x");
        int rightCalledWrong = 0;
        int passed = 0;
        for (int k = 0; k < 300; k++) {
            DoubleUnaryOperator rounding = k % 2 == 0 ? v -> (float) v : v -> Math.rint(v * 1e8) / 1e8;
            Feeds at = Feeds.of(one, 2 * random.nextDouble() - 1);
            GradientReport right =
                    GradientCheck.of(rounded(one, rounding, 1)).at(at).report();
            GradientReport wrong =
                    GradientCheck.of(rounded(one, rounding, 1.01)).at(at).report();
            rightCalledWrong += right.verdict() == Verdict.WRONG ? 1 : 0;
            passed += wrong.passed() ? 1 : 0;
        }
        assertThat(rightCalledWrong).isZero();
        assertThat(passed).isZero();
    }

    @Test
    void a_wave_at_a_place_that_doubles_do_not_resolve_is_inconclusive() {
        Node one = Node.parameter("x");
        for (double place : new double[] {1e15, 1e22}) {
            for (Node wave : List.of(Elementary.sin(one), Elementary.cos(one))) {
                GradientReport report =
                        GradientCheck.of(wave).at(Feeds.of(one, place)).report();
                assertThat(report.verdict()).as(report.toString()).isIn(Verdict.RIGHT, Verdict.INCONCLUSIVE);
            }
        }
    }

    @Test
    void a_jump_does_not_let_any_slope_pass() {
        Node one = Node.parameter("x");
        Node step = pointwise("step", Formula.of(Primitive.FLOOR, X), (in, y, dy) -> List.of(dy.times(7)), one);

        GradientReport report = GradientCheck.of(step).at(Feeds.of(one, 1)).report();

        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
        assertThat(GradientCheck.of(Elementary.floor(one))
                        .at(Feeds.of(one, 1))
                        .report()
                        .verdict())
                .isEqualTo(Verdict.NOT_DIFFERENTIABLE);
    }

    @Test
    void a_rule_that_limits_its_cotangent_where_no_cost_reaches_is_not_linear() {
        for (double limit : new double[] {5e3, 1e9}) {
            Node limited = pointwise(
                    "limited",
                    Formula.of(Primitive.SIN, X),
                    (in, y, dy) -> List.of(Comparisons.clip(dy, -limit, limit).times(Elementary.cos(in.get(0)))),
                    x);

            assertBlamed(limited.sum(), "limited", Fault.NOT_LINEAR);
        }
    }

    @Test
    void a_rule_that_loses_small_cotangents_is_not_linear() {
        Node lost = pointwise(
                "lost",
                Formula.of(Primitive.SIN, X),
                (in, y, dy) ->
                        List.of(dy.times(Comparisons.greater(dy.abs(), 1e-6)).times(Elementary.cos(in.get(0)))),
                x);

        assertBlamed(lost.sum(), "lost", Fault.NOT_LINEAR);
    }

    @Test
    void a_rule_that_makes_something_of_a_cotangent_of_zero_is_not_linear() {
        for (UnaryOperator<Node> ofCotangent :
                List.<UnaryOperator<Node>>of(dy -> dy.square().dividedBy(dy), dy -> dy.plus(1e-20))) {
            Node divided = pointwise(
                    "divided",
                    Formula.of(Primitive.SIN, X),
                    (in, y, dy) -> List.of(ofCotangent.apply(dy).times(Elementary.cos(in.get(0)))),
                    x);

            assertBlamed(divided.sum(), "divided", Fault.NOT_LINEAR);
        }
    }

    /** Only elsewhere; what the operation itself refuses there is no fault. */
    @Test
    void a_rule_that_throws_where_its_operation_has_a_value_is_a_finding() {
        for (boolean refuses : new boolean[] {true, false}) {
            Op slope = new Made(
                    "cosine",
                    in -> in.get(0),
                    (in, out) -> {
                        for (int i = 0; i < out.getNumElements(); i++) {
                            requireAtMost2(in.get(0).data[i]);
                            out.data[i] = Math.cos(in.get(0).data[i]);
                        }
                    },
                    (in, y, dy) -> List.of(dy.times(Elementary.sin(in.get(0))).negate()));
            Node throwing = Node.apply(
                    new Made(
                            "throwing",
                            in -> in.get(0),
                            (in, out) -> {
                                for (int i = 0; i < out.getNumElements(); i++) {
                                    if (refuses) {
                                        requireAtMost2(in.get(0).data[i]);
                                    }
                                    out.data[i] = Math.sin(in.get(0).data[i]);
                                }
                            },
                            (in, y, dy) -> List.of(dy.times(Node.apply(slope, in.get(0))))),
                    x);
            Feeds below = Feeds.of(x, new double[][] {{0.5, -1.25}, {1.95, 0.75}});

            GradientReport report = GradientCheck.of(throwing.sum()).at(below).report();

            assertThat(report.findings())
                    .as(report.toString())
                    .extracting(Finding::fault)
                    .isEqualTo(refuses ? List.of() : List.of(Fault.VJP_FAILS));
        }
    }

    private static void requireAtMost2(double value) {
        if (value > 2) {
            throw new IllegalArgumentException(value + " is above 2");
        }
    }

    @Test
    void a_kernel_that_writes_into_its_operand_is_named() {
        Op sorted = new Made(
                "sorted",
                in -> in.get(1),
                (in, out) -> {
                    Arrays.sort(in.get(1).data, 0, out.getNumElements());
                    for (int i = 0; i < out.getNumElements(); i++) {
                        out.data[i] = in.get(0).data[i] + Math.pow(in.get(1).data[i], 2);
                    }
                },
                (in, y, dy) -> List.of(dy, dy.times(in.get(1)).times(2)));
        for (Node operand : List.of(x, x.negate(), x.times(2).exp())) {
            Node cost = Node.apply(sorted, x.times(3), operand).sum().times(2);

            assertBlamed(cost, "sorted", Fault.MODIFIES_OPERAND);
            assertThat(GradientCheck.of(cost).at(point).report().toString()).contains("modifies its operand 2");
        }
    }

    /** Each of 900 entries is as likely to be the wrong one, those of 1e-6 beside those of 1e3. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void one_wrong_entry_among_nine_decades_is_found(int seed) {
        Random random = new Random(seed);
        Node w = Node.parameter("W", 30, 30);
        double[][] values = new double[30][30];
        for (double[] row : values) {
            Arrays.setAll(row, j -> Math.pow(10, 9 * random.nextDouble() - 6) * (random.nextBoolean() ? 1 : -1));
        }
        int row = random.nextInt(30);
        int column = random.nextInt(30);
        Feeds at = Feeds.of(w, values);

        GradientReport wrong =
                GradientCheck.of(BrokenOps.wrongAt(w, row, column).sum()).at(at).report();
        GradientReport right = GradientCheck.of(w.square().sum()).at(at).report();

        assertThat(wrong.findings()).as(wrong.toString()).hasSize(1).allSatisfy(finding -> {
            assertThat(finding.operation()).isEqualTo("wrongAt");
            assertThat(finding.worst().orElseThrow().row()).isEqualTo(row);
            assertThat(finding.worst().orElseThrow().column()).isEqualTo(column);
        });
        assertThat(right.verdict()).as(right.toString()).isEqualTo(Verdict.RIGHT);
        assertThat(right.toString()).containsPattern("passed: \\d+ directions");
        assertThat(right.evaluations()).isLessThan(900 * 4);
    }
}
