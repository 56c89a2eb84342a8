package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

/** J = 3(a + bc) at a = 5, b = 3, c = 2, the computation graph of the course, exactly. */
class FirstMinuteTest {
    private final Node a = Node.parameter("a");
    private final Node b = Node.parameter("b");
    private final Node c = Node.parameter("c");
    private final Node u = b.times(c).named("u");
    private final Node v = a.plus(u).named("v");
    private final Node j = v.times(3).named("J");

    @Test
    void every_value_of_the_forward_pass() {
        Run run = Program.of(j).keeping(u, v).newRun();
        run.set(a, 5).set(b, 3).set(c, 2);
        run.forward();
        assertThat(run.scalar(u)).isEqualTo(6);
        assertThat(run.scalar(v)).isEqualTo(11);
        assertThat(run.scalar(j)).isEqualTo(33);
        assertThat(run.scalar(a)).isEqualTo(5);
    }

    @Test
    void every_derivative_of_the_backward_pass() {
        Run run = Program.of(j).withGradients(a, b, c, u, v, j).newRun();
        run.set(a, 5).set(b, 3).set(c, 2);
        run.forward();
        run.backward();
        assertThat(run.gradient(a).get(0, 0)).isEqualTo(3);
        assertThat(run.gradient(b).get(0, 0)).isEqualTo(6);
        assertThat(run.gradient(c).get(0, 0)).isEqualTo(9);
        assertThat(run.gradient(u).get(0, 0)).isEqualTo(3);
        assertThat(run.gradient(v).get(0, 0)).isEqualTo(3);
        assertThat(run.gradient(j).get(0, 0)).isEqualTo(1);
    }

    @Test
    void no_argument_means_every_parameter() {
        Program program = Program.of(j).withGradients();
        assertThat(program.wrt()).containsExactly(a, b, c);
        assertThat(program.outputs()).containsExactly(j);
        assertThat(program.gradientGraph().roots())
                .extracting(node -> node.name().orElseThrow())
                .containsExactly("da", "db", "dc");
    }

    @Test
    void the_gradients_are_named_after_what_they_belong_to_and_computed_once() {
        assertThat(Program.of(j).withGradients(a, b, c, u, v).gradientGraph()).hasToString("""
                n0: 1×1 = 1
                n1: 1×1 = scale(3) n0 "da"
                n2: 1×1 = scale(3) n0 "du"
                n3: 1×1 = parameter "c"
                n4: 1×1 = multiply n2 n3 "db"
                n5: 1×1 = parameter "b"
                n6: 1×1 = multiply n2 n5 "dc"
                n7: 1×1 = scale(3) n0 "dv"
                return n1 n4 n6 n2 n7
                """);
    }
}
