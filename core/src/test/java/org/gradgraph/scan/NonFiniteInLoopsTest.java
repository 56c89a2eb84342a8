package org.gradgraph.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.gradgraph.exec.NonFinite;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Special;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Inside of a loop the first value that is not finite is described as outside. */
class NonFiniteInLoopsTest {
    private final Node x = Node.input("x", 1, 3);
    private final Node p = Node.parameter("p");

    private NonFinite of(Node cost) {
        Run run = Program.of(cost).withGradients(p).newRun();
        return run.set(x, new double[][] {{1, 0, 4}})
                .set(p, 2)
                .forward()
                .backward()
                .firstNonFinite()
                .orElseThrow();
    }

    /** A function that is finite at 0 and infinitely steep there. */
    private interface Steep {
        Node of(Node x);
    }

    static Stream<Steep> steep() {
        return Stream.of(Node::sqrt, x -> x.power(0.5), x -> x.times(3).sqrt().times(2), x -> Special.xLogY(x, x));
    }

    @ParameterizedTest
    @MethodSource("steep")
    void the_gradient_of_a_step_has_the_operation_and_the_hint_of_the_same_without_a_loop(Steep steep) {
        NonFinite outside = of(steep.of(x.times(p)).sum());
        NonFinite inside = of(Scan.fold(x, Node.constant(0), (s, e) -> s.plus(steep.of(e.times(p)))));

        assertThat(inside.backward()).isTrue();
        assertThat(inside.operation()).isEqualTo(outside.operation());
        assertThat(inside.gradientOf()).isEqualTo(outside.gradientOf()).isNotEmpty();
        assertThat(inside.hint()).isEqualTo(outside.hint());
        assertThat(inside.node()).contains("in step 1 of scan");
        assertThat(inside.toString()).doesNotContain("cotangent");
    }

    @Test
    void a_loop_in_a_loop_has_the_same_report() {
        Node inner = Node.constant(new double[][] {{1, 2}});
        NonFinite inside = of(Scan.fold(
                x,
                Node.constant(0),
                (s, e) -> Scan.fold(inner, s, (t, f) -> t.plus(e.times(p).sqrt().times(f)))));

        assertThat(inside.gradientOf()).isEqualTo("sqrt");
        assertThat(inside.toString()).contains("divide in the gradient of sqrt", "hint: sqrt is NaN below 0");
    }

    @Test
    void a_forward_value_has_no_gradient_in_its_report() {
        NonFinite inside =
                of(Scan.fold(x, Node.constant(0), (s, e) -> s.plus(e.times(p).log())));

        assertThat(inside.backward()).isFalse();
        assertThat(inside.gradientOf()).isEmpty();
        assertThat(inside.operation()).isEqualTo("log");
    }
}
