package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule may make a node equal to the user's; what goes through it alone is no part of the derivative by the user's. */
class GradientsByInnerNodesTest {
    private static final double A = 0.7;
    private static final double B = 0.4;
    private static final Node X = Node.parameter("x");
    private static final Node Y = Node.parameter("y");

    /** A cost, one of its inner nodes, and the derivative by it. */
    record Case(String name, Node cost, Node inner, double derivative) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        Node square = X.square().named("S");
        Node power = X.exp().square().named("S");
        Shape row = Shape.of(Dim.of(1), Dim.of(3));
        double s = A * A;
        return Stream.of(
                new Case("a norm beside it", square.sin().plus(X.norm2().square()), square, Math.cos(s)),
                new Case("a norm above it", square.dividedBy(X.norm2()), square, 1 / A),
                new Case("the same sum", square.sum().sin().plus(X.norm2().square()), square, Math.cos(s)),
                new Case(
                        "a repetition",
                        square.sin().plus(X.broadcastTo(row).square().sum()),
                        square,
                        Math.cos(s)),
                new Case(
                        "a concatenation",
                        power.plus(Layout.concatRows(X.exp(), Y).square().sum()),
                        power,
                        1),
                new Case(
                        "a hypotenuse",
                        square.times(3).plus(Elementary.hypot(X, Y).square()),
                        square,
                        3),
                new Case("the same twice", square.plus(X.square().times(5)), square, 1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_derivative_by_an_inner_node_is_that_of_the_composed_cost(Case each) {
        for (Rewriting rewriting : Rewriting.values()) {
            Node derivative = Derivatives.gradient(each.cost, each.inner);
            Program program =
                    Program.of(each.cost, derivative).withGradients(each.inner).rewrite(rewriting);
            Run run = program.newRun().set(Feeds.of(X, A).and(Y, B).readBy(program));
            run.forwardAndBackward();

            assertThat(run.gradientScalar(each.inner))
                    .as("%s", rewriting)
                    .isCloseTo(each.derivative, within(4 * Math.ulp(each.derivative)));
            assertThat(run.scalar(derivative))
                    .as("Derivatives, %s", rewriting)
                    .isCloseTo(each.derivative, within(4 * Math.ulp(each.derivative)));
        }
    }
}
