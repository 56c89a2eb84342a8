package org.gradgraph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logarithms of densities with scales and shares, written as textbooks do, far from their centres. */
class DensitiesTest {
    /** In percent: a few roundings of a few operations. */
    private static final double ROUNDING = 1e-12;

    private final Node x = Node.parameter("x");
    private final Node s = Node.parameter("s");
    private final Node w = Node.parameter("w");

    private Node power(double centre) {
        return x.minus(centre).dividedBy(s).square().times(-0.5).exp();
    }

    private Run at(Node y, double place, double scale) {
        return Program.of(y)
                .withGradients(x, s)
                .newRun()
                .set(x, place)
                .set(s, scale)
                .forward()
                .backward();
    }

    /** From the larger term and the ratio of the other one to it. */
    @ParameterizedTest
    @CsvSource({"100, 1", "-100, 1", "100, 0.5", "0.25, 2", "1e4, 3", "-3e5, 10", "40, 1e-3"})
    void a_mixture_keeps_its_value_and_its_slopes(double place, double scale) {
        double a = -0.5 * Math.pow((place - 1) / scale, 2);
        double b = -0.5 * Math.pow((place + 1) / scale, 2);
        double largest = Math.max(a, b);
        double ofA = 0.3 * StrictMath.exp(a - largest);
        double ofB = 0.7 * StrictMath.exp(b - largest);
        double value = largest + StrictMath.log((ofA + ofB) / scale);
        double toX = -((place - 1) * ofA + (place + 1) * ofB) / (ofA + ofB) / (scale * scale);
        double toS = (-2 * a * ofA - 2 * b * ofB) / (ofA + ofB) / scale - 1 / scale;
        for (Node y : List.of(
                power(1).times(0.3)
                        .dividedBy(s)
                        .plus(power(-1).times(0.7).dividedBy(s))
                        .log(),
                power(1).dividedBy(s)
                        .times(0.3)
                        .plus(power(-1).dividedBy(s).times(0.7))
                        .log(),
                power(1).times(0.3).plus(power(-1).times(0.7)).dividedBy(s).log())) {
            Run run = at(y, place, scale);

            assertThat(run.scalar(y)).isCloseTo(value, withinPercentage(ROUNDING));
            assertThat(run.gradientScalar(x)).isCloseTo(toX, withinPercentage(ROUNDING));
            assertThat(run.gradientScalar(s)).isCloseTo(toS, withinPercentage(ROUNDING));
        }
    }

    @Test
    void a_single_density_with_a_share_keeps_its_value_and_its_slopes() {
        for (Node y : List.of(
                w.times(power(1)).dividedBy(s).log(),
                w.times(power(1).dividedBy(s)).log(),
                power(1).dividedBy(s.dividedBy(w)).log())) {
            Run run = Program.of(y)
                    .withGradients(x, s, w)
                    .newRun()
                    .set(x, 101)
                    .set(s, 2)
                    .set(w, 0.25)
                    .forward()
                    .backward();

            assertThat(run.scalar(y)).isCloseTo(-1250 - StrictMath.log(8), withinPercentage(ROUNDING));
            assertThat(run.gradientScalar(x)).isCloseTo(-25, withinPercentage(ROUNDING));
            assertThat(run.gradientScalar(s)).isCloseTo(1249.5, withinPercentage(ROUNDING));
            assertThat(run.gradientScalar(w)).isCloseTo(4, withinPercentage(ROUNDING));
        }
    }
}
