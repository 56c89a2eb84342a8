package org.gradgraph.precision;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.scan.Scan;
import org.junit.jupiter.api.Test;

/** The same numbers as the graph without a loop, and as exact arithmetic. */
final class LoopTest {
    private static final double[][] SERIES = {{0.3, -1.25, 0.7, 2.1}, {-0.4, 0.9, 1.6, -0.2}};

    private final Node series = Node.input("series", 2, 4);
    private final Node w = Node.parameter("w", 3, 3);
    private final Node v = Node.parameter("v", 3, 2);
    private final Feeds feeds = Feeds.of(series, SERIES)
            .and(w, new double[][] {{0.5, -0.2, 0.1}, {0.3, 0.8, -0.6}, {-0.7, 0.4, 0.2}})
            .and(v, new double[][] {{1.1, -0.3}, {0.2, 0.6}, {-0.9, 0.5}});

    private Node next(Node h, Node column) {
        return w.matmul(h).plus(v.matmul(column)).tanh();
    }

    @Test
    void aNetworkWithAStateEqualsTheUnrolledOne() {
        Node start = Node.constant(new double[3][1]);
        Node looped = Scan.fold(series, start, this::next).square().sum();
        Node h = start;
        for (int t = 0; t < 4; t++) {
            h = next(h, Layout.sliceColumns(series, t, t + 1));
        }
        assertSame(looped, h.square().sum(), feeds, w, v);
    }

    @Test
    void outputsOfALoopBackwardsEqualTheUnrolledOnes() {
        Scan scan = Scan.over(series)
                .state("h", Node.constant(new double[3][1]))
                .backwards()
                .step(s -> {
                    Node h = next(s.state("h"), s.input());
                    return s.next("h", h).output(h.sum().exp());
                });
        Node h = Node.constant(new double[3][1]);
        Node sum = Node.constant(0);
        for (int t = 3; t >= 0; t--) {
            h = next(h, Layout.sliceColumns(series, t, t + 1));
            sum = sum.plus(h.sum().exp().times(t + 1));
        }
        Node weights = Node.constant(new double[][] {{1, 2, 3, 4}});
        assertSame(scan.outputs().times(weights).sum(), sum, feeds, w, v);
    }

    @Test
    void aFilterOfALocalLevelEqualsTheUnrolledOne() {
        Node y = Node.input("y", 1, 4);
        Node q = Node.parameter("q");
        Node r = Node.parameter("r");
        Scan filter = Scan.over(y)
                .state("mean", Node.constant(0))
                .state("variance", Node.constant(1))
                .state("likelihood", Node.constant(0))
                .step(s -> {
                    Filter next = new Filter(s.state("mean"), s.state("variance"), s.state("likelihood"))
                            .after(s.input(), q, r);
                    return s.next("mean", next.mean)
                            .next("variance", next.variance)
                            .next("likelihood", next.likelihood);
                });
        Filter unrolled = new Filter(Node.constant(0), Node.constant(1), Node.constant(0));
        for (int t = 0; t < 4; t++) {
            unrolled = unrolled.after(Layout.sliceColumns(y, t, t + 1), q, r);
        }
        Feeds point =
                Feeds.of(y, new double[][] {{1.2, 0.7, -0.4, 2.3}}).and(q, 0.3).and(r, 0.5);
        assertSame(filter.last("likelihood"), unrolled.likelihood, point, q, r);
    }

    /** Mean, variance and log-likelihood. */
    private static final class Filter {
        final Node mean;
        final Node variance;
        final Node likelihood;

        Filter(Node mean, Node variance, Node likelihood) {
            this.mean = mean;
            this.variance = variance;
            this.likelihood = likelihood;
        }

        Filter after(Node value, Node q, Node r) {
            Node predicted = variance.plus(q);
            Node total = predicted.plus(r);
            Node gain = predicted.dividedBy(total);
            Node error = value.minus(mean);
            Node term = total.log().plus(error.square().dividedBy(total)).times(0.5);
            return new Filter(
                    mean.plus(gain.times(error)), predicted.times(gain.negate().plus(1)), likelihood.minus(term));
        }
    }

    @Test
    void aLoopInALoopEqualsItsPolynomial() {
        Node x = Node.parameter("x");
        Node coefficients = Node.input("c", 1, 3);
        Node rows = Node.input("rows", 1, 2);
        Node horner = Scan.fold(
                rows,
                Node.constant(0),
                (s, row) -> Scan.fold(coefficients, s, (t, c) -> t.times(x).plus(c)));
        Feeds point = Feeds.of(x, 1.125)
                .and(coefficients, new double[][] {{0.1, 0.7, -0.3}})
                .and(rows, new double[][] {{1, 1}});
        BigDecimal at = new BigDecimal(1.125);
        BigDecimal value = BigDecimal.ZERO;
        BigDecimal slope = BigDecimal.ZERO;
        for (double c : new double[] {0.1, 0.7, -0.3, 0.1, 0.7, -0.3}) {
            slope = slope.multiply(at).add(value);
            value = value.multiply(at).add(new BigDecimal(c));
        }

        PreciseResult result = HighPrecision.of(horner).digits(200).at(point);

        assertThat(result.value().decimal(0, 0)).isEqualByComparingTo(value);
        assertThat(result.gradient(x).decimal(0, 0)).isEqualByComparingTo(slope);
        assertThat(result.computedInDouble()).isEmpty();
    }

    @Test
    void aLoopWithCheckpointsAndASymbolicNumberOfStepsEqualsTheUnrolledOne() {
        Node x = Node.input("x", 2, Dim.named("half").times(Dim.of(2)));
        Scan scan = Scan.over(x)
                .state("h", Node.constant(new double[3][1]))
                .checkpointEvery(2)
                .step(s -> s.next("h", next(s.state("h"), s.input())));
        Feeds point = Feeds.of(x, SERIES).and(feeds);
        Node h = Node.constant(new double[3][1]);
        for (int t = 0; t < 4; t++) {
            h = next(h, Layout.sliceColumns(series, t, t + 1));
        }
        assertSame(scan.last("h").sum(), h.sum(), point, w, v);
    }

    @Test
    void aReportHasTheLoopAsOneNode() {
        Node looped =
                Scan.fold(series, Node.constant(new double[3][1]), this::next).sum();

        DigitsReport report = HighPrecision.of(looped).report(feeds);

        assertThat(report.digits()).isGreaterThan(13);
        List<String> nodes = new ArrayList<>();
        report.entries().forEach(entry -> nodes.add(entry.node()));
        assertThat(nodes).anyMatch(node -> node.startsWith("scan "));
    }

    private static void assertSame(Node looped, Node unrolled, Feeds feeds, Node... wrt) {
        PreciseResult actual = HighPrecision.of(looped).digits(40).at(feeds);
        PreciseResult expected = HighPrecision.of(unrolled).digits(40).at(feeds);
        assertThat(actual.value().decimal(0, 0))
                .isEqualByComparingTo(expected.value().decimal(0, 0));
        for (Node node : wrt) {
            for (int i = 0; i < node.shape().rows().size(); i++) {
                for (int j = 0; j < node.shape().columns().size(); j++) {
                    assertThat(actual.gradient(node).decimal(i, j))
                            .isEqualByComparingTo(expected.gradient(node).decimal(i, j));
                }
            }
        }
        assertThat(actual.computedInDouble()).isEmpty();
    }
}
