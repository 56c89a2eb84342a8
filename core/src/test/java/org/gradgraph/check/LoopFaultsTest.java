package org.gradgraph.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gradgraph.check.BrokenOps.X;
import static org.gradgraph.check.BrokenOps.pointwise;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gradgraph.check.GradientReport.Fault;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.scan.Scan;
import org.junit.jupiter.api.Test;

/** What is wrong inside of a loop is named with its step, not the loop. */
class LoopFaultsTest {
    private static final Node XS = Node.input("x", 1, Dim.named("T"));
    private static final Node C = Node.parameter("c");

    /** x² with a derivative that is wrong above 5 only. */
    private static Node sometimes(Node x) {
        return pointwise(
                "sometimes",
                X.times(X),
                (in, y, dy) -> {
                    Node right = dy.times(in.get(0)).times(2);
                    return List.of(Comparisons.where(Comparisons.greater(in.get(0), 5), right.times(1.5), right));
                },
                x);
    }

    private static double[] allTwoBut(int place, double value) {
        double[] values = new double[20];
        Arrays.fill(values, 2);
        values[place] = value;
        return values;
    }

    private static Finding only(Node states, double[] xs) {
        GradientReport report = GradientCheck.of(states.sum().named("J"))
                .withRespectTo(XS, C)
                .at(Feeds.of(XS, xs).and(C, 0.5))
                .report();
        assertThat(report.findings()).hasSize(1);
        return report.findings().get(0);
    }

    private static Node loop(UnaryOperator<Node> inside) {
        return Scan.cumulative(XS, Node.constant(1), (h, x) -> h.times(C).plus(inside.apply(x)));
    }

    @Test
    void a_rule_that_is_wrong_in_one_step_is_named_with_this_step() {
        Finding finding = only(loop(LoopFaultsTest::sometimes), allTwoBut(17, 6));
        assertThat(finding.fault()).isEqualTo(Fault.DERIVATIVE);
        assertThat(finding.operation()).isEqualTo("sometimes");
        assertThat(finding.node()).contains("in step 17 of ");
    }

    @Test
    void steps_are_counted_in_the_order_of_the_columns_also_backwards() {
        Node states = Scan.over(XS)
                .backwards()
                .state("h", Node.constant(1))
                .step(s -> s.next("h", s.state("h").times(C).plus(sometimes(s.input()))))
                .states("h");
        assertThat(only(states, allTwoBut(4, 6)).node()).contains("in step 4 of ");
    }

    @Test
    void a_loop_in_a_loop_names_both_steps() {
        Node xs = Node.parameter("xs", 1, 20);
        Node last = Scan.over(xs)
                .columns(5)
                .state("h", Node.constant(0))
                .step(s -> s.next(
                        "h",
                        Scan.fold(s.input(), s.state("h"), (h, x) -> h.times(C).plus(sometimes(x)))))
                .last("h");
        GradientReport report = GradientCheck.of(last)
                .at(Feeds.of(xs, allTwoBut(13, 6)).and(C, 0.5))
                .report();
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.node()).contains("in step 3 of ").contains("in step 2 of "));
    }

    @Test
    void a_corner_inside_is_named_with_its_step_and_passes() {
        Finding finding = only(loop(x -> x.minus(1).relu()), allTwoBut(9, 1));
        assertThat(finding.fault()).isEqualTo(Fault.KINK);
        assertThat(finding.operation()).isEqualTo("relu");
        assertThat(finding.node()).contains("in step 9 of ");
    }

    @Test
    void a_body_without_a_fault_is_not_blamed() {
        GradientReport report = GradientCheck.of(loop(x -> x.times(x)).sum())
                .withRespectTo(XS, C)
                .at(Feeds.of(XS, allTwoBut(3, 1)).and(C, 0.5))
                .report();
        assertThat(report.findings()).isEmpty();
        assertThat(report.passed()).isTrue();
    }
}
