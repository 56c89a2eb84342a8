package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BinaryOperator;
import org.gradgraph.diff.Derivatives;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Losses where predictions are certain, saturated or not finite. */
class LossTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double MINUS_INF = Double.NEGATIVE_INFINITY;

    private static final List<BinaryOperator<Node>> LOSSES = List.of(
            Losses::mse,
            Losses::bce,
            Losses::bceWithLogits,
            (p, y) -> Losses.crossEntropy(p, y, Over.EACH_COLUMN),
            (p, y) -> Losses.crossEntropyWithLogits(p, y, Over.EACH_COLUMN));

    @Test
    void a_nan_in_any_position_of_prediction_or_label_comes_out() {
        for (BinaryOperator<Node> loss : LOSSES) {
            for (int k = 0; k < 4; k++) {
                double[] labels = {0, 1, 1, 0};
                double[] strange = {0.5, 0.5, 0.25, 0.75};
                strange[k] = NAN;
                assertThat(value(loss, strange, labels)).isNaN();
                double[] strangeLabels = labels.clone();
                strangeLabels[k] = NAN;
                assertThat(value(loss, new double[] {0.5, 0.5, 0.25, 0.75}, strangeLabels))
                        .isNaN();
            }
        }
    }

    @Test
    void certain_and_right_costs_nothing_and_certain_and_wrong_costs_infinity() {
        assertThat(value(Losses::bce, new double[] {1, 0}, new double[] {1, 0})).isZero();
        assertThat(value(Losses::bce, new double[] {1, 0}, new double[] {0, 0})).isEqualTo(INF);
        assertThat(value(Losses::bceWithLogits, new double[] {INF, MINUS_INF}, new double[] {1, 0}))
                .isZero();
        assertThat(value(Losses::bceWithLogits, new double[] {INF, MINUS_INF}, new double[] {0, 0}))
                .isEqualTo(INF);
        assertThat(value((p, y) -> Losses.crossEntropy(p, y, Over.EACH_ROW), new double[] {1, 0}, new double[] {1, 0}))
                .isZero();
    }

    @Test
    void the_gradient_of_bce_is_one_sided_at_certain_and_right_predictions() {
        Node p = Node.constant(new double[][] {{1, 0, 0.5}});
        Node y = Node.constant(new double[][] {{1, 0, 1}});
        Node dp = Derivatives.gradient(Losses.bce(p, y), p);
        assertThat(run(dp)).containsExactly(-1.0 / 3, 1.0 / 3, -2.0 / 3);
    }

    @Test
    @DisplayName("bug class 12: the logistic loss is exact for any logit")
    void bug_12_the_logistic_loss_is_exact_for_any_logit() {
        for (double z : new double[] {-1000, -745, -40, 0, 40, 745, 1000}) {
            double exactWrong = z < -30 ? Math.exp(z) : Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0);
            assertThat(value(Losses::bceWithLogits, new double[] {z}, new double[] {0}))
                    .isEqualTo(exactWrong);
            assertThat(value(Losses::bceWithLogits, new double[] {-z}, new double[] {1}))
                    .isEqualTo(exactWrong);
        }
    }

    private static double value(BinaryOperator<Node> loss, double[] prediction, double[] label) {
        Node p = Node.constant(new double[][] {prediction});
        Node y = Node.constant(new double[][] {label});
        return run(loss.apply(p, y))[0];
    }

    private static double[] run(Node node) {
        return Computation.value(node);
    }
}
