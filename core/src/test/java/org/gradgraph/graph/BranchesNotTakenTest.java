package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an elementwise operation gives in the branch not taken, gradient and Hessian of the other one are untouched. */
class BranchesNotTakenTest {
    private static final double[] STRANGE = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -0.0, 1, -1, 2, -3, 800, -800, 1e308
    };

    /** Every row whose operation is computed element by element. */
    static Stream<OperationRow> rows() {
        Set<String> methods = OperationRows.methods();
        return OperationRows.all().stream()
                .filter(row -> methods.contains(row.method()) && !row.points().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void leave_gradient_and_hessian_of_the_other_untouched(OperationRow row) {
        Node condition = Node.input("c");
        Node z = Node.parameter("z");
        List<Node> operands = new ArrayList<>();
        for (int i = 0; i < row.arity(); i++) {
            operands.add(Node.parameter("x" + i));
        }
        List<Node> all = new ArrayList<>(operands);
        all.add(z);
        Node y = Comparisons.where(condition, z.square(), row.build(operands, UnaryOperator.identity()));
        List<Node> slopes = Derivatives.gradient(y, all);
        Node sum = slopes.stream().reduce(Node::plus).orElseThrow();
        List<Node> curvatures = Derivatives.gradient(sum, all);
        List<Node> wanted = new ArrayList<>(slopes);
        wanted.addAll(curvatures);
        Run run = Program.of(wanted).newRun();
        for (double first : STRANGE) {
            for (double other : STRANGE) {
                run.set(condition, 1).set(z, 3).set(operands.get(0), first);
                operands.stream().skip(1).forEach(operand -> run.set(operand, other));
                run.forward();
                String at = row + " at " + first + ", " + other;
                for (int i = 0; i < operands.size(); i++) {
                    assertThat(run.scalar(slopes.get(i))).as("slope of " + at).isZero();
                    assertThat(run.scalar(curvatures.get(i))).as("curvature of " + at).isZero();
                }
                assertThat(run.scalar(slopes.get(operands.size()))).as(at).isEqualTo(6);
                assertThat(run.scalar(curvatures.get(operands.size()))).as(at).isEqualTo(2);
            }
        }
    }

    /** Of two points, from a distance of 0 on: the kernels of order 3/2 and 5/2 have the curvatures −3 and −5/3 there. */
    @ParameterizedTest
    @ValueSource(doubles = {1.5, 2.5})
    void matern_kernels_have_right_second_derivatives_at_distance_zero(double order) {
        Node x = Node.parameter("x", 1, 2);
        Node distance = x.norm2();
        Node r = distance.times(Math.sqrt(2 * order));
        Node factor = order == 1.5 ? r.plus(1) : r.plus(1).plus(r.square().dividedBy(3));
        Node kernel = factor.times(r.negate().exp());
        Node slope = Derivatives.gradient(kernel, x);
        Node hvp = Derivatives.hvp(kernel, x, Node.constant(new double[][] {{1, 0}}));
        Run run = Program.of(kernel, slope, hvp).newRun().set(x, new double[][] {{0, 0}}).forward();
        assertThat(run.value(slope).data).containsOnly(0);
        assertThat(run.value(hvp).get(0, 0)).isEqualTo(order == 1.5 ? -3 : -5.0 / 3);
        assertThat(run.value(hvp).get(0, 1)).isZero();
    }

    /** The kernel of order 1/2 has a kink at 0, where the derivative of a norm is 0 by convention. */
    @Test
    void the_matern_kernel_with_a_kink_is_finite_at_distance_zero() {
        Node x = Node.parameter("x", 1, 2);
        Node kernel = x.norm2().negate().exp();
        Node slope = Derivatives.gradient(kernel, x);
        Node hvp = Derivatives.hvp(kernel, x, Node.constant(new double[][] {{1, 0}}));
        Run run = Program.of(slope, hvp).newRun().set(x, new double[][] {{0, 0}}).forward();
        assertThat(run.value(slope).data).containsOnly(0);
        assertThat(Double.isFinite(run.value(hvp).get(0, 0))).isTrue();
    }
}
