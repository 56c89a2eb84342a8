package org.gradgraph.examples.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gradgraph.check.GradientCheck;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.ShapeException;
import org.junit.jupiter.api.Test;

class OwnOperationsTest {
    private final Node x = Node.parameter("x", 2, 2);
    private final Feeds feeds = Feeds.of(x, new double[][] {{1, -1}, {7, 7}});

    private double value(Node y) {
        return Program.of(y).newRun().set(feeds).forward().scalar(y);
    }

    @Test
    void a_kernel_and_a_composite_compute_what_their_names_say() {
        assertThat(value(Trace.of(x))).isEqualTo(8);
        assertThat(value(RootMeanSquare.of(x))).isEqualTo(5);
    }

    @Test
    void their_first_and_second_derivatives_are_right() {
        GradientCheck.of(Trace.of(x.square())).at(feeds).order(2).verify();
        GradientCheck.of(RootMeanSquare.of(x)).at(feeds).order(2).verify();
    }

    @Test
    void there_is_no_trace_of_a_matrix_that_is_not_square() {
        assertThatThrownBy(() -> Trace.of(Node.input("wide", 2, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("give one square matrix");
    }
}
