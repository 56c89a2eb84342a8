package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
    private record Twice() implements Elementwise {
        @Override
        public String name() {
            return "twice";
        }

        @Override
        public Formula formula() {
            return Formula.argument(0).plus(Formula.argument(1));
        }
    }

    private final Node row = Node.input("row", 1, 3);
    private final Node table = Node.input("table", 2, 3);

    @Test
    void operands_that_would_broadcast_are_told_how_to() {
        for (List<Node> operands : List.of(List.of(row, table), List.of(table, row))) {
            assertThatThrownBy(() -> Node.apply(new Twice(), operands))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("twice")
                    .hasMessageContaining("1×3")
                    .hasMessageContaining("broadcastTo");
        }
    }

    @Test
    void operands_that_never_fit_are_told_the_side() {
        assertThatThrownBy(() -> Node.apply(new Twice(), table, Node.input("other", 2, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("2×3 and 2×4");
    }

    @Test
    void a_wrong_number_of_operands_is_told_the_right_one() {
        assertThatThrownBy(() -> Node.apply(new Twice(), table))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("takes 2 operands, not 1");
    }
}
