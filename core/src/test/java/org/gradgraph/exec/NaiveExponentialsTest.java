package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people write with exponentials, and sums whose kinks cancel: exact where the form as composed overflows. */
public class NaiveExponentialsTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    /** An expression of one column, its value there, and its gradient; the numbers are limits or those of 50 digits. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Case(String name, Node cost, Node by, double[] at, double value, double[] gradient) {
        @Override
        public String toString() {
            return name + " at " + Arrays.toString(at);
        }
    }

    private static Node column(int rows) {
        return Node.parameter("v", rows, 1);
    }

    private static double[] at(double... numbers) {
        return numbers;
    }

    private static Node part(Node v, int row) {
        return Layout.sliceRows(v, row, row + 1);
    }

    static Stream<Case> cases() {
        Node z = column(1);
        Node v = column(2);
        Node a = part(v, 0);
        Node b = part(v, 1);
        Node one = Node.constant(1);
        Node both = a.exp().plus(b.exp());
        Node softmax = Activations.softmax(v, Over.EACH_COLUMN);
        Node oneHot = Node.constant(new double[][] {{1}, {0}});
        Node smooth =
                z.relu().minus(z.times(0.3)).plus(z.abs().negate().exp().plus(1).log());
        Node tanh = z.exp()
                .minus(z.negate().exp())
                .dividedBy(z.exp().plus(z.negate().exp()));
        Node mixture = a.sigmoid().times(a.exp()).plus(one.minus(a.sigmoid()).times(b.exp()));
        double tail = 4.248354255291589e-18;
        return Stream.of(
                new Case("log(eᵃ + eᵇ)", both.log(), v, at(1000, 1000), 1000.6931471805599, at(0.5, 0.5)),
                new Case("log(eᵃ + eᵇ)", both.log(), v, at(0, -40), tail, at(1, tail)),
                new Case(
                        "log(3eᵃ + eᵇ)",
                        a.exp().times(3).plus(b.exp()).log(),
                        v,
                        at(-1000, -1000),
                        -1000 + 1.3862943611198906,
                        at(0.75, 0.25)),
                new Case(
                        "log(eᵃ − eᵇ)",
                        a.exp().minus(b.exp()).log(),
                        v,
                        at(1001, 1000),
                        1000.5413248546129,
                        at(1.5819767068693265, -0.5819767068693265)),
                new Case("log(eᵃ − eᵇ)", a.exp().minus(b.exp()).log(), v, at(-INF, -INF), -INF, at(NAN, NAN)),
                new Case("log of a mean", v.exp().mean().log(), v, at(1000, 1000), 1000, at(0.5, 0.5)),
                new Case(
                        "log(1 − e⁻ᶻ)", one.minus(z.negate().exp()).log(), z, at(1e-20), -46.051701859880914, at(1e20)),
                new Case("log cosh", Elementary.cosh(z).log(), z, at(1000), 999.3068528194401, at(1)),
                new Case(
                        "log cosh", Elementary.cosh(z).log(), z, at(1e-5), 4.999999999916667e-11, at(1e-5 - 1e-15 / 3)),
                new Case("a share", a.exp().dividedBy(both), v, at(-40, 0), tail, at(tail, -tail)),
                new Case(
                        "a share by a reciprocal",
                        part(v.exp().times(v.exp().sum().power(-1)), 0),
                        v,
                        at(1000, 1000),
                        0.5,
                        at(0.25, -0.25)),
                new Case("tanh", tanh, z, at(1000), 1, at(0)),
                new Case("tanh", tanh, z, at(1e-9), 1e-9, at(1)),
                new Case("rest of tanh", one.minus(tanh), z, at(20), 2 * tail, at(-4 * tail)),
                new Case(
                        "odds",
                        z.sigmoid().dividedBy(one.minus(z.sigmoid())),
                        z,
                        at(40),
                        2.3538526683702e17,
                        at(2.3538526683702e17)),
                new Case("picked by a slice", part(softmax, 0).log().negate(), v, at(0, 1000), 1000, at(-1, 1)),
                new Case(
                        "picked by a number",
                        Indexing.gatherRows(softmax, 0).log().negate(),
                        v,
                        at(0, 1000),
                        1000,
                        at(-1, 1)),
                new Case(
                        "picked by a product",
                        softmax.times(oneHot).sum().log().negate(),
                        v,
                        at(0, 1000),
                        1000,
                        at(-1, 1)),
                new Case(
                        "cross entropy of a softmax",
                        Losses.crossEntropy(softmax, oneHot, Over.EACH_COLUMN),
                        v,
                        at(0, 1000),
                        1000,
                        at(-1, 1)),
                new Case(
                        "below a concatenation",
                        Layout.concatRows(z.sigmoid(), z.sigmoid()).log().sum(),
                        z,
                        at(-1000),
                        -2000,
                        at(2)),
                new Case(
                        "1 + below a concatenation",
                        Layout.concatColumns(z.exp(), z.negate().exp())
                                .plus(1)
                                .log()
                                .sum(),
                        z,
                        at(1000),
                        1000,
                        at(1)),
                new Case("smooth sum", smooth, z, at(0), 0.6931471805599453, at(0.2)),
                new Case("smooth sum", smooth, z, at(1000), 700, at(0.7)),
                new Case(
                        "smooth sum of a maximum",
                        Comparisons.maximum(z, Node.constant(0))
                                .plus(z.abs().negate().exp().plus(1).log()),
                        z,
                        at(0),
                        0.6931471805599453,
                        at(0.5)),
                new Case("relu(z) − relu(−z)", z.relu().minus(z.negate().relu()), z, at(0), 0, at(1)),
                new Case("a mixture", mixture.log(), v, at(1000, 1000), 1000, at(1, 0)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_naive_form_is_exact(Case each) {
        Run run = Program.of(each.cost).withGradients(each.by).newRun();
        double[][] fed = Arrays.stream(each.at).mapToObj(number -> at(number)).toArray(double[][]::new);
        run.set(each.by, fed);
        run.forward().backward();

        assertClose(run.scalar(each.cost), each.value);
        for (int i = 0; i < each.gradient.length; i++) {
            assertClose(run.gradient(each.by).data[i], each.gradient[i]);
        }
    }

    private static void assertClose(double actual, double expected) {
        if (Double.isFinite(expected)) {
            assertThat(actual).isCloseTo(expected, within(4e-15 * Math.abs(expected)));
        } else {
            assertThat(Double.valueOf(actual)).isEqualTo(Double.valueOf(expected));
        }
    }

    @Test
    void a_term_of_weight_0_is_left_out_even_if_its_exponent_is_nan_or_infinite() {
        Node v = column(2);
        Node weights = Node.input("w", 2, 1);
        Node picked = v.exp().times(weights).sum().log();
        for (double other : List.of(NAN, INF, -INF, 1e308)) {
            Run run = Program.of(picked).withGradients(v).newRun();
            run.set(v, new double[][] {{3}, {other}}).set(weights, new double[][] {{1}, {0}});
            run.forward().backward();

            assertThat(run.scalar(picked)).isEqualTo(3);
            assertThat(run.gradient(v).data).containsExactly(1, 0);
        }
    }
}
