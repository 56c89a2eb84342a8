package org.gradgraph.examples.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

class LogCoshTest {
    private final Node x = Node.parameter("x", 2, 2);

    @Test
    void its_gradient_and_the_gradient_of_that_are_right() {
        Feeds feeds = Feeds.of(x, new double[][] {{-3, -0.4}, {0.7, 5}});
        Node cost = LogCosh.of(x).sum();
        GradientCheck.of(cost).at(feeds).verify();
        GradientCheck.of(Derivatives.gradient(cost, x).square().sum()).at(feeds).verify();
    }

    @Test
    void it_is_what_its_name_says() {
        double[][] rows = {{-3, 0}, {0.5, 2}};
        Node logCosh = LogCosh.of(x);
        double[] y = Program.of(logCosh).newRun().set(x, rows).forward().value(logCosh).data;
        assertThat(y)
                .containsExactly(
                        new double[] {Math.log(Math.cosh(3)), 0, Math.log(Math.cosh(0.5)), Math.log(Math.cosh(2))},
                        within(1e-15));
    }

    @Test
    void it_does_not_overflow_where_cosh_does() {
        Node far = Node.parameter("far");
        Node y = LogCosh.of(far);
        var run = Program.of(y)
                .withGradients(far)
                .newRun()
                .set(far, -1000)
                .forward()
                .backward();
        assertThat(run.scalar(y)).isCloseTo(1000 - Math.log(2), within(1e-12));
        assertThat(run.gradient(far).get(0)).isEqualTo(-1);
        assertThat(List.of(y.op().orElseThrow())).containsExactly(new LogCosh());
    }
}
