package org.gradgraph.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DerivativesTest {

    /** A derivative may not depend on everything that is fed. */
    private static double[] values(Node node, Feeds feeds) {
        Run run = Program.of(node).newRun();
        Graph graph = Graph.of(node);
        feeds.asMap().forEach((leaf, value) -> {
            if (graph.contains(leaf)) {
                run.set(leaf, value);
            }
        });
        return run.forward().value(node).data;
    }

    private static double at(Node node, Node x, double value) {
        return values(node, Feeds.of(x, value))[0];
    }

    private static DMatrixRMaj random(int rows, int columns, Random random) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = random.nextGaussian();
        }
        return matrix;
    }

    @Test
    @DisplayName("bug class 2: the same node twice in one operation gets both shares")
    void the_same_node_twice_in_one_operation_gets_both_shares() {
        Node x = Node.parameter("x");
        assertThat(at(Derivatives.gradient(x.times(x), x), x, 3)).isEqualTo(6);
        assertThat(at(Derivatives.gradient(x.plus(x), x), x, 3)).isEqualTo(2);
        assertThat(at(Derivatives.gradient(x.minus(x), x), x, 3)).isZero();
        assertThat(at(Derivatives.gradient(x.dividedBy(x), x), x, 4)).isZero();
    }

    @Test
    @DisplayName("bug class 2: a matrix times its own transpose gets both shares")
    void a_matrix_times_its_own_transpose_gets_both_shares() {
        Node x = Node.parameter("x", 2, 3);
        DMatrixRMaj point = new DMatrixRMaj(new double[][] {{1, 2, 3}, {4, 5, 6}});
        // d/dx of the sum of all entries of x·xᵀ: every row is twice the column sums
        double[] expected = {10, 14, 18, 10, 14, 18};
        Feeds feeds = Feeds.of(x, point);
        assertThat(values(Derivatives.gradient(x.matmul(x.transpose()).sum(), x), feeds))
                .containsExactly(expected);
        assertThat(values(
                        Derivatives.gradient(
                                LinearAlgebra.matmul(x, x, false, true).sum(), x),
                        feeds))
                .containsExactly(expected);
    }

    @Test
    @DisplayName("bug class 3: diamonds with unequal arms are counted once each")
    void diamonds_with_unequal_arms_are_counted_once_each() {
        Node x = Node.parameter("x");
        Node top = x.square();
        Node shortArm = top.times(3);
        Node longArm = top.plus(1).negate().square().plus(shortArm);
        Node j = shortArm.times(longArm).plus(top);
        // t = x²: j = 3t((t+1)² + 3t) + t, dj/dt = 9t² + 30t + 4
        double x0 = 2;
        double t = x0 * x0;
        assertThat(at(j, x, x0)).isEqualTo(3 * t * ((t + 1) * (t + 1) + 3 * t) + t);
        assertThat(at(Derivatives.gradient(j, x), x, x0)).isEqualTo((9 * t * t + 30 * t + 4) * 2 * x0);
        assertThat(at(Derivatives.gradient(j, top), x, x0)).isEqualTo(9 * t * t + 30 * t + 4);
    }

    @Test
    @DisplayName("bug class 3: a ladder with 2 to the 60 paths ends at once")
    void a_ladder_with_2_to_the_60_paths_ends_at_once() {
        Node x = Node.parameter("x");
        Node rung = x;
        for (int i = 0; i < 60; i++) {
            rung = rung.plus(rung);
        }
        Node dx = Derivatives.gradient(rung, x);
        assertThat(at(rung, x, 1)).isEqualTo(0x1p60);
        assertThat(at(dx, x, 1)).isEqualTo(0x1p60);
        assertThat(Graph.of(rung, dx).nodes()).hasSizeLessThan(200);
    }

    @Test
    @DisplayName("bug class 1: the gradient has the shape of a broadcast operand")
    void the_gradient_has_the_shape_of_a_broadcast_operand() {
        DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{1, 2, 3}, {4, 5, 6}});
        Node x = Node.input("x", 2, 3);
        for (Shape shape : List.of(Shape.SCALAR, Shape.of(1, 3), Shape.of(2, 1), Shape.of(2, 3))) {
            Node b = Node.parameter("b", shape);
            for (Node sum : List.of(x.plus(b), b.plus(x), x.times(b), b.times(x), x.minus(b), x.dividedBy(b))) {
                Node db = Derivatives.gradient(sum.sum(), b);
                assertThat(db.shape()).as(sum.toString()).isEqualTo(shape);
            }
        }
        Node row = Node.parameter("row", 1, 3);
        Node column = Node.parameter("column", 2, 1);
        Node scalar = Node.parameter("scalar");
        Node j = x.times(row).plus(x.times(column)).plus(x.times(scalar)).sum();
        Feeds feeds = Feeds.of(x, matrix)
                .and(row, new double[][] {{1, 1, 1}})
                .and(column, new double[][] {{1}, {1}})
                .and(scalar, 1);
        assertThat(values(Derivatives.gradient(j, row), feeds)).containsExactly(5, 7, 9);
        assertThat(values(Derivatives.gradient(j, column), feeds)).containsExactly(6, 15);
        assertThat(values(Derivatives.gradient(j, scalar), feeds)).containsExactly(21);
    }

    @Test
    void what_the_output_does_not_depend_on_gets_zeros_of_its_shape() {
        Node x = Node.parameter("x", 2, 3);
        Node other = Node.parameter("other", 3, 2);
        Node zeros = Derivatives.gradient(x.sum(), other);
        assertThat(zeros.shape()).isEqualTo(Shape.of(3, 2));
        assertThat(values(zeros, Feeds.none())).containsExactly(0, 0, 0, 0, 0, 0);
        Node elsewhere = x.sum();
        assertThat(values(Derivatives.gradient(x.sum().square(), elsewhere), Feeds.none()))
                .containsExactly(0);
    }

    @Test
    void the_gradient_of_a_node_by_itself_is_one() {
        Node x = Node.parameter("x");
        assertThat(values(Derivatives.gradient(x, x), Feeds.none())).containsExactly(1);
        Node j = x.exp().named("J");
        Node dj = Derivatives.gradient(j, j);
        assertThat(values(dj, Feeds.none())).containsExactly(1);
        assertThat(dj.name()).contains("dJ");
    }

    @Test
    void a_chosen_inner_node_still_passes_the_cotangent_on() {
        Node x = Node.parameter("x");
        Node u = x.square().named("u");
        Node j = u.times(u);
        List<Node> gradients = Derivatives.gradient(j, List.of(u, x, u));
        assertThat(at(gradients.get(0), x, 3)).isEqualTo(18);
        assertThat(at(gradients.get(1), x, 3)).isEqualTo(108);
        assertThat(gradients.get(2)).isSameAs(gradients.get(0));
        assertThat(gradients).extracting(node -> node.name().orElseThrow()).containsExactly("du", "dx", "du");
    }

    @Test
    @DisplayName("bug class 16: nested differentiation does not confuse its variables")
    void nested_differentiation_does_not_confuse_its_variables() {
        Node x = Node.parameter("x");
        Node y = Node.parameter("y");
        // d/dx (x · d/dy (x·y)) = d/dx x² = 2x
        Node inner = Derivatives.gradient(x.times(y), y);
        Node outer = Derivatives.gradient(x.times(inner), x);
        assertThat(values(outer, Feeds.of(x, 7).and(y, 11))[0]).isEqualTo(14);
        // d/dx (x · d/dx (x·y)) = y, at x = y the same value is 1·y + 0
        Node same = Derivatives.gradient(x.times(Derivatives.gradient(x.times(y), x)), x);
        assertThat(values(same, Feeds.of(x, 7).and(y, 11))[0]).isEqualTo(11);
    }

    @Test
    @DisplayName("bug class 16: the third derivative of the fourth power")
    void the_third_derivative_of_the_fourth_power() {
        Node x = Node.parameter("x");
        Node j = x.square().square();
        Node first = Derivatives.gradient(j, x);
        Node second = Derivatives.gradient(first, x);
        Node third = Derivatives.gradient(second, x);
        Node fourth = Derivatives.gradient(third, x);
        Node fifth = Derivatives.gradient(fourth, x);
        assertThat(at(first, x, 3)).isEqualTo(108);
        assertThat(at(second, x, 3)).isEqualTo(108);
        assertThat(at(third, x, 3)).isEqualTo(72);
        assertThat(at(fourth, x, 3)).isEqualTo(24);
        assertThat(at(fifth, x, 3)).isZero();
    }

    @Test
    @DisplayName("bug class 16: linear functions have zero second derivatives")
    void linear_functions_have_zero_second_derivatives() {
        Node x = Node.parameter("x", 2, 2);
        Node a = Node.constant(new double[][] {{1, 2}, {3, 4}});
        Node linear = a.matmul(x)
                .transpose()
                .plus(a)
                .times(3)
                .minus(x)
                .dividedBy(2)
                .negate()
                .rowSums()
                .mean();
        Node hvp = Derivatives.hvp(linear, x, Node.constant(new double[][] {{5, 6}, {7, 8}}));
        assertThat(hvp.shape()).isEqualTo(Shape.of(2, 2));
        assertThat(values(hvp, Feeds.of(x, new double[][] {{1, 2}, {3, 4}}))).containsExactly(0, 0, 0, 0);
    }

    @Test
    @DisplayName("bug class 16: the hessian is symmetric")
    void the_hessian_is_symmetric() {
        Random random = new Random(42);
        Node x = Node.parameter("x", 3, 2);
        Node w = Node.parameter("w", 1, 3);
        Node j = w.matmul(x).sigmoid().log().plus(x.square().exp().columnSums()).mean();
        List<Node> wrt = List.of(x, w);
        Feeds feeds = Feeds.of(x, random(3, 2, random)).and(w, random(1, 3, random));
        int n = 9;
        double[][] hessian = new double[n][];
        for (int k = 0; k < n; k++) {
            double[] unit = new double[n];
            unit[k] = 1;
            List<Node> columns = Derivatives.hvp(
                    j,
                    wrt,
                    List.of(
                            Node.constant(new DMatrixRMaj(3, 2, true, Arrays.copyOfRange(unit, 0, 6))),
                            Node.constant(new DMatrixRMaj(1, 3, true, Arrays.copyOfRange(unit, 6, 9)))));
            hessian[k] = DoubleStream.concat(
                            Arrays.stream(values(columns.get(0), feeds)), Arrays.stream(values(columns.get(1), feeds)))
                    .toArray();
        }
        double crossBlocks = 0;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                assertThat(hessian[i][k]).isEqualTo(hessian[k][i], within(1e-14 * (1 + Math.abs(hessian[i][k]))));
                crossBlocks += i < 6 && k >= 6 ? Math.abs(hessian[i][k]) : 0;
            }
        }
        assertThat(crossBlocks).as("the cross blocks of x and w").isGreaterThan(0.1);
    }

    @Test
    void a_vjp_weighs_each_output_with_its_cotangent() {
        Node x = Node.parameter("x", 1, 3);
        Node y = x.square();
        Node dx = Derivatives.vjp(y, Node.constant(new double[][] {{1, 10, 100}}), x);
        assertThat(values(dx, Feeds.of(x, new double[][] {{1, 2, 3}}))).containsExactly(2, 40, 600);
    }

    @Test
    void a_jvp_moves_every_input_along_its_tangent() {
        Random random = new Random(7);
        Node x = Node.parameter("x", 2, 3);
        Node w = Node.parameter("w", 4, 2);
        Node y = w.matmul(x).exp();
        Node dx = Node.input("tx", 2, 3);
        Node dw = Node.input("tw", 4, 2);

        Node jvp = Derivatives.jvp(y, List.of(x, w), List.of(dx, dw));

        // exactly: y · (w·dx + dw·x)
        Node exact = y.times(w.matmul(dx).plus(dw.matmul(x)));
        Feeds feeds = Feeds.of(x, random(2, 3, random))
                .and(w, random(4, 2, random))
                .and(dx, random(2, 3, random))
                .and(dw, random(4, 2, random));
        double[] expected = values(exact, feeds);
        double[] actual = values(jvp, feeds);
        assertThat(jvp.shape()).isEqualTo(Shape.of(4, 3));
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isEqualTo(expected[i], within(1e-13 * Math.max(1, Math.abs(expected[i]))));
        }
    }

    @Test
    void a_jvp_leaves_no_trace_of_its_placeholder() {
        Node x = Node.parameter("x", 2, 2);
        Node y = x.sigmoid()
                .matmul(x.transpose())
                .dividedBy(x.exp().plus(1))
                .log()
                .mean();
        Node jvp = Derivatives.jvp(y, x, x);
        assertThat(Graph.of(jvp).nodes(Node.Kind.INPUT)).isEmpty();
    }

    @Test
    void vectors_of_wrong_shape_or_number_are_refused() {
        Node x = Node.parameter("x", 1, 3);
        Node j = x.square().sum();
        assertThatThrownBy(() -> Derivatives.vjp(x, Node.input("c", 3, 1), x))
                .isInstanceOf(ShapeException.class)
                .hasMessage("the cotangent for \"x\" 1×3 has the shape 3×1; it must be exactly 1×3");
        assertThatThrownBy(() -> Derivatives.hvp(j, x, Node.input("v")))
                .isInstanceOf(ShapeException.class)
                .hasMessage("the vector for \"x\" 1×3 has the shape 1×1; it must be exactly 1×3");
        assertThatThrownBy(() -> Derivatives.jvp(j, List.of(x), List.of(x, x)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Derivatives.jvp was given 2 vectors for 1 nodes; give one vector for each node");
    }

    /** A vjp may itself be written with derivatives of what the operation is made of. */
    private record SquareByDerivative() implements Elementwise {
        @Override
        public String name() {
            return "squareByDerivative";
        }

        @Override
        public Formula formula() {
            return Formula.argument(0).times(Formula.argument(0));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return Derivatives.vjp(x.square(), dy, inputs);
        }
    }

    @Test
    void a_vjp_may_take_derivatives_of_its_operands() {
        Node x = Node.parameter("x");
        Node y = Node.apply(new SquareByDerivative(), x);
        Node dx = Derivatives.gradient(y.times(5), x);
        assertThat(at(dx, x, 3)).isEqualTo(30);
        assertThat(at(Derivatives.gradient(dx, x), x, 3)).isEqualTo(10);
        assertThat(Graph.of(y.inputs()).contains(x)).isTrue();
    }

    /** Names given inside a vjp do not change the line that its nodes belong to. */
    private record Naming() implements Elementwise {
        @Override
        public String name() {
            return "naming";
        }

        @Override
        public Formula formula() {
            return Formula.argument(0).exp();
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(y).named("inner").times(1));
        }
    }

    @Test
    void a_name_given_inside_a_vjp_keeps_the_line() {
        Node x = Node.parameter("x");
        Node y = Node.apply(new Naming(), x);
        Node dx = Derivatives.gradient(y, x);
        assertThat(dx.source()).isEqualTo(y.source());
        assertThat(dx.inputs().get(0).source()).isEqualTo(y.source());
        assertThat(at(dx, x, 0)).isEqualTo(1);
    }
}
