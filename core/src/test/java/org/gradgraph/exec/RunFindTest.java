package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

class RunFindTest {
    private final Node a = Node.parameter("a");
    private final Node u = a.square();
    private final Node j = u.times(3);

    @Test
    void what_cannot_be_read_now_is_empty_instead_of_an_error() {
        Run run = Program.of(j).withGradients(a).newRun();
        assertThat(run.findValue(a)).isEmpty();

        run.set(a, 2);
        assertThat(run.findValue(a))
                .hasValueSatisfying(value -> assertThat(value.get(0)).isEqualTo(2));
        assertThat(run.findValue(j)).isEmpty();

        run.forward();
        assertThat(run.findValue(j))
                .hasValueSatisfying(value -> assertThat(value.get(0)).isEqualTo(12));
        assertThat(run.findValue(u)).as("not kept").isEmpty();
        assertThat(run.findGradient(a)).isEmpty();

        run.backward();
        assertThat(run.findGradient(a))
                .hasValueSatisfying(value -> assertThat(value.get(0)).isEqualTo(12));
        assertThat(run.findGradient(u)).as("not asked for").isEmpty();

        run.set(a, 3);
        assertThat(run.findValue(j)).as("stale").isEmpty();
        assertThat(run.findGradient(a)).as("stale").isEmpty();
    }

    @Test
    void a_run_knows_its_program() {
        Program program = Program.of(j);

        assertThat(program.newRun().program()).isSameAs(program);
    }
}
