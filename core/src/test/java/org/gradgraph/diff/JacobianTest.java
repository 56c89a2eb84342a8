package org.gradgraph.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.NoGradientException;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.junit.jupiter.api.Test;

/** Whole Jacobians and Hessians, against matrices that are known. */
class JacobianTest {
    private final Node a = Node.constant(new double[][] {{1, 2, 3}, {4, 5, 6}});
    private final Node x = Node.constant(new double[][] {{0.5}, {-1}, {2}});

    @Test
    void the_jacobian_of_a_linear_map_is_its_matrix_by_rows_and_by_columns() {
        // rows: two of them; columns: three times as many rows
        assertThat(value(Derivatives.jacobian(a.matmul(x), x))).containsExactly(1, 2, 3, 4, 5, 6);
        Node tall = Layout.concatRows(a, a, a);
        Node jacobian = Derivatives.jacobian(tall.matmul(x), x);
        assertThat(jacobian.shape()).isEqualTo(Shape.of(6, 3));
        assertThat(value(jacobian)).containsExactly(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void elements_are_counted_in_row_major_order_on_both_sides() {
        // d(aᵀ)[i, j]/da[k, l] is 1 where i = l and j = k
        double[] transposition = value(Derivatives.jacobian(a.transpose(), a));
        for (int row = 0; row < 6; row++) {
            for (int column = 0; column < 6; column++) {
                boolean same = row / 2 == column % 3 && row % 2 == column / 3;
                assertThat(transposition[row * 6 + column]).isEqualTo(same ? 1 : 0);
            }
        }
    }

    @Test
    void a_jacobian_by_columns_counts_the_elements_of_a_matrix_in_row_major_order_too() {
        // twelve rows, six columns: row r of the stack is element r modulo 6 of the matrix
        double[] stack = value(Derivatives.jacobian(Layout.concatRows(a, a), a));
        assertThat(stack).hasSize(72);
        for (int row = 0; row < 12; row++) {
            for (int column = 0; column < 6; column++) {
                assertThat(stack[row * 6 + column]).isEqualTo(row % 6 == column ? 1 : 0);
            }
        }
    }

    @Test
    void a_product_with_the_hessian_needs_a_number_to_differentiate() {
        assertThatThrownBy(() -> Derivatives.hvp(x, List.of(x), List.of(x)))
                .isInstanceOf(NoGradientException.class)
                .hasMessageContaining("3×1");
    }

    @Test
    void several_nodes_get_a_jacobian_each() {
        List<Node> jacobians = Derivatives.jacobian(a.matmul(x), List.of(a, x));
        assertThat(jacobians.get(0).shape()).isEqualTo(Shape.of(2, 6));
        assertThat(value(jacobians.get(0))).containsExactly(0.5, -1, 2, 0, 0, 0, 0, 0, 0, 0.5, -1, 2);
        assertThat(value(jacobians.get(1))).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void the_hessian_of_a_quadratic_form_is_the_symmetric_part_twice() {
        Node q = Node.constant(new double[][] {{1, 2, 0}, {0, 3, -1}, {4, 0, 5}});
        Node form = x.transpose().matmul(q).matmul(x);
        assertThat(value(Derivatives.hessian(form, x))).containsExactly(2, 2, 4, 2, 6, -1, 4, -1, 10);
    }

    @Test
    void the_hessian_over_several_nodes_has_their_cross_blocks() {
        Node s = Node.constant(3);
        Node t = Node.constant(new double[][] {{2, 5}});
        // s²·Σt: 2·Σt, then 2s, 2s, and nothing between elements of t
        Node hessian = Derivatives.hessian(s.square().times(t.sum()), List.of(s, t));
        assertThat(value(hessian)).containsExactly(14, 6, 6, 6, 0, 0, 6, 0, 0);
    }

    @Test
    void a_third_derivative_is_the_jacobian_of_a_hessian() {
        Node third = Derivatives.jacobian(Derivatives.hessian(x.exp().sum(), x), x);
        double[] values = value(third);
        for (int k = 0; k < 27; k++) {
            boolean onDiagonal = k % 3 == k / 3 % 3 && k % 3 == k / 9;
            double want = onDiagonal ? Math.exp(new double[] {0.5, -1, 2}[k % 3]) : 0;
            assertThat(values[k]).isCloseTo(want, within(4 * Math.ulp(want)));
        }
    }

    @Test
    void what_does_not_depend_gives_zeros() {
        assertThat(value(Derivatives.jacobian(a.square(), x))).hasSize(18).containsOnly(0);
        assertThat(value(Derivatives.hessian(a.sum(), x))).hasSize(9).containsOnly(0);
    }

    @Test
    void symbolic_shapes_are_refused_with_a_remedy() {
        Node batch = Node.input("X", 3, Dim.named("m"));
        assertThatThrownBy(() -> Derivatives.jacobian(batch.square(), batch))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("square 3×m")
                .hasMessageContaining("vjp, jvp or hvp");
        assertThatThrownBy(() -> Derivatives.hessian(batch.square().sum(), batch))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Derivatives.hessian(a, x)).isInstanceOf(NoGradientException.class);
    }

    private static double[] value(Node node) {
        return Program.of(node).newRun().forward().value(node).data;
    }
}
