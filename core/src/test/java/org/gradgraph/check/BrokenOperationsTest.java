package org.gradgraph.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradgraph.check.BrokenOps.X;
import static org.gradgraph.check.BrokenOps.Y;
import static org.gradgraph.check.BrokenOps.addRow;
import static org.gradgraph.check.BrokenOps.pointwise;
import static org.gradgraph.check.BrokenOps.product;

import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.NoGradientException;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One deliberately broken operation for each kind of fault; each is rejected and the faulty one is named. */
class BrokenOperationsTest {
    /**
     * A fault.
     *
     * @param kind what is wrong
     * @param operation who must be named
     * @param input which of its operands, or 0 if none
     * @param order the order of the check that must see it
     * @param build the broken operation on two 3×3 matrices
     */
    record Case(String kind, String operation, int input, int order, BinaryOperator<Node> build) {
        @Override
        public String toString() {
            return kind;
        }
    }

    private static final Formula SQUARE = X.times(X);
    private static final Formula PRODUCT = X.times(Y);
    private static final Formula ONE = Formula.constant(1);

    private static Case unary(String kind, String operation, Formula formula, BrokenOps.Rule rule) {
        return new Case(kind, operation, 1, 1, (x, w) -> pointwise(operation, formula, rule, x));
    }

    static Stream<Case> cases() {
        return Stream.of(
                unary(
                        "wrong sign",
                        "sign",
                        SQUARE,
                        (in, y, dy) -> List.of(dy.times(in.get(0)).times(-2))),
                unary("a factor", "factor", SQUARE, (in, y, dy) -> List.of(dy.times(in.get(0)))),
                unary(
                        "a tiny factor",
                        "tiny",
                        SQUARE,
                        (in, y, dy) -> List.of(dy.times(in.get(0)).times(2 + 2e-6))),
                unary(
                        "zeros",
                        "zeros",
                        SQUARE,
                        (in, y, dy) -> List.of(Constants.zeros(in.get(0).shape()))),
                unary(
                        "dy forgotten",
                        "alone",
                        SQUARE,
                        (in, y, dy) -> List.of(in.get(0).times(2))),
                unary("dy passed on unchanged", "through", SQUARE, (in, y, dy) -> List.of(dy)),
                unary(
                        "dy squared",
                        "twice",
                        SQUARE,
                        (in, y, dy) -> List.of(dy.square().times(in.get(0)).times(2))),
                unary(
                        "y in place of x",
                        "output",
                        SQUARE,
                        (in, y, dy) -> List.of(dy.times(y).times(2))),
                unary(
                        "a constant too much",
                        "offset",
                        SQUARE,
                        (in, y, dy) -> List.of(dy.times(in.get(0).times(2).plus(0.01)))),
                unary("absolute value lost its sign", "absolute", X.abs(), (in, y, dy) -> List.of(dy)),
                unary(
                        "the sigmoid without 1 − y",
                        "logistic",
                        ONE.dividedBy(ONE.plus(X.negate().exp())),
                        (in, y, dy) -> List.of(dy.times(y))),
                unary(
                        "a quotient without the square",
                        "reciprocal",
                        ONE.dividedBy(X),
                        (in, y, dy) -> List.of(dy.dividedBy(in.get(0)).negate())),
                unary(
                        "wrong only above 10",
                        "large",
                        SQUARE,
                        (in, y, dy) -> List.of(dy.times(in.get(0))
                                .times(2)
                                .plus(Comparisons.where(
                                        Comparisons.greater(Elementary.abs(in.get(0)), Node.constant(10)),
                                        dy,
                                        Constants.zeros(dy.shape()))))),
                unary(
                        "wrong only below 0",
                        "negative",
                        SQUARE,
                        (in, y, dy) ->
                                List.of(dy.times(Elementary.abs(in.get(0))).times(2))),
                unary(
                        "degrees for radians",
                        "degrees",
                        Formula.of(Primitive.SIN, X),
                        (in, y, dy) -> List.of(dy.times(Elementary.cos(in.get(0).times(Math.PI / 180))))),
                new Case("wrong at one element only", "wrongAt", 1, 1, (x, w) -> BrokenOps.wrongAt(x, 1, 2)),
                new Case(
                        "first input only",
                        "firstOnly",
                        2,
                        1,
                        (x, w) -> pointwise(
                                "firstOnly",
                                PRODUCT,
                                (in, y, dy) -> List.of(dy.times(in.get(1)), Constants.zeros(dy.shape())),
                                x,
                                w)),
                new Case(
                        "second input only",
                        "secondOnly",
                        1,
                        1,
                        (x, w) -> pointwise(
                                "secondOnly",
                                PRODUCT,
                                (in, y, dy) -> List.of(Constants.zeros(dy.shape()), dy.times(in.get(0))),
                                x,
                                w)),
                new Case(
                        "inputs swapped",
                        "swapped",
                        1,
                        1,
                        (x, w) -> pointwise(
                                "swapped",
                                PRODUCT,
                                (in, y, dy) -> List.of(dy.times(in.get(0)), dy.times(in.get(1))),
                                x,
                                w)),
                new Case(
                        "a missing term",
                        "missing",
                        1,
                        1,
                        (x, w) -> pointwise(
                                "missing",
                                PRODUCT.plus(X),
                                (in, y, dy) -> List.of(dy.times(in.get(1)), dy.times(in.get(0))),
                                x,
                                w)),
                new Case(
                        "wrong when both operands are one node",
                        "aliased",
                        1,
                        1,
                        (x, w) -> pointwise(
                                "aliased",
                                PRODUCT,
                                (in, y, dy) -> in.get(0).equals(in.get(1)) || sameLeaf(in)
                                        ? List.of(dy.times(in.get(0)), Constants.zeros(dy.shape()))
                                        : List.of(dy.times(in.get(1)), dy.times(in.get(0))),
                                x,
                                x)),
                new Case(
                        "transposed",
                        "transposed",
                        1,
                        1,
                        (x, w) -> product(
                                "transposed",
                                (in, y, dy) -> List.of(
                                        LinearAlgebra.matmul(dy, in.get(1)),
                                        LinearAlgebra.matmul(in.get(0), dy, true, false)),
                                x,
                                w)),
                new Case(
                        "a product in the wrong order",
                        "order",
                        2,
                        1,
                        (x, w) -> product(
                                "order",
                                (in, y, dy) -> List.of(
                                        LinearAlgebra.matmul(dy, in.get(1), false, true),
                                        LinearAlgebra.matmul(dy, in.get(0), true, false)),
                                x,
                                w)),
                new Case(
                        "broadcast not summed, first row only",
                        "firstRow",
                        2,
                        1,
                        (x, w) -> addRow(
                                "firstRow",
                                (in, y, dy) -> List.of(dy, Layout.slice(dy, 0, 1, 0, 3)),
                                x,
                                w.columnSums())),
                new Case(
                        "broadcast averaged",
                        "average",
                        2,
                        1,
                        (x, w) -> addRow(
                                "average",
                                (in, y, dy) -> List.of(dy, dy.columnSums().times(1.0 / 3)),
                                x,
                                w.columnSums())),
                new Case("wrong only in second order", "squareSlope", 1, 2, (x, w) -> BrokenOps.wrongInSecondOrder(x)),
                new Case("frozen in second order", "stopGradient", 1, 2, (x, w) -> BrokenOps.frozenInSecondOrder(x)),
                new Case("says it has no derivative", "falselyCut", 1, 1, (x, w) -> BrokenOps.falselyCut(x)),
                new Case("a stale value", "stale", 1, 1, (x, w) -> BrokenOps.stale(x)),
                new Case("not repeatable", "restless", 0, 1, (x, w) -> BrokenOps.restless(x)));
    }

    private static boolean sameLeaf(List<Node> in) {
        return in.get(0).inputs().equals(in.get(1).inputs())
                && in.get(0).kind() == in.get(1).kind()
                && in.get(0).name().equals(in.get(1).name());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_is_rejected_and_the_faulty_operation_is_named(Case broken) {
        Node x = Node.parameter("x", 3, 3);
        Node w = Node.parameter("w", 3, 3);
        Node y = broken.build().apply(x.times(1.25).named("in"), w.times(0.75));
        Node cost = y.sigmoid().plus(w.times(x).exp().times(0.01)).times(y).sum();
        Feeds point = Feeds.of(x, new double[][] {{0.5, -1.2, 0.9}, {9, 0.3, -0.8}, {1.1, 0.7, -0.4}})
                .and(w, GradientCheckTest.random(3, 3, 0.2, new Random(3)));

        GradientReport report =
                GradientCheck.of(cost).at(point).order(broken.order()).report();

        assertThat(report.passed()).isFalse();
        assertThat(report.findings()).as(report.toString()).isNotEmpty();
        assertThat(report.findings()).extracting(Finding::operation).containsOnly(broken.operation());
        if (broken.input() > 0) {
            assertThat(report.findings()).extracting(Finding::input).contains(broken.input());
        }
        assertThat(report.findings().get(0).source().fileName()).isIn("BrokenOps.java", "BrokenOperationsTest.java");
    }

    @Test
    void a_cotangent_of_the_wrong_shape_is_refused_when_the_gradient_is_built() {
        Node x = Node.parameter("x", 3, 3);
        Node row = Node.parameter("row", 1, 3);
        Node cost = addRow("unsummed", (in, y, dy) -> List.of(dy, dy), x, row).sum();

        assertThatThrownBy(() -> GradientCheck.of(cost)
                        .at(Feeds.of(x, new double[3][3]).and(row, new double[1][3]))
                        .verify())
                .isInstanceOf(NoGradientException.class)
                .hasMessageContaining("cotangent of shape 3×3 for operand 2 of shape 1×3")
                .hasMessageContaining("BrokenOps.java:");
    }

    @Test
    void one_broken_operation_in_a_chain_of_a_thousand_is_named() {
        Node x = Node.parameter("x");
        Node node = x;
        for (int i = 0; i < 1000; i++) {
            node = i == 500
                    ? pointwise("broken", SQUARE, (in, y, dy) -> List.of(dy.times(in.get(0))), node)
                    : i % 2 == 0 ? Elementary.sin(node) : node.plus(0.5);
        }

        GradientReport report = GradientCheck.of(node).at(Feeds.of(x, 0.3)).report();

        assertThat(report.findings()).extracting(Finding::operation).containsExactly("broken");
        assertThat(report.rightOperations()).isEqualTo(999);
        assertThat(report.evaluations()).isLessThan(33_000);
    }
}
