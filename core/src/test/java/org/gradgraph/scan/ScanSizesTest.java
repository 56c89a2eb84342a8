package org.gradgraph.scan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops with a symbolic number of steps, bound to sizes. */
class ScanSizesTest {
    static Stream<ScanModels.Model> models() {
        return ScanModels.all().stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_gradient_check_isolates_the_loop(ScanModels.Model model) {
        Node input = Node.input("X", Shape.of(Dim.of(2), Dim.named("T").times(Dim.of(model.width()))));
        Node cost = Node.constant(0);
        for (Node result : model.loop(input)) {
            cost = cost.plus(result.times(0.7).sin().sum());
        }
        Random random = new Random(7);
        Feeds feeds = Feeds.of(input, RandomMatrices_DDRM.rectangle(2, 3 * model.width(), -1, 1, random));
        List<Node> parameters = Graph.of(cost).nodes(Node.Kind.PARAMETER).stream()
                .sorted(Comparator.comparing(node -> node.name().orElseThrow()))
                .toList();
        for (Node node : parameters) {
            int rows = node.shape().rows().size();
            int columns = node.shape().columns().size();
            feeds = feeds.and(node, RandomMatrices_DDRM.rectangle(rows, columns, -0.6, 0.6, random));
        }
        List<Node> wrt = new ArrayList<>(parameters);
        wrt.add(input);
        GradientCheck.of(cost).withRespectTo(wrt.toArray(Node[]::new)).at(feeds).verify();
    }

    @Test
    void what_does_not_fit_the_sizes_of_a_run_names_the_line_of_the_body() {
        Node x = Node.input("X", Dim.named("k").plus(Dim.of(2)), Dim.named("T"));
        Node y = Scan.map(x, column -> column.slice(0, 5, 0, 1));
        Run run = Program.of(y).newRun().set(x, new double[3][2]);

        assertThatThrownBy(run::forward)
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("slice")
                .hasMessageContaining("ScanSizesTest.java");
    }

    @Test
    void checkpoints_need_a_factor_of_the_number_of_steps() {
        Node x = Node.input("X", 1, 12);
        ScanBuilder fold = Scan.over(x).state("h", Node.constant(0));

        assertThatThrownBy(() -> fold.checkpointEvery(0).step(s -> s))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("checkpointEvery(0): give at least 1 step");
        assertThatThrownBy(() -> fold.checkpointEvery(5).step(s -> s))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith(
                        "Scan, checkpointEvery(5), 12 steps: \"X\" 1×12 has 12 columns, which is no multiple of 5");
        assertThatThrownBy(() -> fold.columns(5).step(s -> s))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("Scan, columns(5): \"X\" 1×12 has 12 columns, which is no multiple of 5");
    }

    @Test
    void states_between_checkpoints_are_not_there_to_be_read() {
        Scan scan = Scan.over(Node.input("X", 1, 12))
                .checkpointEvery(3)
                .state("h", Node.constant(0))
                .step(s -> s.next("h", s.state("h").plus(s.input())));

        assertThatThrownBy(() -> scan.states("h"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("s.output(\"h\", …) in its step");
    }
}
