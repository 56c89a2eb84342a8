package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bug class 17: rows·columns beyond {@code int} once wrapped to a wrong positive size. */
class SizeOverflowTest {
    private final Node wide = Node.input("W", 46341, 1);
    private final Node big = Node.input("B", 46340, 46340);

    @Test
    @DisplayName("bug class 17: no operation makes a shape with more elements than int can count")
    void bug_17_no_operation_makes_a_shape_with_more_elements_than_int_can_count() {
        Node row = wide.transpose();
        List<ThrowingCallable> tooLarge = List.of(
                () -> Shape.of(46341, 46341),
                () -> Shape.of(65536, 65537),
                () -> wide.broadcastTo(Shape.of(46341, 46341)),
                () -> wide.matmul(row),
                () -> LinearAlgebra.outer(wide, wide),
                () -> Layout.concatRows(big, big),
                () -> Layout.concatColumns(big, big, big),
                () -> Layout.repeat(wide, 1, 46341),
                () -> Layout.repeat(wide, 65536, 65537),
                () -> Layout.pad(wide, 0, 0, 0, 46340),
                () -> Layout.pad(wide, Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 0),
                () -> Layout.reshape(wide, 65536, 65537),
                () -> LinearAlgebra.diagonalMatrix(wide),
                () -> Indexing.oneHot(wide, 46341, Over.EACH_ROW),
                () -> Indexing.scatterAddRows(big, Reductions.rowSums(big), 65536),
                () -> new Geometry(46341, 46341, 1),
                () -> Convolutions.conv2d(
                        Node.input("X", 10_000, 100_000),
                        Node.input("F", 4, 2500),
                        new Geometry(100, 100, 1).window(50, 50)));
        for (ThrowingCallable operation : tooLarge) {
            assertThatThrownBy(operation)
                    .isInstanceOf(ShapeException.class)
                    .hasMessageFindingMatch("\\d+ elements, more than 2147483647|a side is between 1 and 2147483647");
        }
    }

    @Test
    @DisplayName("bug class 17: a symbolic size that comes out too large is refused when it is bound")
    void bug_17_a_symbolic_size_that_comes_out_too_large_is_refused_when_it_is_bound() {
        Dim m = Dim.named("m");
        Shape square = Shape.of(m, m);
        assertThatThrownBy(() -> square.bind(Sizes.of(java.util.Map.of("m", 46341))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("46341×46341")
                .hasMessageContaining("2147488281");
    }
}
