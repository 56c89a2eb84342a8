package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
    private final Dim m = Dim.named("m");

    @Test
    void prints_rows_and_columns_and_puts_sums_in_parentheses() {
        assertThat(Shape.of(30, 569)).hasToString("30×569");
        assertThat(Shape.of(Dim.of(30), m)).hasToString("30×m");
        assertThat(Shape.of(m.plus(Dim.of(1)), m.times(Dim.of(2)))).hasToString("(m + 1)×2·m");
    }

    @Test
    void symbolic_sides_are_equal_when_they_mean_the_same() {
        Dim n = Dim.named("n");
        assertThat(Shape.of(m.plus(n), m))
                .isEqualTo(Shape.of(n.plus(m), Dim.named("m")))
                .hasSameHashCodeAs(Shape.of(n.plus(m), m))
                .isNotEqualTo(Shape.of(m.plus(n), n))
                .isNotEqualTo(Shape.of(n, m))
                .isNotEqualTo("(m + n)×m");
    }

    @Test
    void knows_its_sides() {
        Shape shape = Shape.of(Dim.of(30), m);
        assertThat(shape.rows()).isEqualTo(Dim.of(30));
        assertThat(shape.columns()).isEqualTo(m);
        assertThat(shape.transposed()).isEqualTo(Shape.of(m, Dim.of(30)));
        assertThat(shape.elements()).hasToString("30·m");
        assertThat(shape.symbols()).containsExactly("m");
        assertThat(shape.isFixed()).isFalse();
        assertThat(shape.isScalar()).isFalse();
        assertThat(Shape.SCALAR.isScalar()).isTrue();
        assertThat(Shape.of(1, 2).isScalar()).isFalse();
        assertThat(Shape.of(2, 1).isScalar()).isFalse();
        assertThat(Shape.of(Dim.of(1), m).isScalar()).isFalse();
    }

    @Test
    void is_bound_by_sizes() {
        Sizes sizes = Sizes.of(Map.of("m", 569));
        assertThat(Shape.of(Dim.of(30), m).bind(sizes)).isEqualTo(Shape.of(30, 569));
        assertThat(Shape.of(2, 3).bind(Sizes.none())).isEqualTo(Shape.of(2, 3));
        assertThatThrownBy(() -> Shape.of(m, m).bind(Sizes.of(Map.of("m", 65536))))
                .isInstanceOf(ShapeException.class)
                .hasMessage("the shape 65536×65536 has 4294967296 elements, more than 2147483647; "
                        + "split the matrix into blocks of rows or columns");
    }

    @ParameterizedTest
    @CsvSource({"0,3", "3,0", "0,0", "-1,3", "3,-1"})
    void refuses_an_empty_matrix(int rows, int columns) {
        assertThatThrownBy(() -> Shape.of(rows, columns))
                .isInstanceOf(ShapeException.class)
                .hasMessage("the shape " + rows + "×" + columns
                        + " is refused; every matrix has at least one row and one column");
    }

    @Test
    void refuses_more_elements_than_an_array_can_count() {
        assertThatThrownBy(() -> Shape.of(46341, 46341))
                .isInstanceOf(ShapeException.class)
                .hasMessage("the shape 46341×46341 has 2147488281 elements, more than 2147483647; "
                        + "split the matrix into blocks of rows or columns");
        assertThatThrownBy(() -> Shape.of(65536, 65537))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("has 4295032832 elements");
        assertThat(Shape.of(46340, 46341).elements().size()).isEqualTo(2147441940);
    }

    @Test
    void refuses_one_impossible_side_beside_a_symbol() {
        Dim tooLarge = Dim.of(65536).times(Dim.of(65536));
        assertThatThrownBy(() -> Shape.of(tooLarge, m)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Shape.of(m, m.minus(m)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("a side of 0 is refused; a side is between 1 and 2147483647");
    }
}
