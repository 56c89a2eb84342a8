package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.exec.ScatteredWorkers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the contract table and its gradient, run by programs in every way there is. */
class EveryExecutionTest {
    /** Odd sizes, and beyond the width of any vector. */
    private static final Sizes SIZES = Sizes.of(Map.of("m", 9, "n", 19, "k", 21));

    static List<OperationRow> all() {
        return OperationRows.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void fusion_and_threads_change_no_bit_and_kernels_hardly_any(OperationRow row) {
        Sample sample = Sample.fixed(row, SIZES);
        Set<Node> wanted = new LinkedHashSet<>(List.of(sample.y));
        wanted.addAll(sample.gradients());
        Map<Node, DMatrixRMaj> values = sample.values(3, SIZES);
        Program program = Program.of(wanted).rewrite(Rewriting.OFF);
        Evaluation plain = Evaluation.of(wanted, values, SIZES);

        List<double[]> results = results(program, values, Execution.standard());

        for (int threads = 1; threads <= 4; threads++) {
            Execution some = ScatteredWorkers.scattered(Execution.standard(), threads);
            assertSameBits(results(program, values, some), results, "fused, workers: " + threads);
            assertSameBits(results(program, values, some.withoutFusion()), results, "not fused, workers: " + threads);
        }
        double largest = values.values().stream()
                .flatMapToDouble(value -> Arrays.stream(value.data))
                .map(Math::abs)
                .max()
                .orElse(0);
        int i = 0;
        for (Node node : wanted) {
            assertClose(results.get(i++), plain.elements(node), largest, node);
        }
    }

    private static List<double[]> results(Program program, Map<Node, DMatrixRMaj> values, Execution execution) {
        Run run = program.newRun(execution);
        values.forEach((node, value) -> {
            if (program.graph().contains(node)) {
                run.set(node, value);
            }
        });
        run.forward();
        List<double[]> results = new ArrayList<>();
        program.outputs().forEach(node -> results.add(run.value(node).data));
        return results;
    }

    private static void assertSameBits(List<double[]> actual, List<double[]> expected, String how) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(bits(actual.get(i))).as(how).isEqualTo(bits(expected.get(i)));
        }
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }

    /** Half a unit for each of at most 399 terms, and a few for functions, relative to the largest number in sight. */
    private static void assertClose(double[] actual, double[] expected, double largest, Node node) {
        double scale = largest;
        for (double value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            boolean same = Double.compare(actual[i], expected[i]) == 0;
            assertThat(same || Math.abs(actual[i] - expected[i]) <= 200 * Math.ulp(scale))
                    .as("element %s of %s is %s, not %s", i, node, actual[i], expected[i])
                    .isTrue();
        }
    }
}
