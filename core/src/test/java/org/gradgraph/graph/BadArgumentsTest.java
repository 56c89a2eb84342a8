package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.junit.jupiter.api.Test;

/** Arguments that make no sense, and what is said about them. */
class BadArgumentsTest {
    private final Node x = Node.parameter("x", 2, 3);

    @Test
    void a_matrix_whose_array_is_too_short_is_refused_by_all_who_take_one() {
        DMatrixRMaj torn = DMatrixRMaj.wrap(2, 3, new double[] {1, 2, 3, 4, 5, 6});
        torn.data = new double[4];
        String rest = " is 2×3, but its array holds 4 numbers; give one of 6 or more";
        assertThatThrownBy(() -> Node.constant(torn))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("the value of a constant" + rest);
        Run run = Program.of(x.square()).newRun();
        assertThatThrownBy(() -> run.set(x, torn))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("the value for \"x\" 2×3" + rest);
        assertThatThrownBy(() -> Feeds.of(x, torn))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("the fed matrix" + rest);
    }

    @Test
    void a_size_takes_no_operand() {
        assertThatThrownBy(() -> Node.apply(new Constants.Size(Dim.named("m")), x))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("size(m): takes 0 operands, not 1");
    }

    private record Broken() implements Kernel {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(1);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {}
    }

    @Test
    void a_shape_rule_that_fails_names_the_operation_and_the_line() {
        assertThatThrownBy(() -> Node.apply(new Broken(), x))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("broken: its shape rule failed with java.lang.")
                .hasMessageContaining("OutOfBounds")
                .hasMessageContaining("operand 1: \"x\" 2×3")
                .hasMessageContaining("hint: fix shape(…) in broken")
                .hasMessageContaining("applied at BadArgumentsTest.java:");
    }

    @Test
    void a_hessian_needs_something_to_differentiate_by() {
        assertThatThrownBy(() -> Derivatives.hessian(x.sum(), List.of()))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("Derivatives.hessian: no node to differentiate by; give at least one");
    }

    @Test
    void the_kinks_of_a_huber_loss_lie_on_both_sides_of_zero() {
        for (double delta : new double[] {-1, 0, Double.NaN}) {
            assertThatThrownBy(() -> Losses.huber(x, x, delta))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("huber: delta is " + Labels.number(delta) + "; give a number above 0");
        }
    }

    @Test
    void pictures_of_more_elements_than_an_array_holds_are_refused() {
        for (int channels : new int[] {1, 4, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> new Geometry(46341, 46341, channels))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("pictures of 46341×46341 with " + channels + " channels have "
                            + BigInteger.valueOf(2147488281L).multiply(BigInteger.valueOf(channels))
                            + " elements, more than 2147483647; take smaller pictures or fewer channels");
        }
        Node batch = Node.input("batch", Dim.of(46340 * 46340), Dim.of(1));
        assertThatThrownBy(() ->
                        Convolutions.addToChannels(batch, Node.input("bias", 2, 1), new Geometry(46340, 46340, 1)))
                .isInstanceOf(ShapeException.class);
    }
}
