package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class OpSymbolTest {
    private final Node x = Node.parameter("x", 3, 3);

    @Test
    void everyday_operations_have_the_sign_that_people_write() {
        assertThat(symbol(x.plus(x))).isEqualTo("+");
        assertThat(symbol(x.minus(x))).isEqualTo("−");
        assertThat(symbol(x.times(x))).isEqualTo("×");
        assertThat(symbol(x.dividedBy(x))).isEqualTo("÷");
        assertThat(symbol(x.negate())).isEqualTo("−");
        assertThat(symbol(x.square())).isEqualTo("²");
        assertThat(symbol(x.sigmoid())).isEqualTo("σ");
        assertThat(symbol(x.sum())).isEqualTo("Σ");
        assertThat(symbol(x.transpose())).isEqualTo("ᵀ");
        assertThat(symbol(x.matmul(x))).isEqualTo("·");
        assertThat(symbol(LinearAlgebra.matmul(x, x, true, false))).isEqualTo("aᵀ·b");
        assertThat(symbol(LinearAlgebra.matmul(x, x, false, true))).isEqualTo("a·bᵀ");
    }

    @Test
    void attributes_are_part_of_the_sign() {
        assertThat(symbol(x.times(3))).isEqualTo("×3");
        assertThat(symbol(x.times(-0.5))).isEqualTo("×−0.5");
        assertThat(symbol(x.plus(1))).isEqualTo("+1");
        assertThat(symbol(x.minus(1))).isEqualTo("−1");
        assertThat(symbol(Constants.size(Dim.named("m")))).isEqualTo("m");
        assertThat(symbol(Node.constant(2.5))).isEqualTo("2.5");
    }

    @Test
    void an_operation_without_a_sign_shows_its_label() {
        assertThat(symbol(x.log())).isEqualTo("log");
        assertThat(symbol(Node.apply(new Labelled(), x))).isEqualTo("mine(7)");
    }

    private static String symbol(Node node) {
        return node.op().orElseThrow().symbol();
    }

    private record Labelled() implements Kernel {
        @Override
        public String name() {
            return "mine";
        }

        @Override
        public String label() {
            return "mine(7)";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            out.setTo(inputs.get(0));
        }
    }
}
