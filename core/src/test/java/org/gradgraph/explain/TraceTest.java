package org.gradgraph.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

/** The table of both passes. */
class TraceTest {
    private final Node a = Node.parameter("a");
    private final Node b = Node.parameter("b");
    private final Node c = Node.parameter("c");
    private final Node j = a.plus(b.times(c).named("u")).named("v").times(3).named("J");

    @Test
    void the_computation_graph_of_the_notes() {
        Run run = Trace.program(j)
                .newRun()
                .set(a, 5)
                .set(b, 3)
                .set(c, 2)
                .forward()
                .backward();

        assertThat(Trace.of(run)).hasToString("""
                # | node | formula   | value | derivative | its value
                1 | a    | parameter | 5     | da = 3     | 3
                2 | b    | parameter | 3     | db = 3·c   | 6
                3 | c    | parameter | 2     | dc = 3·b   | 9
                4 | u    | b·c       | 6     | du = 3     | 3
                5 | v    | a + u     | 11    | dv = 3     | 3
                6 | J    | 3·v       | 33    | dJ = 1     | 1
                """);
        assertThat(Trace.of(run).markdown()).startsWith("""
                | # | node | formula | value | derivative | its value |
                |---|---|---|---|---|---|
                | 1 | a | parameter | 5 | da = 3 | 3 |
                """);
    }

    @Test
    void what_the_run_cannot_give_is_left_empty() {
        Run run = Program.of(j).newRun().set(a, 5).set(b, 3).set(c, 2).forward();

        assertThat(Trace.of(run).rows().get(3)).containsExactly("4", "u", "b·c", "", "", "");
        assertThat(Trace.of(run).rows().get(5)).containsExactly("6", "J", "3·v", "33", "", "");
    }

    @Test
    void long_matrices_are_summarised() {
        Node x = Node.parameter("x", 2, 4);
        Run run = Trace.program(x.sum())
                .newRun()
                .set(x, new DMatrixRMaj(new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}}))
                .forward()
                .backward();

        assertThat(Trace.of(run).rows().get(0).get(3)).isEqualTo("2×4 from 1 to 8, mean 4.5");
    }
}
