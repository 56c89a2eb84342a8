package org.gradgraph.precision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

/** Values and first and second derivatives at points of moderate size, correctly rounded, against a table. */
final class OracleTest {
    private static final Map<String, UnaryOperator<Node>> FUNCTIONS = Map.of(
            "exp", Node::exp,
            "expm1", Elementary::expm1,
            "log", Node::log,
            "log1p", Elementary::log1p,
            "sqrt", Node::sqrt,
            "sin", Node::sin,
            "tanh", Node::tanh,
            "sigmoid", Node::sigmoid);

    @Test
    void agreesWithTheTable() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : lines()) {
            String[] cells = line.split("\t", -1);
            UnaryOperator<Node> function = FUNCTIONS.get(cells[0]);
            if (function != null) {
                compare(function, cells, wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void compare(UnaryOperator<Node> function, String[] cells, List<String> wrong) {
        Node x = Node.parameter("x");
        Node f = function.apply(x);
        Node first = Derivatives.gradient(f, x);
        List<Node> nodes = List.of(f, first, Derivatives.gradient(first, x));
        for (int order = 0; order < 3; order++) {
            if (cells[2 + order].isEmpty()) {
                continue;
            }
            double expected = Double.parseDouble(
                    cells[2 + order].replace("inf", "Infinity").replace("nan", "NaN"));
            String found;
            try {
                double number = HighPrecision.of(nodes.get(order))
                        .withRespectTo()
                        .digits(60)
                        .at(Feeds.of(x, Double.parseDouble(cells[1])))
                        .value()
                        .rounded()
                        .get(0, 0);
                found = number == expected || Double.compare(number, expected) == 0 ? "" : "" + number;
            } catch (RuntimeException failure) {
                found = failure.toString();
            }
            if (!found.isEmpty()) {
                wrong.add(cells[0] + " at " + cells[1] + ", derivative " + order + ": " + found + ", not " + expected);
            }
        }
    }

    private static List<String> lines() throws IOException {
        try (InputStream table = Objects.requireNonNull(OracleTest.class.getResourceAsStream("/elementwise.tsv"))) {
            return new String(table.readAllBytes(), UTF_8).lines().skip(1).toList();
        }
    }
}
