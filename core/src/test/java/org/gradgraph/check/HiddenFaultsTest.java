package org.gradgraph.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gradgraph.check.BrokenOps.X;
import static org.gradgraph.check.BrokenOps.pointwise;

import java.util.ArrayList;
import java.util.List;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.gradgraph.check.BrokenOps.Made;
import org.gradgraph.check.GradientReport.Fault;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.Test;

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
}
