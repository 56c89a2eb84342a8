package org.gradgraph.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientReport.Fault;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
    private final Node a = Node.parameter("a");
    private final Node b = Node.parameter("b");
    private final Node c = Node.parameter("c");
    private final Feeds course = Feeds.of(a, 5).and(b, 3).and(c, 2);

    static DMatrixRMaj random(int rows, int columns, double spread, Random random) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            matrix.data[i] = spread * random.nextGaussian();
        }
        return matrix;
    }

    @Test
    void the_first_graph_of_the_course_passes_in_one_line() {
        Node j = a.plus(b.times(c)).times(3);

        GradientReport report = GradientCheck.of(j).at(course).report();

        assertThat(report.verdict()).isEqualTo(Verdict.RIGHT);
        assertThat(report.entries()).hasSize(3);
        assertThat(report.largestDifference()).isLessThan(1e-9);
        assertThat(report.toString())
                .matches("gradient check passed: 3 entries, largest difference \\d\\.\\de[-+]\\d\\d");
        assertThat(report.toMarkdown())
                .startsWith("**gradient check passed: 3 entries, ")
                .contains("| \"a\" 1×1 at (0,0) | 3 | 3");
    }

    @Test
    void the_numeric_value_is_the_textbook_value_within_the_tolerance() {
        Node j = a.plus(b.times(c)).times(3);

        GradientReport report = GradientCheck.of(j).at(course).withRespectTo(b).report();

        GradientReport.Entry entry = report.entries().get(0);
        assertThat(entry.numeric()).isBetween(6 - entry.tolerance(), 6 + entry.tolerance());
        assertThat(entry.tolerance()).isLessThan(1e-6);
    }

    @Test
    void inner_nodes_can_be_differentiated_by_and_pass_on_what_they_depend_on() {
        Node u = b.times(c).named("u");
        Node v = a.plus(u).named("v");
        Node j = v.times(v);

        GradientReport report =
                GradientCheck.of(j).at(course).withRespectTo(u, b, v).order(2).report();

        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.entries()).hasSize(6);
    }

    @Test
    void symbolic_dimensions_take_their_size_from_the_point() {
        Dim m = Dim.named("m");
        Node x = Node.input("X", 3, m);
        Node w = Node.parameter("w", 3, 1);
        Node bias = Node.parameter("b");
        Node p = w.transpose().matmul(x).plus(bias).sigmoid();
        Node cost = p.square().mean();
        List<Feeds> points = new ArrayList<>();
        for (int size : new int[] {1, 2, 7}) {
            Random random = new Random(size);
            points.add(Feeds.of(x, random(3, size, 1, random))
                    .and(w, random(3, 1, 1, random))
                    .and(bias, 0.1));
        }

        GradientReport report =
                GradientCheck.of(cost).at(points.toArray(Feeds[]::new)).order(2).report();

        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.entries()).hasSize(3 * 2 * 4);
    }

    @Test
    void no_false_alarm_over_a_thousand_seeds_on_the_graphs_of_the_course() {
        Dim m = Dim.named("m");
        Node x = Node.input("X", 2, m);
        Node y = Node.input("Y", 1, m);
        Node w = Node.parameter("w", 2, 1);
        Node bias = Node.parameter("bias");
        Node p = w.transpose().matmul(x).plus(bias).sigmoid();
        Node logistic = y.times(p.log())
                .plus(y.negate().plus(1).times(p.negate().plus(1).log()))
                .mean()
                .negate();
        Node w1 = Node.parameter("W1", 4, 2);
        Node b1 = Node.parameter("b1", 4, 1);
        Node w2 = Node.parameter("W2", 1, 4);
        Node hidden = Activations.relu(w1.matmul(x).plus(b1)).plus(Elementary.tanh(w1.matmul(x)));
        Node shallow = w2.matmul(hidden).plus(bias).minus(y).square().mean();
        Node planar = Losses.bceWithLogits(
                w2.matmul(Elementary.tanh(w1.matmul(x).plus(b1))).plus(bias), y);
        Node softmax = Losses.crossEntropyWithLogits(
                w1.matmul(x).plus(b1).plus(bias),
                Activations.softmaxColumns(w1.matmul(x).plus(y)),
                Over.EACH_COLUMN);
        Node first = a.plus(b.times(c)).times(3);
        for (int seed = 1; seed <= 1000; seed++) {
            Random random = new Random(seed);
            double spread = Math.pow(10, -2 + 3 * random.nextDouble());
            int examples = 1 + random.nextInt(5);
            DMatrixRMaj labels = new DMatrixRMaj(1, examples);
            for (int i = 0; i < examples; i++) {
                labels.data[i] = random.nextInt(2);
            }
            Feeds data =
                    Feeds.of(x, random(2, examples, 1, random)).and(y, labels).and(bias, random.nextGaussian());
            Feeds forLogistic = data.and(w, random(2, 1, Math.min(spread, 3), random));
            Feeds forSoftmax = data.and(w1, random(4, 2, spread, random)).and(b1, random(4, 1, spread, random));
            Feeds forShallow = forSoftmax.and(w2, random(1, 4, spread, random));
            Feeds scalars = Feeds.of(a, spread * random.nextGaussian())
                    .and(b, spread * random.nextGaussian())
                    .and(c, random.nextGaussian());
            assertPasses(GradientCheck.of(first).at(scalars), seed);
            assertPasses(GradientCheck.of(logistic).at(forLogistic).order(seed % 5 == 0 ? 2 : 1), seed);
            assertPasses(GradientCheck.of(shallow).at(forShallow), seed);
            assertPasses(GradientCheck.of(planar).at(forShallow).order(seed % 25 == 0 ? 2 : 1), seed);
            assertPasses(GradientCheck.of(softmax).at(forSoftmax), seed);
        }
    }

    private static void assertPasses(GradientCheck check, long seed) {
        GradientReport report = check.seed(seed).report();
        assertThat(report.verdict()).as("seed " + seed + "\n" + report).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void order_two_does_without_inputs_that_the_gradient_does_not_need() {
        Node label = Node.input("label");
        Node cost = a.square().minus(label);

        GradientReport report =
                GradientCheck.of(cost).at(Feeds.of(a, 3).and(label, 1)).order(2).report();

        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.RIGHT);
        assertThat(report.entries()).hasSize(2);
    }

    @Test
    void corners_are_a_verdict_and_no_failure() {
        for (Node y : List.of(
                Activations.relu(a),
                Elementary.abs(a),
                Comparisons.maximum(a, Node.constant(0)),
                Comparisons.maximum(a, b))) {
            GradientReport report = GradientCheck.of(y.times(2))
                    .withRespectTo(a)
                    .at(Graph.of(y).contains(b) ? Feeds.of(a, 0).and(b, 0) : Feeds.of(a, 0))
                    .report();

            assertThat(report.verdict()).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
            assertThat(report.passed()).isTrue();
            assertThat(report.findings())
                    .extracting(Finding::operation)
                    .containsExactly(y.op().orElseThrow().label());
            assertThat(report.toString()).contains("not differentiable here");
        }
    }

    /** relu(z) − 0.3·z + log(1 + exp(−|z|)) has the slope 0.2 at 0, and corners only inside. */
    @Test
    void conventions_that_do_not_add_up_are_wrong_although_each_operation_is_right() {
        Node ramp = BrokenOps.pointwise(
                "ramp",
                Formula.of(Primitive.MAX, BrokenOps.X, Formula.constant(0)),
                (in, y, dy) -> List.of(dy.times(Comparisons.greater(in.get(0), Node.constant(0)))),
                a);
        Node size = BrokenOps.pointwise(
                "size", BrokenOps.X.abs(), (in, y, dy) -> List.of(dy.times(Elementary.sign(in.get(0)))), a);
        Node cost = ramp.minus(a.times(0.3)).plus(size.negate().exp().plus(1).log());

        GradientReport report = GradientCheck.of(cost).at(Feeds.of(a, 0)).report();

        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings()).extracting(Finding::operation).containsExactlyInAnyOrder("ramp", "size");
        assertThat(report.findings()).extracting(Finding::fault).containsOnly(Fault.CONVENTIONS);
        assertThat(report.toString()).contains("do not add up");
        assertThat(GradientCheck.of(cost).at(Feeds.of(a, 0.5)).report().verdict())
                .isEqualTo(Verdict.RIGHT);
    }

    @Test
    void near_a_corner_the_steps_shrink_until_they_do_not_cross_it() {
        for (double x : new double[] {1e-3, 1e-5, 1e-7, -1e-7, 3e-6, -3e-6}) {
            GradientReport report = GradientCheck.of(Activations.relu(a).times(3))
                    .at(Feeds.of(a, x))
                    .report();

            assertThat(report.verdict()).as("at " + x + "\n" + report).isEqualTo(Verdict.RIGHT);
            assertThat(report.entries().get(0).tolerance()).isLessThan(1e-5);
        }
    }

    @Test
    void near_the_edge_of_a_domain_the_steps_shrink() {
        for (double x : new double[] {1e-12, 1e-8, 1e-3, 1e6}) {
            GradientReport report = GradientCheck.of(a.log()).at(Feeds.of(a, x)).report();

            assertThat(report.verdict()).as("at " + x + "\n" + report).isEqualTo(Verdict.RIGHT);
            assertThat(report.entries().get(0).tolerance()).isLessThan(1e-4 / x);
        }
    }

    @Test
    void a_value_that_is_not_finite_names_who_made_it() {
        GradientReport report =
                GradientCheck.of(a.log().times(2)).at(Feeds.of(a, 0)).report();

        assertThat(report.verdict()).isEqualTo(Verdict.NOT_FINITE);
        assertThat(report.toString())
                .contains("made by operation log at GradientCheckTest.java:")
                .contains("hint: ");
    }

    @Test
    void a_stopped_gradient_is_treated_as_a_constant() {
        Node cost = a.times(Arithmetic.stopGradient(a.square()));

        GradientReport report =
                GradientCheck.of(cost).at(Feeds.of(a, 3)).order(2).report();

        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.entries()).extracting(GradientReport.Entry::analytic).contains(9.0, 0.0);
    }

    @Test
    void large_matrices_are_checked_along_directions_and_the_wrong_entry_is_found_by_bisection() {
        Node x = Node.parameter("X", 40, 50);
        Node cost = BrokenOps.wrongAt(x, 17, 31).square().sum();
        Feeds point = Feeds.of(x, random(40, 50, 1, new Random(5)));

        GradientReport report = GradientCheck.of(cost).at(point).seed(77).report();

        assertThat(report.verdict()).isEqualTo(Verdict.WRONG);
        GradientReport.Entry worst = report.entries().get(0);
        assertThat(worst.row()).isEqualTo(17);
        assertThat(worst.column()).isEqualTo(31);
        assertThat(report.findings()).hasSize(1);
        assertThat(report.findings().get(0).worst().orElseThrow().row()).isEqualTo(17);
        assertThat(report.toString()).contains("seed 77");
        assertThat(report.evaluations()).isLessThan(4500);
        assertThat(GradientCheck.of(x.square().sum()).at(point).report().evaluations())
                .isLessThan(600);
    }

    @Test
    void a_lost_share_is_found_at_the_sum_and_at_no_operation() {
        Node u = a.exp().named("u");
        Node cost = u.times(b).plus(u.times(c));

        GradientReport report = GradientCheck.of(cost)
                .at(course)
                .differentiatedBy(HardPointsTest.claiming(Map.of(u, b, a, b.times(u))))
                .report();

        assertThat(report.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings()).hasSize(1);
        assertThat(report.findings().get(0).fault()).isEqualTo(Fault.ACCUMULATION);
        assertThat(report.findings().get(0).node()).isEqualTo("\"u\" 1×1");
        assertThat(report.toString())
                .contains("every operation is right, but the cotangents of \"u\" 1×1")
                .contains("are summed incorrectly");
    }

    @Test
    void the_user_may_loosen_or_tighten() {
        Node cost = BrokenOps.factor(a, 1 + 1e-4);
        GradientCheck check = GradientCheck.of(cost).at(Feeds.of(a, 2));

        assertThat(check.report().passed()).isFalse();
        assertThat(check.relative(1e-3).report().passed()).isTrue();
        assertThat(check.absolute(1e-3).report().passed()).isTrue();
        assertThat(check.relative(1e-5).report().passed()).isFalse();
    }

    @Test
    void the_listener_hears_each_node() {
        List<String> heard = new ArrayList<>();

        Node cost = a.plus(b);
        GradientCheck.of(cost)
                .at(Feeds.of(a, 1).and(b, 2))
                .listener((what, done, total) -> heard.add(what + " " + done + "/" + total))
                .verify();

        assertThat(heard).containsExactly("\"a\" 1×1 1/2", "\"b\" 1×1 2/2");
    }

    @Test
    void what_cannot_be_checked_is_refused_with_a_reason() {
        assertThatThrownBy(() -> GradientCheck.of(Node.constant(1)).report())
                .hasMessageContaining("has no parameter; name the nodes");
        assertThatThrownBy(() -> GradientCheck.of(a).at(Feeds.none()).report())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no value");
        assertThatThrownBy(() -> GradientCheck.of(a).order(3)).hasMessageContaining("give 1 (gradient) or 2");
        assertThatThrownBy(() -> GradientCheck.of(a).relative(-1)).hasMessageContaining("give a number from 0 upwards");
        assertThatThrownBy(() -> GradientCheck.of(a).directions(0)).hasMessageContaining("give at least 1");
        assertThatThrownBy(() -> GradientCheck.of(a).at()).hasMessageContaining("give at least one Feeds");
        assertThatThrownBy(() -> GradientCheck.of(a).absolute(Double.NaN))
                .hasMessageContaining("give a number from 0 upwards");
        assertThatThrownBy(() -> GradientCheck.of(a).everyEntryUpTo(-1)).hasMessageContaining("give at least 0");
        assertThatThrownBy(() ->
                        GradientCheck.of(a.times(b)).withRespectTo(c).at(course).report())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "\"c\" 1×1, made at GradientCheckTest\\.java:\\d+, is not part of multiply 1×1, made at"
                                + " GradientCheckTest\\.java:\\d+; use the very node that the cost is made of \\(named\\(\\) makes a copy\\)");
        assertThatThrownBy(() -> GradientCheck.of(a.times(b)).at(course).report())
                .hasMessageContaining("\"c\" 1×1")
                .hasMessageContaining("is not an input or parameter of this program");
        assertThatThrownBy(() -> GradientCheck.of(null)).hasMessageContaining("null; give a value");
        assertThatThrownBy(() -> GradientCheck.of(Node.parameter("M", Shape.of(2, 2)))
                        .at(Feeds.none())
                        .report())
                .hasMessageContaining("2×2");
    }

    @Test
    void a_cost_much_larger_than_its_gradient_still_gets_every_operation_checked() {
        Node big = Node.input("big");
        Node cost = BrokenOps.factor(a, 1.5).plus(big);

        GradientReport report = GradientCheck.of(cost)
                .withRespectTo(a)
                .at(Feeds.of(a, 1e-3).and(big, 1e15))
                .report();

        assertThat(report.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings()).extracting(Finding::operation).containsExactly("factor");
    }
}
