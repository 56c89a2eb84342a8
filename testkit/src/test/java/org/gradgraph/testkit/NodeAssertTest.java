package org.gradgraph.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradgraph.testkit.GradgraphAssertions.assertThat;

import java.util.List;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.Test;

class NodeAssertTest {
    private final Dim m = Dim.named("m");
    private final Node x = Node.input("X", 3, m);
    private final Node w = Node.parameter("w", 3, 1);
    private final Node z = w.transpose().matmul(x).named("Z");
    private final Feeds feeds =
            Feeds.of(x, new double[][] {{1, 2}, {3, 4}, {5, 6}}).and(w, new double[][] {{0.1}, {-0.2}, {0.3}});

    private static Node wrongSquare(Node x) {
        Formula argument = Formula.argument(0);
        return Node.apply(
                new TestOps.Pointwise(
                        "wrongSquare",
                        argument.times(argument),
                        (in, dy) -> List.of(dy.times(in.get(0)).times(3))),
                x);
    }

    @Test
    void shapes_are_given_in_numbers_in_dimensions_or_whole() {
        assertThat(z).hasShape(1, m).hasShape(Shape.of(Dim.of(1), m));
        assertThat(w).hasShape(3, 1);
        assertThat(x.transpose()).hasShape(m, 3);
    }

    @Test
    void another_shape_is_told_with_the_line_of_the_node() {
        assertThatThrownBy(() -> assertThat(z).hasShape(1, 5))
                .isInstanceOf(AssertionError.class)
                .message()
                .matches(
                        "Expecting \"Z\" 1×m, made at NodeAssertTest\\.java:\\d+, to have the shape 1×5 but it is 1×m");
        assertThatThrownBy(() -> assertThat(z).hasShape(m, 1)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> assertThat(z).hasShape(1, Dim.named("n"))).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_right_gradient_passes_also_of_a_matrix() {
        assertThat(z.sigmoid()).hasCorrectGradientAt(feeds).hasCorrectSecondDerivativeAt(feeds);
        assertThat(z.square().mean()).hasCorrectGradientAt(feeds);
    }

    @Test
    void a_wrong_gradient_fails_with_the_report_of_the_check() {
        assertThatThrownBy(() -> assertThat(wrongSquare(z).sum()).hasCorrectGradientAt(feeds))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("gradient check failed: 3 of 3 entries are wrong")
                .hasMessageContaining("operation `wrongSquare`");
    }

    @Test
    void a_wrong_second_derivative_fails() {
        Node halfRight = Node.apply(
                new TestOps.Pointwise(
                        "halfRight",
                        Formula.argument(0).times(Formula.argument(0)),
                        (in, dy) -> List.of(
                                dy.times(Arithmetic.stopGradient(in.get(0).times(2))))),
                z);

        assertThat(halfRight).hasCorrectGradientAt(feeds);
        assertThatThrownBy(() -> assertThat(halfRight).hasCorrectSecondDerivativeAt(feeds))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("in the gradient of `halfRight`");
    }

    @Test
    void equivalent_nodes_have_the_same_values() {
        assertThat(z.times(2)).isEquivalentTo(z.plus(z));
        assertThat(z.sigmoid().log()).isEquivalentTo(Activations.logSigmoid(z), feeds);
    }

    @Test
    void nodes_that_differ_somewhere_are_told_apart() {
        assertThatThrownBy(() -> assertThat(w.times(2).named("twice"))
                        .isEquivalentTo(w.square().named("square")))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expecting \"twice\" 3×1 to be equivalent to \"square\" 3×1")
                .hasMessageContaining("the worst is (");
        assertThatThrownBy(() -> assertThat(w).isEquivalentTo(w.plus(1e-6))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> assertThat(w).isEquivalentTo(w.transpose()))
                .hasMessageContaining("to have the shape 1×3 but it is 3×1");
    }

    @Test
    void descriptions_and_own_messages_are_those_of_assertj() {
        assertThatThrownBy(() -> assertThat(z).as("scores").hasShape(2, 2))
                .hasMessageStartingWith("[scores] Expecting");
        assertThatThrownBy(() -> assertThat(wrongSquare(w)).as("cost").hasCorrectGradientAt(Feeds.of(w, w3())))
                .hasMessageStartingWith("[cost] gradient check failed");
        assertThatThrownBy(() ->
                        assertThat(w).overridingErrorMessage("not the same").isEquivalentTo(w.times(2)))
                .hasMessage("not the same");
        assertThatThrownBy(() -> assertThat(w).withFailMessage("100 %").hasShape(1, 1))
                .hasMessage("100 %");
    }

    private static double[][] w3() {
        return new double[][] {{1}, {2}, {3}};
    }

    @Test
    void null_is_told_in_words() {
        assertThatThrownBy(() -> assertThat((Node) null).hasShape(1, 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expecting actual not to be null");
        assertThatThrownBy(() -> assertThat(w).hasShape(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assertThat(w).hasCorrectGradientAt(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assertThat(w).isEquivalentTo(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assertThat(w).isEquivalentTo(w, null)).isInstanceOf(IllegalArgumentException.class);
    }
}
