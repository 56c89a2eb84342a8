package org.gradgraph.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gradgraph.check.BrokenOps.X;
import static org.gradgraph.check.BrokenOps.pointwise;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Primitive;
import org.gradgraph.scan.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A choice or a mask hides values that are not finite; what they are made of is judged by its finite elements. */
class HiddenNaNTest {
    private static final double NAN = Double.NaN;

    private final Node u = Node.parameter("u", 1, 3);
    private final Feeds mixed = Feeds.of(u, new double[][] {{2, -3, 4}});

    private static Node positive(Node u, Node ifPositive) {
        return Comparisons.where(Comparisons.greater(u, 0), ifPositive, u.times(2))
                .sum();
    }

    /** A function of one operand that is not finite at −3, with its name in a failure. */
    private record Hidden(String name, UnaryOperator<Node> function) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Hidden> hidden() {
        return Stream.of(
                new Hidden("log", Node::log),
                new Hidden("sqrt", Node::sqrt),
                new Hidden("log of log", x -> x.log().log()),
                new Hidden("power", x -> x.power(1.5)),
                new Hidden("exp overflows", x -> x.times(-1000).exp().times(1e-3)),
                new Hidden("acosh", Elementary::acosh),
                new Hidden("atanh", x -> Elementary.atanh(x.times(0.2).minus(0.5))),
                new Hidden("sum", x -> x.sqrt().plus(x.log())),
                new Hidden(
                        "matrix product",
                        x -> LinearAlgebra.matmul(x.sqrt().transpose(), Node.constant(new double[][] {{2}}))
                                .transpose()),
                new Hidden("loop", x -> Scan.map(x, column -> column.sqrt().plus(column))));
    }

    @ParameterizedTest
    @MethodSource("hidden")
    void what_a_choice_hides_is_not_called_wrong(Hidden hidden) {
        Node cost = positive(u, hidden.function.apply(u));

        for (int order = 1; order <= 2; order++) {
            GradientReport report =
                    GradientCheck.of(cost).at(mixed).order(order).report();

            assertThat(report.passed()).as(report.toString()).isTrue();
        }
    }

    @Test
    void directions_through_many_elements_leave_out_what_is_hidden() {
        Node many = Node.parameter("many", 20, 20);
        double[][] values = new double[20][20];
        for (int i = 0; i < 400; i++) {
            values[i / 20][i % 20] = i % 3 == 0 ? -1 - i : 1 + 0.01 * i;
        }
        Feeds feeds = Feeds.of(many, values);

        GradientReport right =
                GradientCheck.of(positive(many, many.log())).at(feeds).report();
        GradientReport wrong = GradientCheck.of(positive(many, brokenLog(many, 1.001)))
                .at(feeds)
                .report();

        assertThat(right.passed()).as(right.toString()).isTrue();
        assertThat(wrong.findings()).extracting(Finding::operation).containsExactly("brokenLog");
    }

    @Test
    void where_everything_is_hidden_nothing_is_called_wrong() {
        GradientReport report = GradientCheck.of(positive(u, u.log()))
                .at(Feeds.of(u, new double[][] {{-2, -3, -4}}))
                .report();

        assertThat(report.passed()).as(report.toString()).isTrue();
    }

    @Test
    void a_mask_hides_missing_data() {
        Node data = Node.input("data", 1, 3);
        Node known = Node.constant(new double[][] {{1, 0, 1}});
        Node cost = Comparisons.mask(u.minus(data).square(), known).sum();
        Feeds feeds = mixed.and(data, new double[][] {{1, NAN, 2}});

        for (int order = 1; order <= 2; order++) {
            GradientReport report =
                    GradientCheck.of(cost).at(feeds).order(order).report();

            assertThat(report.passed()).as(report.toString()).isTrue();
        }
    }

    @Test
    void an_infinite_result_may_be_hidden_by_a_quotient() {
        GradientReport report = GradientCheck.of(
                        u.times(-300).exp().plus(1).reciprocal().sum())
                .at(mixed)
                .report();

        assertThat(report.passed()).as(report.toString()).isTrue();
    }

    /** A logarithm whose derivative is off by a factor. */
    private static Node brokenLog(Node x, double factor) {
        return pointwise(
                "brokenLog",
                Formula.of(Primitive.LOG, X),
                (in, y, dy) -> List.of(dy.dividedBy(in.get(0)).times(factor)),
                x);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.001, -1, 0, 2})
    void a_wrong_rule_is_found_by_its_finite_elements(double factor) {
        GradientReport report =
                GradientCheck.of(positive(u, brokenLog(u, factor))).at(mixed).report();

        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings()).extracting(Finding::operation).containsExactly("brokenLog");
    }

    @Test
    void a_wrong_rule_is_found_where_a_mask_hides_missing_data() {
        Node data = Node.input("data", 1, 3);
        Node known = Node.constant(new double[][] {{1, 0, 1}});
        Node square = pointwise(
                "brokenSquare",
                X.times(X),
                (in, y, dy) -> List.of(dy.times(in.get(0)).times(1.5)),
                u.minus(data));
        Node cost = Comparisons.where(known, square, Node.constant(0)).sum();
        Feeds feeds = mixed.and(data, new double[][] {{1, Double.POSITIVE_INFINITY, 2}});

        GradientReport report = GradientCheck.of(cost).at(feeds).report();

        assertThat(report.passed()).as(report.toString()).isFalse();
    }

    @Test
    void a_nonlinear_rule_is_found_among_hidden_elements() {
        Node clipped = pointwise(
                "clipped",
                Formula.of(Primitive.LOG, X),
                (in, y, dy) -> List.of(Comparisons.clip(dy, -5, 5).dividedBy(in.get(0))),
                u);

        GradientReport report = GradientCheck.of(positive(u, clipped)).at(mixed).report();

        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
    }
}
