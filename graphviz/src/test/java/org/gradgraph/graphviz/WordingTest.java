package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Notation;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.Test;

class WordingTest {
    private final Node x = Node.parameter("x", 3, 3);

    @Test
    void an_operation_is_written_in_the_layout_that_it_names() {
        assertThat(written(x.plus(x))).isEqualTo("a + b");
        assertThat(written(x.minus(x))).isEqualTo("a − b");
        assertThat(written(x.plus(1))).isEqualTo("a + 1");
        assertThat(written(x.minus(0.5))).isEqualTo("a − 0.5");
        assertThat(written(x.times(x))).isEqualTo("a × b");
        assertThat(written(x.times(3))).isEqualTo("3 × a");
        assertThat(written(x.times(-3))).isEqualTo("−3 × a");
        assertThat(written(x.dividedBy(x))).isEqualTo("a / b");
        assertThat(written(x.negate())).isEqualTo("−a");
        assertThat(written(x.square())).isEqualTo("a²");
        assertThat(written(x.transpose())).isEqualTo("aᵀ");
        assertThat(written(x.matmul(x))).isEqualTo("a · b");
        assertThat(written(LinearAlgebra.matmul(x, x, true, false))).isEqualTo("aᵀ · b");
        assertThat(written(LinearAlgebra.matmul(x, x, false, true))).isEqualTo("a · bᵀ");
        assertThat(written(x.sigmoid())).isEqualTo("σ(a)");
        assertThat(written(x.sum())).isEqualTo("Σ a");
        assertThat(written(x.sum().broadcastTo(x.shape()))).isEqualTo("broadcast(a)");
        assertThat(written(Constants.size(Dim.named("m")))).isEqualTo("m");
        assertThat(written(Node.constant(2.5))).isEqualTo("2.5");
    }

    @Test
    void a_layout_that_does_not_fit_the_operands_is_no_error() {
        for (Notation notation : List.of(
                new Notation.Minus(),
                new Notation.Quotient(),
                new Notation.Terms(List.of(true), 0),
                new Notation.MatrixProduct(true, true),
                new Notation.Superscript("²", "2"))) {
            Op odd = new Odd(notation);

            assertThat(Wording.of(odd, List.of("a", "b", "c"))).isEqualTo("odd(a, b, c)");
            assertThat(Wording.of(odd, List.of())).isEqualTo("odd");
        }
    }

    @Test
    void a_raised_sign_alone_shows_that_something_is_below_it() {
        assertThat(Wording.alone(x.square().op().orElseThrow())).isEqualTo("…²");
        assertThat(Wording.alone(x.plus(x).op().orElseThrow())).isEqualTo("+");
    }

    private static String written(Node node) {
        List<String> operands = List.of("a", "b").subList(0, node.inputs().size());
        return Wording.of(node.op().orElseThrow(), operands);
    }

    private record Odd(Notation notation) implements Kernel {
        @Override
        public String name() {
            return "odd";
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
