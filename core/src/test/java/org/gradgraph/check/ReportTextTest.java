package org.gradgraph.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gradgraph.check.BrokenOps.X;
import static org.gradgraph.check.BrokenOps.pointwise;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The words of each kind of report, as text and as Markdown; {@code -Dgolden=write} writes them anew.
 *
 * <p>Lines, times and counts of evaluations are replaced.
 */
class ReportTextTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/check");

    private final Node x = Node.parameter("x");

    private GradientReport softsign() {
        Node z = Node.parameter("z", 4, 3);
        double[][] half = {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 0.5, 1}};
        Node a = pointwise(
                        "softsign",
                        X.dividedBy(Formula.constant(1).plus(X.abs())),
                        (in, y, dy) -> List.of(
                                dy.dividedBy(Elementary.abs(in.get(0)).plus(1).square())
                                        .times(Node.constant(half))),
                        z)
                .named("A");
        Feeds point = Feeds.of(z, new double[][] {{1, 2, 3}, {-1, -2, 0.5}, {0.25, 4, 1}, {2, -1, 3}});
        return GradientCheck.of(a.sum().named("J")).at(point).report();
    }

    private GradientReport right() {
        Node a = Node.parameter("a"), b = Node.parameter("b"), c = Node.parameter("c");
        return GradientCheck.of(a.plus(b.times(c)).times(3).named("J"))
                .at(Feeds.of(a, 5).and(b, 3).and(c, 2))
                .report();
    }

    private GradientReport unreached() {
        Node frozen = Node.parameter("frozen");
        Node cost = x.square().times(Arithmetic.stopGradient(frozen));
        return GradientCheck.of(cost).at(Feeds.of(x, 3).and(frozen, 2)).report();
    }

    private GradientReport nothingMoves() {
        return GradientCheck.of(Arithmetic.stopGradient(x).times(2))
                .at(Feeds.of(x, 3))
                .report();
    }

    private GradientReport allZero() {
        return GradientCheck.of(x.square()).at(Feeds.of(x, 0)).report();
    }

    private GradientReport blunt() {
        return GradientCheck.of(x.square().plus(1e16)).at(Feeds.of(x, 1)).report();
    }

    private GradientReport kink() {
        return GradientCheck.of(Activations.relu(x).named("A").times(2))
                .at(Feeds.of(x, 0))
                .report();
    }

    private GradientReport notFinite() {
        return GradientCheck.of(x.log().times(2)).at(Feeds.of(x, 0)).report();
    }

    private GradientReport notRepeatable() {
        return GradientCheck.of(BrokenOps.restless(x)).at(Feeds.of(x, 1)).report();
    }

    private GradientReport modifiedOperand() {
        Node negated = Node.apply(
                new BrokenOps.Made(
                        "negatedInPlace",
                        in -> in.get(0),
                        (in, out) -> {
                            in.get(0).data[0] = -in.get(0).data[0];
                            out.data[0] = in.get(0).data[0];
                        },
                        (in, y, dy) -> List.of(dy.negate())),
                x);
        return GradientCheck.of(negated).at(Feeds.of(x, 1)).report();
    }

    /** Two magnitudes, two directions in each. */
    private GradientReport rightDirections() {
        Node w = Node.parameter("w", 2, 200);
        double[][] values = new double[2][200];
        Arrays.fill(values[0], 1.5);
        Arrays.fill(values[1], 0.001);
        return GradientCheck.of(w.times(2).sum().named("J"))
                .at(Feeds.of(w, values))
                .report();
    }

    private GradientReport inconclusive() {
        return GradientCheck.of(Elementary.sin(x.times(1e14)).named("wave"))
                .at(Feeds.of(x, 1))
                .report();
    }

    private GradientReport wrongSum() {
        Node u = x.exp().named("u");
        Node cost = u.times(2).plus(u.times(3)).named("J");
        return GradientCheck.of(cost)
                .at(Feeds.of(x, 0))
                .differentiatedBy((output, wrt) -> wrt.stream()
                        .map(node ->
                                node.equals(u) ? Node.constant(2) : node.equals(x) ? u.times(2) : usual(cost, node))
                        .toList())
                .report();
    }

    private static Node usual(Node cost, Node node) {
        return Derivatives.gradient(cost, node);
    }

    private GradientReport secondOrder() {
        Node w = Node.parameter("w", 2, 2);
        return GradientCheck.of(BrokenOps.wrongInSecondOrder(w).sum().named("J"))
                .at(Feeds.of(w, new double[][] {{1, 2}, {3, 4}}))
                .order(2)
                .report();
    }

    private GradientReport directions() {
        Node m = Node.parameter("M", 40, 50);
        return GradientCheck.of(BrokenOps.wrongAt(m, 17, 31).sum().named("J"))
                .at(Feeds.of(m, GradientCheckTest.random(40, 50, 1, new Random(5))))
                .seed(77)
                .report();
    }

    private GradientReport manyPoints() {
        Node w = Node.parameter("w", 3, 3);
        Node cost = pointwise("cubed", X.times(X).times(X), (in, y, dy) -> List.of(dy.times(in.get(0))), w)
                .sum();
        return GradientCheck.of(cost)
                .at(Feeds.of(w, new double[3][3]), Feeds.of(w, new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}))
                .report();
    }

    private Map<String, Supplier<GradientReport>> reports() {
        Map<String, Supplier<GradientReport>> reports = new LinkedHashMap<>();
        reports.put("softsign-wrong", this::softsign);
        reports.put("right", this::right);
        reports.put("right-with-a-stopped-parameter", this::unreached);
        reports.put("right-where-all-is-zero", this::allZero);
        reports.put("right-operation-by-operation", this::blunt);
        reports.put("nothing-to-compare", this::nothingMoves);
        reports.put("kink", this::kink);
        reports.put("not-finite", this::notFinite);
        reports.put("not-repeatable", this::notRepeatable);
        reports.put("inconclusive", this::inconclusive);
        reports.put("modified-operand", this::modifiedOperand);
        reports.put("right-in-a-large-matrix", this::rightDirections);
        reports.put("wrong-sum", this::wrongSum);
        reports.put("wrong-in-second-order", this::secondOrder);
        reports.put("wrong-in-a-large-matrix", this::directions);
        reports.put("wrong-at-the-second-point", this::manyPoints);
        return reports;
    }

    @TestFactory
    Stream<DynamicTest> each_kind_of_report_reads_as_kept() {
        return reports().entrySet().stream()
                .map(report -> DynamicTest.dynamicTest(report.getKey(), () -> {
                    GradientReport made = report.getValue().get();
                    compare(report.getKey() + ".txt", made.toString());
                    compare(report.getKey() + ".md", made.toMarkdown());
                }));
    }

    @Test
    void digits_below_the_error_are_left_out_at_any_magnitude() {
        assertThat(numeric(8.8123e-301, 1e-304)).endsWith("numeric 8.8123E-301 ± 1e-304");
        assertThat(numeric(8.8123e-310, 2e-312)).endsWith("numeric 8.812E-310 ± 2e-312");
        assertThat(numeric(512_434, 5e4)).endsWith("numeric 512000 ± 5e+04");
        assertThat(numeric(0.25, 6e6)).endsWith("numeric 0 ± 6e+06");
        assertThat(numeric(2.0 / 3, 1e-3)).endsWith("numeric 0.6667 ± 1e-03");
    }

    private static String numeric(double value, double error) {
        return new GradientReport.Entry("x", 0, 1, 0, 0, 1, value, error, Verdict.RIGHT, value, value).toString();
    }

    private static void compare(String name, String text) throws IOException {
        String normalized = text.replaceAll("java:\\d+", "java:42")
                        .replaceAll("\\d+ ms", "7 ms")
                        .replaceAll("\\d+ evaluations", "100 evaluations")
                        .stripTrailing()
                + "\n";
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name), normalized);
        }
        assertThat(normalized).isEqualTo(golden(name));
    }

    private static String golden(String name) throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            return Files.readString(FOLDER.resolve(name));
        }
        try (InputStream in = ReportTextTest.class.getResourceAsStream("/golden/check/" + name)) {
            return in == null ? "no such file" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
