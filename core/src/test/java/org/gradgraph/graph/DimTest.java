package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DimTest {
    private final Dim m = Dim.named("m");
    private final Dim n = Dim.named("n");

    @Test
    void sums_and_products_do_not_depend_on_the_order() {
        assertThat(m.plus(n)).isEqualTo(n.plus(m)).hasSameHashCodeAs(n.plus(m));
        assertThat(m.times(n)).isEqualTo(n.times(m)).hasSameHashCodeAs(n.times(m));
        assertThat(m.plus(n).times(m.plus(n)))
                .isEqualTo(m.times(m).plus(m.times(n).times(Dim.of(2))).plus(n.times(n)));
        assertThat(m.plus(n)).isNotEqualTo(m.times(n)).isNotEqualTo("m + n");
    }

    @Test
    void a_symbol_is_known_by_its_name() {
        assertThat(Dim.named("m")).isEqualTo(m).isNotEqualTo(n);
        assertThat(m.times(n).plus(m).symbols()).containsExactly("m", "n");
        assertThat(Dim.of(3).symbols()).isEmpty();
    }

    @Test
    void what_cancels_is_gone() {
        assertThat(m.plus(n).minus(n)).isEqualTo(m);
        assertThat(m.plus(Dim.of(3)).minus(m)).isEqualTo(Dim.of(3));
        assertThat(m.plus(Dim.of(3)).minus(m).size()).isEqualTo(3);
        assertThat(m.minus(m).isFixed()).isTrue();
    }

    @Test
    void prints_as_on_paper() {
        assertThat(Dim.of(30)).hasToString("30");
        assertThat(m).hasToString("m");
        assertThat(m.times(Dim.of(2)).plus(Dim.of(1))).hasToString("2·m + 1");
        assertThat(n.plus(m.times(n))).hasToString("m·n + n");
        assertThat(m.minus(n)).hasToString("m − n");
        assertThat(Dim.of(1).minus(m)).hasToString("−m + 1");
        assertThat(m.minus(m)).hasToString("0");
    }

    @Test
    void is_bound_by_sizes() {
        Sizes sizes = Sizes.of(Map.of("m", 5, "n", 3));
        assertThat(m.times(n).plus(m).minus(Dim.of(4)).size(sizes)).isEqualTo(16);
        assertThat(Dim.of(7).size(sizes)).isEqualTo(7);
        assertThat(sizes).hasToString("m = 5, n = 3").isEqualTo(Sizes.of(Map.of("n", 3, "m", 5)));
        assertThat(sizes).hasSameHashCodeAs(Sizes.of(Map.of("n", 3, "m", 5))).isNotEqualTo(Sizes.none());
    }

    @Test
    void knows_when_it_is_fixed() {
        assertThat(Dim.of(1).isOne()).isTrue();
        assertThat(Dim.of(2).isOne()).isFalse();
        assertThat(m.isOne()).isFalse();
        assertThat(m.isFixed()).isFalse();
        assertThat(m.plus(Dim.of(1)).isFixed()).isFalse();
        assertThatThrownBy(m::size)
                .isInstanceOf(ShapeException.class)
                .hasMessage("the size of m is not known yet; it is bound when a run is fed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refuses_an_empty_side(int size) {
        assertThatThrownBy(() -> Dim.of(size))
                .isInstanceOf(ShapeException.class)
                .hasMessage("a side of " + size + " is refused; every matrix has at least one row and one column");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1m", "m n", "m·n", "m\u0000", "m\u202e", "m\n"})
    void refuses_what_is_no_identifier(String symbol) {
        assertThatThrownBy(() -> Dim.named(symbol))
                .isInstanceOf(ShapeException.class)
                .hasMessageEndingWith("is not a name for a dimension; use an identifier, for example Dim.named(\"m\")");
    }

    @Test
    void refuses_an_unbound_symbol_by_name() {
        assertThatThrownBy(() -> m.plus(n).size(Sizes.of(Map.of("m", 5))))
                .isInstanceOf(ShapeException.class)
                .hasMessage("the size of dimension n is not known; "
                        + "feed an input or parameter that has n as one of its sides");
    }

    @Test
    void refuses_a_size_that_comes_out_too_small() {
        assertThatThrownBy(() -> m.minus(n).size(Sizes.of(Map.of("m", 3, "n", 3))))
                .isInstanceOf(ShapeException.class)
                .hasMessage("the side m − n is 0 with m = 3, n = 3; a side is between 1 and 2147483647");
        assertThatThrownBy(() -> m.minus(m).size()).isInstanceOf(ShapeException.class);
    }

    @Test
    void refuses_a_size_beyond_int() {
        assertThatThrownBy(() -> m.times(m).size(Sizes.of(Map.of("m", 65536))))
                .isInstanceOf(ShapeException.class)
                .hasMessage("the side m·m is 4294967296 with m = 65536; a side is between 1 and 2147483647");
        assertThatThrownBy(() -> Dim.of(65536).times(Dim.of(65536)).size())
                .isInstanceOf(ShapeException.class)
                .hasMessage("a side of 4294967296 is refused; a side is between 1 and 2147483647");
    }

    @Test
    void refuses_a_size_beyond_long() {
        Dim cube = m.times(m).times(m);
        Sizes huge = Sizes.of(Map.of("m", Integer.MAX_VALUE));
        assertThatThrownBy(() -> cube.size(huge)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> m.times(m).plus(m.times(m)).plus(m.times(m)).size(huge))
                .isInstanceOf(ShapeException.class);
        Dim square = Dim.of(Integer.MAX_VALUE).times(Dim.of(Integer.MAX_VALUE));
        assertThatThrownBy(() -> square.times(square))
                .isInstanceOf(ShapeException.class)
                .hasMessageEndingWith("is too large to count; a side is between 1 and 2147483647");
        assertThatThrownBy(() -> square.plus(square).plus(square)).isInstanceOf(ShapeException.class);
    }

    @Test
    void refuses_sizes_below_one() {
        assertThatThrownBy(() -> Sizes.of(Map.of("m", 0)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("dimension m is 0; every matrix has at least one row and one column");
    }

    @Test
    void a_factor_of_every_term_divides() {
        Dim m = Dim.named("m");
        Dim t = Dim.named("T");
        assertThat(m.times(t).dividedBy(m)).isEqualTo(t);
        assertThat(Dim.of(12).times(t).plus(Dim.of(8)).dividedBy(Dim.of(4)))
                .isEqualTo(Dim.of(3).times(t).plus(Dim.of(2)));
        assertThatThrownBy(() -> m.plus(t).dividedBy(m))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("cannot be divided by m");
        assertThatThrownBy(() -> Dim.of(7).dividedBy(Dim.of(2))).isInstanceOf(ShapeException.class);
    }

    @Test
    void a_symbol_is_solved_for_if_a_whole_number_fits() {
        Dim t = Dim.named("T");
        Sizes four = Sizes.of(Map.of("m", 4));
        assertThat(Dim.named("m").times(t).plus(Dim.of(2)).solve("T", four, 14)).hasValue(3);
        assertThat(Dim.of(8).times(t).solve("T", four, 33)).isEmpty();
        assertThat(t.plus(Dim.of(3)).solve("T", four, 3)).as("0 is no size").isEmpty();
        assertThat(t.times(t).solve("T", four, 9)).as("not linear").isEmpty();
    }
}
