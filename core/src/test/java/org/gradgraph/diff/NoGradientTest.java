package org.gradgraph.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.Here;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.NoGradientException;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.Test;

/** What cannot be differentiated is reported when the gradient graph is built, with the line of the guilty node. */
class NoGradientTest {

    /** The user's own operation, which has no vjp. */
    private record Mystery() implements Kernel {
        @Override
        public String name() {
            return "mystery";
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

    /** The user's own operation, whose vjp answers anything. */
    private record Answering(Function<List<Node>, List<Node>> answer) implements Kernel {
        @Override
        public String name() {
            return "answering";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            out.setTo(inputs.get(0));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return answer.apply(inputs);
        }
    }

    @Test
    void an_operation_without_a_vjp_is_named_with_its_line() {
        Node x = Node.parameter("x");
        Node y = Node.apply(new Mystery(), x);
        int line = Here.line() - 1;
        Node j = y.square();

        assertThatThrownBy(() -> Derivatives.gradient(j, x))
                .isInstanceOf(NoGradientException.class)
                .hasMessage("operation mystery has no vjp, so no gradient flows through mystery 1×1, made at "
                        + "NoGradientTest.java:" + line
                        + "; give the operation a vjp or take the gradient of something else");
        assertThatThrownBy(() -> Program.of(j).withGradients()).isInstanceOf(NoGradientException.class);
    }

    @Test
    void an_operation_without_a_vjp_is_no_obstacle_where_no_gradient_flows() {
        Node x = Node.parameter("x");
        Node data = Node.apply(new Mystery(), Node.input("data"));
        assertThat(Derivatives.gradient(x.times(data), x).shape()).isEqualTo(Shape.SCALAR);
        assertThat(Program.of(data).newRun()).isNotNull();
    }

    @Test
    void the_gradient_of_a_matrix_is_refused_with_both_ways_out() {
        Node x = Node.parameter("x", 2, 3);
        Node y = x.exp().named("y");
        int line = Here.line() - 1;
        assertThatThrownBy(() -> Derivatives.gradient(y, x))
                .isInstanceOf(NoGradientException.class)
                .hasMessage("the gradient of \"y\" 2×3, made at NoGradientTest.java:" + line
                        + ", is not defined: a gradient belongs to a 1×1 node; take its sum() or mean(), or give a"
                        + " cotangent of shape 2×3 to Derivatives.vjp");
        assertThatThrownBy(() -> Derivatives.hvp(y, x, x)).isInstanceOf(NoGradientException.class);
        assertThatThrownBy(() -> Program.of(y).withGradients(x)).isInstanceOf(NoGradientException.class);
    }

    @Test
    void a_vjp_that_answers_too_few_is_named() {
        assertWrongAnswer(inputs -> inputs.subList(0, 1), "1 cotangent for 2 operands");
        assertWrongAnswer(inputs -> List.of(), "0 cotangents for 2 operands");
        assertWrongAnswer(inputs -> null, "null for 2 operands");
    }

    @Test
    void a_vjp_that_answers_null_for_an_operand_is_named() {
        assertWrongAnswer(inputs -> Arrays.asList(inputs.get(0), null), "null for operand 2");
    }

    @Test
    void a_vjp_that_answers_a_wrong_shape_is_named() {
        assertWrongAnswer(
                inputs -> List.of(inputs.get(0), inputs.get(1).transpose()),
                "a cotangent of shape 3×2 for operand 2 of shape 2×3");
    }

    private static void assertWrongAnswer(Function<List<Node>, List<Node>> answer, String text) {
        Node x = Node.parameter("x", 2, 3);
        Node y = Node.parameter("y", 2, 3);
        Node z = Node.apply(new Answering(answer), x, y);
        int line = Here.line() - 1;
        assertThatThrownBy(() -> Derivatives.gradient(z.sum(), y))
                .isInstanceOf(NoGradientException.class)
                .hasMessage("the vjp of operation answering returns " + text
                        + " at answering 2×3, made at NoGradientTest.java:" + line
                        + "; it must return one node for each operand, of that operand's shape, zeros where nothing"
                        + " flows");
    }

    @Test
    void a_cotangent_of_another_shape_is_refused() {
        Node y = Node.input("x", 2, 3).exp();
        assertThatThrownBy(() -> Provenance.vjp(y, Node.input("dy", 3, 2)))
                .isInstanceOf(NoGradientException.class)
                .hasMessage("a cotangent of exp 2×3, made at " + y.source()
                        + ", is 2×3, not 3×2; give one of exactly that shape");
    }
}
