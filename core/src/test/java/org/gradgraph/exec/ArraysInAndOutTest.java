package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.ShapeException;
import org.junit.jupiter.api.Test;

/** Flat, nested and single numbers in and out: always row by row, always copied. */
class ArraysInAndOutTest {
    private final Node x = Node.parameter("X", 2, Dim.named("m"));
    private final Node y = x.times(2).named("Y");
    private final Node corner = y.at(1, 2).named("corner");
    private final Program program = Program.of(corner).keeping(y).withGradients(x, corner);

    @Test
    void elements_go_in_and_come_out_row_by_row() {
        double[] flat = {1, 2, 3, 4, 5, 6};
        Run run = program.newRun().set(x, 2, 3, flat);
        flat[0] = 100;
        run.forward().backward();

        assertThat(run.rows(y)).isDeepEqualTo(new double[][] {{2, 4, 6}, {8, 10, 12}});
        assertThat(run.elements(y)).containsExactly(2, 4, 6, 8, 10, 12);
        assertThat(run.element(y, 1, 0)).isEqualTo(8);
        assertThat(run.scalar(corner)).isEqualTo(12);
        assertThat(run.gradientElements(x)).containsExactly(0, 0, 0, 0, 0, 2);
        assertThat(run.gradientRows(x)).isDeepEqualTo(new double[][] {{0, 0, 0}, {0, 0, 2}});
        assertThat(run.gradientScalar(corner)).isEqualTo(1);
    }

    @Test
    void what_is_read_is_a_copy_as_long_as_the_matrix_even_after_a_larger_one() {
        Run run = program.newRun().set(x, 2, 4, new double[8]).forward();
        run.set(x, 2, 3, new double[] {1, 2, 3, 4, 5, 6}).forward();
        run.elements(x)[0] = 100;
        run.rows(x)[1][0] = 100;
        assertThat(run.elements(x)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void feeds_and_constants_take_elements_as_runs_do() {
        double[] flat = {1, 2, 3, 4, 5, 6};
        Run run = program.newRun().set(Feeds.of(x, 2, 3, flat)).forward();
        assertThat(run.elements(y)).containsExactly(2, 4, 6, 8, 10, 12);
        assertThat(Feeds.none().and(x, 3, 2, flat).asMap().get(x).get(1, 0)).isEqualTo(3);
        Node k = Node.constant(2, 3, flat);
        flat[0] = 100;
        assertThat(Program.of(k).newRun().forward().rows(k)).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
    }

    @Test
    void elements_that_do_not_fill_the_shape_are_refused_with_the_node() {
        Run run = program.newRun();
        assertThatThrownBy(() -> run.set(x, 2, 3, new double[5]))
                .isInstanceOf(ShapeException.class)
                .hasMessageMatching("the value for \"X\" 2×m, made at ArraysInAndOutTest.java:\\d+:"
                        + " 2×3 has 6 elements, the array has 5; give the elements row by row");
        assertThatThrownBy(() -> Feeds.of(x, 0, 3, new double[0])).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Node.constant(2, 2, new double[5]))
                .hasMessage("2×2 has 4 elements, the array has 5; give the elements row by row");
        assertThatThrownBy(() -> run.set(x, 3, 2, new double[6]))
                .as("the sides are those of the matrix, not only their product")
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void what_is_not_there_is_refused() {
        Run run = program.newRun().set(x, 2, 3, new double[6]).forward();
        assertThatThrownBy(() -> run.gradientScalar(corner)).isInstanceOf(IllegalStateException.class);
        run.backward();
        assertThatThrownBy(() -> run.gradientScalar(x))
                .isInstanceOf(ShapeException.class)
                .hasMessage("\"X\" 2×m is 2×3, not a single number; read it with gradient(node)");
        assertThatThrownBy(() -> run.element(y, 2, 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Run.element: \"Y\" 2×m is 2×3 and has no element (2,0);"
                        + " rows and columns are counted from 0");
        assertThatThrownBy(() -> run.element(y, 0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> x.at(2, 0))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("rows 2 to 3 of 2");
    }
}
