package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FusionTest {
    /** Narrow and wide matrices, one row, one column, one number, tiles and units that end in the middle. */
    private static final int[][] SHAPES = {
        {1, 1}, {1, 7}, {5, 1}, {3, 4}, {40, 3}, {700, 2}, {2, 600}, {17, 513}, {33, 129}, {1, 5000}, {5000, 1}
    };

    static Stream<Arguments> graphs() {
        List<Arguments> all = new ArrayList<>();
        for (int[] shape : SHAPES) {
            int seeds = shape[0] * shape[1] > 1000 ? 2 : 6;
            for (long seed = 0; seed < seeds; seed++) {
                all.add(Arguments.of(seed, shape[0], Math.min(shape[1], shape[0] == 1 ? 700 : 5000)));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "seed {0}, {1}×{2}")
    @MethodSource("graphs")
    void fusion_reuse_and_joining_of_passes_change_no_bit(long seed, int rows, int columns) {
        RandomGraph graph = new RandomGraph(seed, rows, columns, 25);
        Program program = Program.of(graph.output).withGradients(graph.leaves);
        Execution standard = Execution.standard();

        long[] plain = bits(program, graph, standard.withoutFusion().withThreads(1), false);

        assertThat(bits(program, graph, standard, false)).as("fused").isEqualTo(plain);
        assertThat(bits(program, graph, standard.withPoison(), false))
                .as("poisoned")
                .isEqualTo(plain);
        assertThat(bits(program, graph, standard, true)).as("one pass").isEqualTo(plain);
        assertThat(bits(program, graph, standard.withPoison(), true))
                .as("one pass, poisoned")
                .isEqualTo(plain);
        for (int workers : new int[] {1, 2, 4}) {
            assertThat(bits(program, graph, ScatteredWorkers.scattered(standard, workers), workers == 2))
                    .as("%s workers", workers)
                    .isEqualTo(plain);
        }
        assertThat(bits(program.keeping(graph.inner), graph, standard.withPoison(), true))
                .as("keeping everything")
                .isEqualTo(plain);
    }

    /** Each operation is a program of its own here, whose operands are what the others have computed. */
    @ParameterizedTest(name = "seed {0}, {1}×{2}")
    @MethodSource("graphs")
    void values_are_those_of_the_operations_one_by_one(long seed, int rows, int columns) {
        RandomGraph graph = new RandomGraph(seed, rows, columns, 25);
        Program program = Program.of(graph.output).withGradients(graph.leaves).keeping(graph.inner);
        List<Node> wanted = new ArrayList<>(graph.inner);
        List<Node> composed = program.gradientGraph().roots();
        wanted.addAll(composed);
        var expected = oneByOne(Graph.of(wanted), graph.feeds);

        Run run = program.newRun().set(graph.feeds).forwardAndBackward();

        for (Node node : graph.inner) {
            assertClose(run.value(node), expected.get(node));
        }
        for (int i = 0; i < graph.leaves.size(); i++) {
            assertClose(run.gradient(graph.leaves.get(i)), expected.get(composed.get(i)));
        }
    }

    @Test
    void a_chain_of_operations_and_its_mean_are_one_pass_without_a_buffer_between() {
        Node x = Node.parameter("x", 20, 30);
        Node y = x.sigmoid().times(x).plus(x.exp()).mean();
        Run run =
                Program.of(y).newRun(Execution.standard().withPortableKernels().withThreads(1));

        run.set(x, new DMatrixRMaj(20, 30));

        assertThat(run.explain())
                .startsWith("kernels: portable; at most 1 thread; fusion on\nforward 1: fused pass of ")
                .contains(
                        "and 1 reduction over 20×30, portable\nforward 2: 3 primitives of single numbers, one by one\n",
                        "forward 3: condition of fallbacks, 1×1\nforward 4: only for fallbacks: fused pass of ",
                        "forward 5: 3 primitives of single numbers, one by one\nbuffers: ");
        assertThat(Program.of(y)
                        .newRun(Execution.standard().withoutFusion())
                        .set(x, new DMatrixRMaj(20, 30))
                        .explain())
                .contains("fusion off", "forward 5");
    }

    /** A repeated row is read as one only by a pass of its own shape. */
    @Test
    void a_repeated_row_under_another_shape_keeps_its_elements() {
        Node x = Node.input("x", 1, 3);
        Node y = Node.input("y", 2, 1);
        Node rows = x.broadcastTo(Shape.of(2, 3)).reshape(6, 1).plus(1);
        Node columns = y.broadcastTo(Shape.of(2, 3)).reshape(3, 2).plus(1);
        for (Execution execution :
                List.of(Execution.standard(), Execution.standard().withoutFusion())) {
            Run run = Program.of(rows, columns).rewrite(Rewriting.OFF).newRun(execution);
            run.set(x, new double[][] {{1, 2, 3}})
                    .set(y, new double[][] {{4}, {5}})
                    .forward();
            assertThat(run.value(rows).data).containsExactly(2, 3, 4, 2, 3, 4);
            assertThat(run.value(columns).data).containsExactly(5, 5, 5, 6, 6, 6);
        }
    }

    /** Rounding grows with the number of terms, at most 5000·5000, and values are of the size of 1 to 5000. */
    private static void assertClose(DMatrixRMaj actual, DMatrixRMaj expected) {
        double scale = 1;
        for (double value : expected.data) {
            scale = Math.max(scale, Math.abs(value));
        }
        assertThat(actual.data).hasSize(expected.data.length);
        for (int i = 0; i < expected.data.length; i++) {
            assertThat(actual.data[i]).isCloseTo(expected.data[i], within(1e-11 * scale));
        }
    }

    private static IdentityHashMap<Node, DMatrixRMaj> oneByOne(Graph graph, Feeds feeds) {
        IdentityHashMap<Node, DMatrixRMaj> values = new IdentityHashMap<>();
        feeds.asMap().forEach(values::put);
        for (Node node : graph.nodes()) {
            if (node.op().isPresent()) {
                Feeds operands = Feeds.none();
                List<Node> leaves = new ArrayList<>();
                for (Node input : node.inputs()) {
                    leaves.add(Node.input("x" + leaves.size(), input.shape()));
                    operands = operands.and(leaves.get(leaves.size() - 1), values.get(input));
                }
                Node alone = Node.apply(node.op().get(), leaves);
                Run run = Program.of(alone).rewrite(Rewriting.OFF).newRun();
                values.put(node, run.set(operands).forward().value(alone));
            }
        }
        return values;
    }

    /** Twice, because a second run must not see what the first one left. */
    private static long[] bits(Program program, RandomGraph graph, Execution execution, boolean inOnePass) {
        Run run = program.newRun(execution).set(graph.feeds);
        long[] first = bitsOfOne(run, graph, inOnePass);
        assertThat(bitsOfOne(run, graph, inOnePass)).as("second run").isEqualTo(first);
        return first;
    }

    private static long[] bitsOfOne(Run run, RandomGraph graph, boolean inOnePass) {
        if (inOnePass) {
            run.forwardAndBackward();
        } else {
            run.forward().backward();
        }
        List<double[]> results = new ArrayList<>();
        results.add(run.value(graph.output).data);
        graph.leaves.forEach(leaf -> results.add(run.gradient(leaf).data));
        return results.stream()
                .flatMapToDouble(Arrays::stream)
                .mapToLong(Double::doubleToLongBits)
                .toArray();
    }
}
