package org.gradgraph.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
    private final Node a = Node.parameter("a", 2, 2);
    private final Node b = Node.parameter("b");

    /** a₀₀² + 2·a₀₁² + 3·a₁₀·a₁₁ + b³. */
    private final Node cost = Layout.slice(a, 0, 1, 0, 1)
            .square()
            .plus(Layout.slice(a, 0, 1, 1, 2).square().times(2))
            .plus(Layout.slice(a, 1, 2, 0, 1).times(Layout.slice(a, 1, 2, 1, 2)).times(3))
            .plus(b.times(b).times(b));

    private final Feeds start = Feeds.of(a, new double[][] {{1, 2}, {3, 4}}).and(b, 5);
    private final Objective objective = Objective.of(cost, Feeds.none(), start);

    @Test
    void the_array_holds_the_parameters_in_their_order_row_by_row() {
        double[] x = objective.start();
        assertThat(objective.parameters()).containsExactly(a, b);
        assertThat(x).containsExactly(1, 2, 3, 4, 5);
        assertThat(objective.value(x)).isEqualTo(1 + 8 + 36 + 125);
        assertThat(objective.gradient(x)).containsExactly(2, 8, 12, 9, 75);
        double[] gradient = new double[5];
        assertThat(objective.valueAndGradient(x, gradient)).isEqualTo(170);
        assertThat(gradient).containsExactly(2, 8, 12, 9, 75);
        assertThat(objective.hessianVector(x, new double[] {1, 1, 1, 2, 1})).containsExactly(2, 4, 6, 3, 30);
        double[] inPlace = x.clone();
        assertThat(objective.valueAndGradient(inPlace, inPlace)).isEqualTo(170);
        assertThat(inPlace).containsExactly(2, 8, 12, 9, 75);
        x[4] = 0;
        assertThat(objective.value(x)).isEqualTo(45);
        assertThat(objective.parameters(x).asMap().get(a).data).containsExactly(1, 2, 3, 4);
        assertThat(objective.flatten(objective.parameters(x))).containsExactly(x);
        assertThat(objective.start()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void frozen_parameters_keep_their_start_and_leave_the_array() {
        Objective less = objective.freeze(a);
        assertThat(less.size()).isEqualTo(1);
        assertThat(less.value(new double[] {2})).isEqualTo(45 + 8);
        assertThat(less.gradient(new double[] {2})).containsExactly(12);
        assertThat(less.parameters(new double[] {2}).asMap()).hasSize(2);
        assertThat(objective.size()).isEqualTo(5);
    }

    @Test
    void evaluations_are_counted_once_for_each_point() {
        Objective fresh = Objective.ofResiduals(a, Feeds.none(), Feeds.of(a, new double[2][2]));
        double[] x = {1, 2, 3, 4};
        fresh.value(x);
        fresh.gradient(x);
        assertThat(fresh.evaluations()).isEqualTo(1);
        fresh.residuals(x);
        fresh.jacobian(x);
        assertThat(fresh.evaluations()).isEqualTo(2);
        x[0] = -1;
        assertThat(fresh.residuals(x)).containsExactly(-1, 2, 3, 4);
        assertThat(fresh.value(x)).isEqualTo(15);
        assertThat(fresh.evaluations()).isEqualTo(4);
    }

    /** r = (p·t_k)² − y_k with derivative 2·p·t_k². */
    @Test
    void residuals_and_their_jacobian() {
        Node t = Node.input("t", 1, Dim.named("m"));
        Node p = Node.parameter("p");
        Node q = Node.parameter("q");
        Node r = p.times(t).square().plus(q).minus(1);
        Objective fit = Objective.ofResiduals(
                r, Feeds.of(t, new double[] {1, 2, 3}), Feeds.of(p, 2).and(q, 0.5));

        double[] x = fit.start();
        assertThat(fit.residuals(x)).containsExactly(3.5, 15.5, 35.5);
        assertThat(fit.jacobian(x)).isDeepEqualTo(new double[][] {{4, 1}, {16, 1}, {36, 1}});
        assertThat(fit.value(x)).isEqualTo((3.5 * 3.5 + 15.5 * 15.5 + 35.5 * 35.5) / 2);
        Objective wide = Objective.ofResiduals(
                a.square().sum(), Feeds.none(), start.and(b, 0).readBy(program(a)));
        assertThat(wide.jacobian(wide.start())).isDeepEqualTo(new double[][] {{2, 4, 6, 8}});
    }

    private static Program program(Node node) {
        return Program.of(node.sum());
    }

    @Test
    void gradients_of_each_example_in_one_call() {
        Dim m = Dim.named("m");
        Node in = Node.input("X", 2, m);
        Node label = Node.input("Y", m, 1);
        Node w = Node.parameter("w", 1, 2);
        Node error = w.matmul(in).minus(label.transpose());
        DMatrixRMaj features = random(2, 5);
        DMatrixRMaj labels = random(5, 1);
        DMatrixRMaj weights = random(1, 2);
        Objective mean =
                Objective.of(error.square().mean(), Feeds.of(in, features).and(label, labels), Feeds.of(w, weights));

        double[][] each = mean.exampleGradients(m, mean.start());

        double[] sum = new double[2];
        for (int k = 0; k < 5; k++) {
            double residual = weights.get(0) * features.get(0, k) + weights.get(1) * features.get(1, k) - labels.get(k);
            for (int i = 0; i < 2; i++) {
                assertThat(each[k][i]).isCloseTo(2 * residual * features.get(i, k), within(1e-14));
                sum[i] += each[k][i] / 5;
            }
        }
        assertThat(each).hasNumberOfRows(5);
        assertThat(mean.gradient(mean.start())).containsExactly(sum, within(1e-14));
    }

    /** (w·(x − mean) − y)² of one example is y², whatever w is; of all examples it has a slope. */
    @Test
    void the_mean_of_an_example_alone_is_the_example() {
        Dim m = Dim.named("m");
        Node x = Node.input("x", 1, m);
        Node y = Node.input("y", 1, m);
        Node w = Node.parameter("w");
        Node error = w.times(x.minus(x.mean())).minus(y);
        Feeds data = Feeds.of(x, new double[] {1, 2, 6}).and(y, new double[] {1, 1, 1});
        Objective coupled = Objective.of(error.square().mean(), data, Feeds.of(w, 3));

        assertThat(coupled.exampleGradients(m, coupled.start())).isDeepEqualTo(new double[][] {{0}, {0}, {0}});
        assertThat(coupled.gradient(coupled.start())[0])
                .as("2·w·(4 + 1 + 9)/3 − 2·(−2 − 1 + 3)/3")
                .isCloseTo(28, within(1e-13));
    }

    private static DMatrixRMaj random(int rows, int columns) {
        Random random = new Random(rows * 31L + columns);
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = random.nextGaussian();
        }
        return matrix;
    }

    @Test
    void wrong_input_is_refused_in_the_words_of_the_method() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objective.value(new double[3]))
                .withMessage(
                        "Objective.value: the array has 3 elements, the parameters have 5; see parameters() for their"
                                + " order");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Objective.of(a, Feeds.none(), start))
                .withMessageContaining("is not 1×1; take its sum() or mean()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objective.freeze(Node.parameter("c")))
                .withMessageContaining("is not among the parameters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objective.freeze(a, b))
                .withMessageContaining("no parameter is left");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Objective.of(cost, Feeds.none(), Feeds.of(b, 1)))
                .withMessageContaining("\"a\" 2×2");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> objective.jacobian(objective.start()))
                .withMessageContaining("make it with Objective.ofResiduals");
    }
}
