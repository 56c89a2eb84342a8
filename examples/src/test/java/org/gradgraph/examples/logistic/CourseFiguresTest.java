package org.gradgraph.examples.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures that the course prints for logistic regression, and its loop beside the graph. */
class CourseFiguresTest {
    private static final DMatrixRMaj X = new DMatrixRMaj(new double[][] {{1, -2, -1}, {3, 0.5, -3.2}});
    private static final DMatrixRMaj Y = new DMatrixRMaj(new double[][] {{1, 1, 0}});
    private static final DMatrixRMaj W = new DMatrixRMaj(new double[][] {{1}, {2}});

    /** Half a unit of the last digit printed. */
    private static final double EIGHT_DIGITS = 0.5e-8;

    private static final double ALL_DIGITS = 1e-15;

    @Test
    void propagate() {
        Descent descent = Descent.from(new LogisticModel(2), X, Y, W, 1.5);

        Gradients gradients = descent.compareWithHand().graph();

        assertThat(descent.cost()).isCloseTo(0.15900537707692405, within(ALL_DIGITS));
        assertThat(gradients.dw().get(0)).isCloseTo(0.25071532, within(EIGHT_DIGITS));
        assertThat(gradients.dw().get(1)).isCloseTo(-0.06604096, within(EIGHT_DIGITS));
        assertThat(gradients.db().get(0)).isCloseTo(-0.1250040450043965, within(ALL_DIGITS));
    }

    @Test
    void optimize() {
        Descent descent = Descent.from(new LogisticModel(2), X, Y, W, 1.5);

        Training training = Training.of(descent, 0.009, 100);

        assertThat(training.costs()[0]).isCloseTo(0.15900538, within(EIGHT_DIGITS));
        assertThat(descent.w().get(0)).isCloseTo(0.80956046, within(EIGHT_DIGITS));
        assertThat(descent.w().get(1)).isCloseTo(2.0508202, within(0.5e-7));
        // A hundred sums are rounded on the way.
        assertThat(descent.b()).isCloseTo(1.5948713189708588, within(1e-14));
        Gradients last = training.last().graph();
        assertThat(last.dw().get(0)).isCloseTo(0.17860505, within(EIGHT_DIGITS));
        assertThat(last.dw().get(1)).isCloseTo(-0.04840656, within(EIGHT_DIGITS));
        assertThat(last.db().get(0)).isCloseTo(-0.08888460336847771, within(1e-14));
    }

    @Test
    void predict() {
        LogisticModel model = new LogisticModel(2);
        Run run = Program.of(model.a()).newRun();
        run.set(model.x(), new double[][] {{1, -1.1, -3.2}, {1.2, 2, 0.1}})
                .set(model.w(), new double[][] {{0.1124579}, {0.23106775}})
                .set(model.b(), -0.3);

        DMatrixRMaj a = run.forward().value(model.a());

        assertThat(Arrays.stream(a.data).mapToObj(probability -> probability > 0.5))
                .containsExactly(true, true, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 569})
    void the_loop_over_examples_and_the_graph_agree(int m) {
        Random random = new Random(m);
        int features = 5;
        DMatrixRMaj x = new DMatrixRMaj(features, m);
        DMatrixRMaj y = new DMatrixRMaj(1, m);
        for (int j = 0; j < m; j++) {
            for (int i = 0; i < features; i++) {
                x.set(i, j, random.nextGaussian());
            }
            y.set(0, j, random.nextInt(2));
        }
        DMatrixRMaj w = new DMatrixRMaj(new double[][] {{0.3}, {-0.2}, {0.5}, {0.1}, {-0.4}});

        Descent descent = Descent.from(new LogisticModel(features), x, y, w, 0.25);
        Gradients graph = descent.compareWithHand().graph();
        ExampleLoop loop = ExampleLoop.of(x, y, w, 0.25);

        assertThat(descent.cost()).isCloseTo(loop.cost(), within(1e-14));
        assertThat(graph.db().get(0)).isCloseTo(loop.db(), within(1e-14));
        for (int i = 0; i < features; i++) {
            assertThat(graph.dw().get(i)).isCloseTo(loop.dw().get(i), within(1e-14));
        }
    }

    @Test
    void one_run_takes_one_example_then_three_then_569() {
        LogisticModel model = new LogisticModel(2);
        Run run = Program.of(model.cost()).withGradients(model.z()).newRun();
        run.set(model.w(), W).set(model.b(), 1.5);
        Random random = new Random(7);
        for (int m : new int[] {1, 3, 569, 1}) {
            DMatrixRMaj x = new DMatrixRMaj(2, m);
            DMatrixRMaj y = new DMatrixRMaj(1, m);
            for (int j = 0; j < m; j++) {
                x.set(0, j, random.nextGaussian());
                x.set(1, j, random.nextGaussian());
                y.set(0, j, random.nextInt(2));
            }
            run.set(model.x(), x).set(model.y(), y).forward().backward();

            DMatrixRMaj dZ = run.gradient(model.z());

            for (int j = 0; j < m; j++) {
                double a = 1 / (1 + Math.exp(-(x.get(0, j) + 2 * x.get(1, j) + 1.5)));
                double byHand = (a - y.get(0, j)) / m;
                // The subtractions 1 − a and a − y round relative to 1, not to their result.
                assertThat(dZ.get(0, j)).isCloseTo(byHand, within(1e-14 / m));
            }
        }
    }
}
