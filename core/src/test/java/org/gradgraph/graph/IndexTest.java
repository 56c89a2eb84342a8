package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row numbers that are none. */
class IndexTest {
    private static final double NAN = Double.NaN;
    private final Node table = Node.constant(new double[][] {{1, 2}, {3, 4}});

    @ParameterizedTest
    @ValueSource(doubles = {-1, 2, 0.5, 1e300})
    void a_number_that_is_not_that_of_a_row_is_refused_with_its_place(double number) {
        Node index = Node.constant(new double[][] {{0}, {number}});
        for (Node lookup : List.of(
                Indexing.gatherRows(table, index),
                Indexing.scatterAddRows(table, index, 2),
                Indexing.oneHot(index, 2, Over.EACH_ROW))) {
            assertThatThrownBy(() -> value(lookup))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("place 1")
                    .hasMessageContaining("from 0 to 1");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {NAN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void a_number_that_is_not_finite_gives_nan_and_is_never_swallowed(double number) {
        Node index = Node.constant(new double[][] {{1}, {number}});
        assertThat(value(Indexing.gatherRows(table, index))).containsExactly(3, 4, NAN, NAN);
        assertThat(value(Indexing.oneHot(index, 2, Over.EACH_ROW))).containsExactly(0, 1, NAN, NAN);
        assertThat(value(Indexing.scatterAddRows(table, index, 2))).containsExactly(NAN, NAN, NAN, NAN);
    }

    @Test
    void numbers_in_a_matrix_are_refused_when_the_graph_is_built() {
        assertThatThrownBy(() -> Indexing.oneHot(table, 2, Over.EACH_ROW))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("a row of numbers with EACH_COLUMN");
        assertThatThrownBy(() -> Indexing.gatherRows(table, table))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("2×2 is not a vector");
    }

    private static double[] value(Node node) {
        return Computation.value(node);
    }
}
