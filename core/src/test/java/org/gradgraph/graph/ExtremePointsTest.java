package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values, first and second derivatives of elementwise operations at extreme points, beside {@code elementwise.tsv}: the
 * nearest doubles of results computed with 60 to 1500 digits.
 */
class ExtremePointsTest {
    private static final double RELATIVE = 4e-15;

    /** Subnormal results have an absolute error: a few factors, each rounded to the smallest double. */
    private static final double ABSOLUTE = 8 * Double.MIN_VALUE;

    private static final Map<String, UnaryOperator<Node>> FUNCTIONS = functions();

    private static Map<String, UnaryOperator<Node>> functions() {
        Map<String, UnaryOperator<Node>> all = new TreeMap<>();
        all.put("acos", Elementary::acos);
        all.put("acosh", Elementary::acosh);
        all.put("asin", Elementary::asin);
        all.put("asinh", Elementary::asinh);
        all.put("atan", Elementary::atan);
        all.put("atanh", Elementary::atanh);
        all.put("cbrt", Elementary::cbrt);
        all.put("cos", Elementary::cos);
        all.put("cosh", Elementary::cosh);
        all.put("digamma", Special::digamma);
        all.put("elu", x -> Activations.elu(x, 1));
        all.put("erf", Special::erf);
        all.put("erfc", Special::erfc);
        all.put("exp", Elementary::exp);
        all.put("expm1", Elementary::expm1);
        all.put("gelu", Activations::gelu);
        all.put("hypot(x,1)", x -> Elementary.hypot(x, Node.constant(1)));
        all.put("lgamma", Special::lgamma);
        all.put("log", Elementary::log);
        all.put("log10", Elementary::log10);
        all.put("log1mExp(-x)", x -> Special.log1mExp(x.negate()));
        all.put("log1p", Elementary::log1p);
        all.put("log2", Elementary::log2);
        all.put("logAddExp(x,0)", x -> Special.logAddExp(x, Node.constant(0)));
        all.put("logNormalCdf", Special::logNormalCdf);
        all.put("logSigmoid", Activations::logSigmoid);
        all.put("logSoftmax(x,0)[0]", x -> first(Activations.logSoftmaxColumns(above(x, 0))));
        all.put("normalCdf", Special::normalCdf);
        all.put("normalize(x,1)[0]", x -> first(Reductions.normalizeColumns(above(x, 1))));
        all.put("power(-2)", x -> Arithmetic.power(x, -2));
        all.put("power(0.5)", x -> Arithmetic.power(x, 0.5));
        all.put("power(1.5)", x -> Arithmetic.power(x, 1.5));
        all.put("power(3)", x -> Arithmetic.power(x, 3));
        all.put("reciprocal", Arithmetic::reciprocal);
        all.put("selu", Activations::selu);
        all.put("sigmoid", Activations::sigmoid);
        all.put("silu", Activations::silu);
        all.put("sin", Elementary::sin);
        all.put("sinh", Elementary::sinh);
        all.put("softmax(x,0)[0]", x -> first(Activations.softmaxColumns(above(x, 0))));
        all.put("softplus", Activations::softplus);
        all.put("softsign", Activations::softsign);
        all.put("sqrt", Elementary::sqrt);
        all.put("square", Arithmetic::square);
        all.put("tan", Elementary::tan);
        all.put("tanh", Elementary::tanh);
        return all;
    }

    private static Node above(Node x, double below) {
        return Layout.concatRows(x, Node.constant(below));
    }

    private static Node first(Node column) {
        return Layout.sliceRows(column, 0, 1);
    }

    private static List<String[]> rows() {
        try (InputStream table = ExtremePointsTest.class.getResourceAsStream("/elementwise.tsv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Stream<String> names() {
        return rows().stream().map(cells -> cells[0]).distinct();
    }

    @ParameterizedTest
    @MethodSource("names")
    void have_the_nearest_doubles(String name) {
        Node x = Node.parameter("x");
        Node y = FUNCTIONS.get(name).apply(x);
        Node slope = Derivatives.gradient(y, x);
        List<Node> results = List.of(y, slope, Derivatives.gradient(slope, x));
        Run run = Program.of(results.get(0), results.get(1), results.get(2)).newRun();
        List<String> wrong = new ArrayList<>();
        for (String[] cells : rows()) {
            if (cells[0].equals(name)) {
                run.set(x, Double.parseDouble(cells[1])).forward();
                for (int order = 0; order < 3; order++) {
                    String exact = cells[2 + order];
                    double actual = run.scalar(results.get(order));
                    boolean counts = !exact.isEmpty() && !isOutOfReach(name, order, Double.parseDouble(cells[1]));
                    if (counts && !isNear(actual, Double.parseDouble(exact))) {
                        wrong.add("f" + "'".repeat(order) + "(" + cells[1] + ") = " + actual + ", exactly " + exact);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void beyond_all_numbers_are_the_limits() {
        Node x = Node.parameter("x");
        Node slope = Derivatives.gradient(Special.logNormalCdf(x), x);
        Node curvature = Derivatives.gradient(slope, x);
        Run run = Program.of(curvature).newRun();
        run.set(x, Double.POSITIVE_INFINITY).forward();
        assertThat(run.scalar(curvature)).isZero();
        run.set(x, Double.NEGATIVE_INFINITY).forward();
        assertThat(run.scalar(curvature)).isEqualTo(-1);
    }

    @Test
    void a_direction_that_is_not_a_number_leaves_other_rows_alone() {
        Node x = Node.parameter("x", 2, 2);
        Node cost = Layout.sliceColumns(Reductions.normalizeRows(x), 0, 1).sum();
        Node gradient = Derivatives.gradient(cost, x);
        Run run = Program.of(gradient).newRun();
        run.set(x, new double[][] {{Double.NaN, 1}, {3, 4}}).forward();
        assertThat(run.value(gradient).get(0, 0)).isNaN();
        assertThat(run.value(gradient).get(1, 0)).isCloseTo(0.128, within(1e-16));
    }

    /**
     * Below 1, acosh has no value, and the table continues its derivatives. The second derivative of a softmax at nearly
     * equal elements is a difference of shares near ½: it has their absolute error, since a share is a double.
     */
    private static boolean isOutOfReach(String name, int order, double x) {
        return (name.equals("acosh") && x < 1) || (name.equals("softmax(x,0)[0]") && order == 2 && Math.abs(x) < 0.05);
    }

    private static boolean isNear(double actual, double exact) {
        return Math.abs(actual - exact) <= RELATIVE * Math.abs(exact) + ABSOLUTE;
    }
}
