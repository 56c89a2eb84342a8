package org.gradgraph.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bug class 25: a graph of a million nodes and its gradient fit into a bounded heap. */
class HugeGraphTest {
    @ParameterizedTest
    @ValueSource(strings = {"network", "chain"})
    @DisplayName("bug class 25: the gradient of a million nodes is built in 512 megabytes")
    void bug_25_the_gradient_of_a_million_nodes_is_built_in_512_megabytes(String model)
            throws IOException, InterruptedException {
        // GIVEN a virtual machine of that size, with a small stack for good measure
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-Xmx512m",
                        "-Xss256k",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HugeGraph.class.getName(),
                        model))
                .redirectErrorStream(true)
                .start();
        // WHEN
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        // THEN
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(new Scanner(output).nextInt()).isGreaterThan(HugeGraph.NODES);
    }

    @Test
    @DisplayName("bug class 25: its gradient is a small multiple of the graph")
    void bug_25_its_gradient_is_a_small_multiple_of_the_graph() {
        Node w = Node.parameter("w", 2, 1);
        Node b = Node.parameter("b", 2, 1);
        Node cost = HugeGraph.network(w, b, 100);
        List<Node> roots = new ArrayList<>(Derivatives.gradient(cost, List.of(w, b)));
        roots.add(cost);
        int forward = Graph.of(cost).nodes().size();
        assertThat(Graph.of(roots).nodes().size() - forward).isLessThanOrEqualTo(3 * forward);
    }
}
