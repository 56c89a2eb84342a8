package org.gradgraph.examples.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.examples.data.Standardizer;
import org.gradgraph.examples.data.Table;
import org.gradgraph.examples.data.TableReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Training on the shipped table gives the numbers that NumPy gave. */
class BreastCancerTest {
    private static final Properties EXPECTED = new Properties();
    private static final double RELATIVE = 1e-12;

    private static Descent descent;
    private static Training training;

    @BeforeAll
    static void train() throws IOException {
        try (InputStream in = BreastCancerTest.class.getResourceAsStream("../breast_cancer_expected.properties")) {
            EXPECTED.load(in);
        }
        Table table = TableReader.shipped("breast_cancer.csv");
        DMatrixRMaj x = Standardizer.of(table).apply(table.x());
        descent = Descent.fromZeros(new LogisticModel(30), x, table.y());
        training = Training.of(descent, 0.1, 1000);
    }

    private static double expected(String key) {
        return Double.parseDouble(EXPECTED.getProperty(key));
    }

    @Test
    void the_cost_after_every_hundred_steps_is_the_expected_one() {
        for (int k = 0; k <= 1000; k += 100) {
            assertThat(training.costs()[k])
                    .as("cost after %d steps", k)
                    .isCloseTo(expected("cost." + k), withPercentage(100 * RELATIVE));
        }
    }

    @Test
    void the_weights_and_the_bias_are_the_expected_ones() {
        // The weights come from a thousand sums that partly cancel: relative to the largest, which is about 1.
        for (int i = 0; i < 30; i++) {
            assertThat(descent.w().get(i)).as("w %d", i).isCloseTo(expected("w." + i), within(RELATIVE));
        }
        assertThat(descent.b()).isCloseTo(expected("b"), within(RELATIVE));
    }

    @Test
    void seven_of_569_are_on_the_wrong_side() {
        assertThat(descent.errors()).isEqualTo((int) expected("errors")).isEqualTo(7);
    }

    @Test
    void the_gradients_by_hand_are_those_of_the_graph() {
        // Sums of 569 terms of size 1/569: at most 569 roundings of 1.1e-16, and some in the terms themselves.
        assertThat(training.first().largestDifference()).isLessThan(1e-13);
        assertThat(training.last().largestDifference()).isLessThan(1e-13);
        assertThat(training.first().agrees()).isTrue();
    }

    @Test
    void the_gradient_check_passes_where_training_ends() {
        LogisticModel model = new LogisticModel(30);
        Table table = TableReader.shipped("breast_cancer.csv");
        Descent fresh =
                Descent.from(model, Standardizer.of(table).apply(table.x()), table.y(), descent.w(), descent.b());

        assertThat(GradientCheck.of(model.cost()).at(fresh.feeds()).report().passed())
                .isTrue();
    }
}
