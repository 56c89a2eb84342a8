package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run whose batch grows and shrinks reads the newest values, though leaves get new arrays when they grow. */
class RebindTest {
    private final Dim m = Dim.named("m");
    private final Node w = Node.parameter("w", 5, 4);
    private final Node x = Node.input("x", 4, m);
    private final Node product = w.matmul(x);
    private final Node gram = LinearAlgebra.matmul(x, x, false, true);
    private final Node row = x.columnSums();
    private final Node small = Reductions.sum(x.exp(), Over.ALL);
    private final Program program = Program.of(product, gram, row, small);

    @ParameterizedTest
    @ValueSource(ints = {4, 700})
    void a_batch_that_grows_and_shrinks_is_read_anew(int large) {
        for (Execution execution :
                new Execution[] {Execution.standard(), Execution.standard().withoutFusion()}) {
            Run used = program.newRun(execution).set(w, values(5, 4, 1));
            int seed = 0;
            for (int size : new int[] {3, large, 3, large + 1, 3}) {
                DMatrixRMaj value = values(4, size, ++seed);
                used.set(x, value).forward();
                Run fresh = program.newRun(execution).set(w, values(5, 4, 1)).set(x, value);
                fresh.forward();
                for (Node node : program.outputs()) {
                    assertThat(used.value(node).data)
                            .as("%s, %s columns", node, size)
                            .containsExactly(fresh.value(node).data);
                }
            }
        }
    }

    private static DMatrixRMaj values(int rows, int columns, int seed) {
        Random random = new Random(seed);
        return DMatrixRMaj.wrap(
                rows, columns, random.doubles((long) rows * columns, -1, 1).toArray());
    }

    @Test
    void a_side_that_is_no_multiple_is_refused_with_what_would_fit() {
        Node x = Node.input("X", Dim.of(2), Dim.of(3).times(Dim.named("n")));
        Run run = Program.of(x.sum()).newRun().set(x, new double[2][10]);

        assertThatThrownBy(run::forward)
                .isInstanceOf(ShapeException.class)
                .hasMessage("\"X\" 2×3·n was fed 2×10; no whole n makes 3·n equal to 10; "
                        + "for example 3 fits, with n = 1");
    }

    @Test
    void a_side_that_a_symbol_does_not_fix_asks_for_another_side() {
        Dim n = Dim.named("n");
        Node x = Node.input("X", Dim.of(2), n.times(n));
        Run run = Program.of(x.sum()).newRun().set(x, new double[2][10]);

        assertThatThrownBy(run::forward)
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("feed an input or parameter that has n as one of its sides");
    }
}
