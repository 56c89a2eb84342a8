package org.gradgraph.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.NoGradientException;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

class GradientReachTest {
    private final Node w = Node.parameter("w", 3, 1);
    private final Node b = Node.parameter("b");

    @Test
    void each_parameter_says_how_the_gradient_gets_there() {
        Node t = Node.parameter("t");
        Node lookup = Node.parameter("lookup", 3, 1);
        Node unused = Node.parameter("unused");
        Node noGradient = Node.apply(
                new BrokenOps.Made("table", in -> in.get(0), (in, out) -> out.setTo(in.get(0)), (in, y, dy) -> {
                    throw new NoGradientException("operation table has no vjp");
                }),
                lookup);
        Node cost = w.times(Arithmetic.stopGradient(t)).plus(noGradient).plus(b).sum();

        GradientReach reach = GradientReach.of(cost, w, b, t, lookup, unused);

        assertThat(reach.parameters())
                .extracting(GradientReach.Parameter::reach)
                .containsExactly(
                        GradientReach.Reach.REACHED,
                        GradientReach.Reach.REACHED,
                        GradientReach.Reach.STOPPED,
                        GradientReach.Reach.UNDEFINED,
                        GradientReach.Reach.NOT_REACHED);
        assertThat(reach.toString().replaceAll("java:\\d+", "java:12")).isEqualTo("""
                "w" 3×1: reached
                "b" 1×1: reached
                "t" 1×1: stopped by stopGradient 1×1, made at GradientReachTest.java:12
                "lookup" 3×1: undefined; table 3×1, made at GradientReachTest.java:12, has no gradient
                "unused" 1×1: not reached; the cost does not depend on it""");
    }

    @Test
    void one_open_path_is_enough_but_a_missing_gradient_on_any_path_is_an_error() {
        Node open = b.times(2).plus(Arithmetic.stopGradient(b));
        assertThat(GradientReach.of(open).parameters())
                .extracting(GradientReach.Parameter::reach)
                .isEqualTo(List.of(GradientReach.Reach.REACHED));
        Node table = Node.apply(
                new BrokenOps.Made("table", in -> in.get(0), (in, out) -> out.setTo(in.get(0)), (in, y, dy) -> {
                    throw new NoGradientException("operation table has no vjp");
                }),
                b);
        for (Node both : List.of(table.plus(b), b.plus(table), b.plus(table).plus(Arithmetic.stopGradient(b)))) {
            assertThat(GradientReach.of(both).parameters())
                    .extracting(GradientReach.Parameter::reach)
                    .isEqualTo(List.of(GradientReach.Reach.UNDEFINED));
        }
        assertThat(GradientReach.of(Elementary.floor(b)).parameters())
                .extracting(GradientReach.Parameter::reach)
                .isEqualTo(List.of(GradientReach.Reach.STOPPED));
    }
}
