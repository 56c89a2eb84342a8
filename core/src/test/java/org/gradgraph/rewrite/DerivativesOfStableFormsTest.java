package org.gradgraph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Derivatives that the user makes and runs, and gradients with respect to nodes that a stable form looks through. */
class DerivativesOfStableFormsTest {
    /** e to the power of −40, from a table. */
    private static final double E40 = 4.248354255291589e-18;

    private final Node z = Node.parameter("z");
    private final Node y = Node.input("y");
    private final Node one = Node.constant(1);

    /** The derivative of log sigmoid(z) is sigmoid(−z), the second one −sigmoid(z)·sigmoid(−z). */
    @ParameterizedTest
    @CsvSource({"-800, 1, 0", "800, 0, 0", "40, 4.248354255291589e-18, -4.248354255291589e-18", "0, 0.5, -0.25"})
    void derivatives_made_by_hand_are_those_of_the_stable_form(double at, double slope, double curvature) {
        Node loss = z.sigmoid().log();
        Node gradient = Derivatives.gradient(loss, z);
        Node product = Derivatives.hvp(loss, z, one);
        Node forward = Derivatives.jvp(loss, z, one);
        Node hessian = Derivatives.hessian(loss, z);
        Node vjp = Derivatives.vjp(loss, Node.constant(3), z);
        Run run = Program.of(gradient, product, forward, hessian, vjp)
                .newRun()
                .set(z, at)
                .forward();

        assertClose(run.scalar(gradient), slope);
        assertClose(run.scalar(forward), slope);
        assertClose(run.scalar(vjp), 3 * slope);
        assertClose(run.scalar(product), curvature);
        assertClose(run.scalar(hessian), curvature);
    }

    @Test
    void they_are_so_by_an_inner_node_too() {
        Node inner = z.times(2).named("Z");
        Node loss = inner.sigmoid().log();
        Node gradient = Derivatives.gradient(loss, inner);
        Node product = Derivatives.hvp(loss, inner, one);
        Run run = Program.of(gradient, product).newRun().set(z, -400).forward();

        assertThat(run.scalar(gradient)).isEqualTo(1);
        assertThat(run.scalar(product)).isZero();
        assertClose(run.set(z, 20).forward().scalar(product), -E40);
    }

    /** j + |dj/dz|², differentiated once more: σ(−z) − 2·σ(−z)²·σ(z). */
    @Test
    void they_may_be_a_part_of_a_cost() {
        Node loss = z.sigmoid().log();
        Node cost = loss.plus(Derivatives.gradient(loss, z).square());
        Run run = Program.of(cost)
                .withGradients(z)
                .newRun()
                .set(z, -800)
                .forward()
                .backward();

        assertThat(run.scalar(cost)).isEqualTo(-799);
        assertThat(run.gradient(z).get(0)).isEqualTo(1);
        assertClose(run.set(z, 0).forward().backward().gradient(z).get(0), 0.25);
    }

    @Test
    void nested_derivatives_need_no_stack() throws InterruptedException {
        double[] result = new double[1];
        Thread thread = new Thread(null, () -> result[0] = manySteps(), "small stack", 256 * 1024);
        thread.start();
        thread.join();

        assertThat(result[0]).isCloseTo(Math.pow(0.99, 300), within(1e-15));
    }

    /** Gradient descent on x²/2, written out: each step multiplies by 0.99. */
    private double manySteps() {
        Node x = z;
        for (int i = 0; i < 300; i++) {
            Node cost = x.square().times(0.5);
            x = x.minus(Derivatives.gradient(cost, x).times(0.01));
        }
        return Program.of(x).newRun().set(z, 1).forward().scalar(x);
    }

    @Test
    void switched_off_they_are_run_as_they_were_composed() {
        Node gradient = Derivatives.gradient(z.sigmoid().log(), z);
        Run run = Program.of(gradient).rewrite(Rewriting.OFF).newRun().set(z, -800);

        assertThat(run.forward().scalar(gradient)).isNaN();
    }

    /** −y/a + (1 − y)/(1 − a), where a term of weight 0 is 0 and 1 − a = sigmoid(−z) keeps its digits. */
    @ParameterizedTest
    @CsvSource({
        "-800, 0, 1",
        "-800, 1, -Infinity",
        "800, 0, Infinity",
        "800, 1, -1",
        "40, 0, 2.35385266837019985e17",
        "40, 1, -1",
        "Infinity, 1, -1",
        "-Infinity, 0, 1",
        "0, 1, -2"
    })
    void the_gradient_of_the_logistic_loss_by_the_probability_has_no_0_over_0(double at, double label, double slope) {
        Node a = z.sigmoid().named("A");
        Node cost = y.times(a.log())
                .plus(y.negate().plus(1).times(a.negate().plus(1).log()))
                .mean()
                .negate();
        Node byHand = Derivatives.gradient(cost, a);
        Run run = Program.of(cost).withGradients(z, a).newRun().set(z, at).set(y, label);
        Run other = Program.of(byHand).newRun().set(z, at).set(y, label);

        assertClose(run.forward().backward().gradient(a).get(0), slope);
        assertClose(other.forward().scalar(byHand), slope);
        assertThat(run.gradient(z).get(0)).isNotNaN();
    }

    private static void assertClose(double actual, double expected) {
        if (Double.isInfinite(expected)) {
            assertThat(actual).isEqualTo(expected);
        } else {
            assertThat(actual).isCloseTo(expected, within(1e-14 * Math.abs(expected)));
        }
    }

    /** An operation without a vjp. */
    private record Opaque() implements Kernel {
        @Override
        public String name() {
            return "opaque";
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

    @Test
    void an_operation_without_a_vjp_behind_a_stop_is_no_obstacle_beside_a_node_that_is_looked_through() {
        Node a = z.sigmoid().named("A");
        Node stopped = Node.apply(new Opaque(), a).stopGradient();
        Node cost = a.log().plus(stopped);
        Run run = Program.of(cost).withGradients(a).newRun().set(z, 0).forward().backward();

        assertThat(run.gradient(a).get(0)).isEqualTo(2);
    }

    @Test
    void what_equal_nodes_leave_to_the_chain_rule_passes_no_stop_either() {
        Node first = z.exp();
        Node second = z.exp();
        Node cost =
                first.plus(second.times(3)).plus(Node.apply(new Opaque(), first).stopGradient());
        Run run = Program.of(cost)
                .withGradients(first, second)
                .newRun()
                .set(z, 0)
                .forward()
                .backward();

        assertThat(run.gradient(first).get(0)).isEqualTo(1);
        assertThat(run.gradient(second).get(0)).isEqualTo(3);
    }
}
