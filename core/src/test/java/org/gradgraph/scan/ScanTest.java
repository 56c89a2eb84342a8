package org.gradgraph.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A loop has the value, gradient and Hessian-vector product of the graph that is written out step by step. */
class ScanTest {
    static Stream<ScanModels.Model> models() {
        return ScanModels.all().stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_loop_is_what_is_written_out_step_by_step(ScanModels.Model model) {
        Node loopInput = Node.input("X", Shape.of(Dim.of(2), ScanModels.columns(model)));
        List<Node> loop = model.loop(loopInput);
        for (int steps : new int[] {1, 2, 7, 100}) {
            Node input = Node.input("X", 2, steps * model.width());
            List<Node> unrolled = model.unrolled(input, steps);
            DMatrixRMaj data = RandomMatrices_DDRM.rectangle(2, steps * model.width(), -1, 1, new Random(steps));
            for (Rewriting rewriting : Rewriting.values()) {
                same(all(loop, loopInput, data, rewriting), all(unrolled, input, data, rewriting), steps);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void checkpoints_change_nothing_but_the_order_of_sums(ScanModels.Model model) {
        int steps = 12;
        Node input = Node.input("X", 2, steps * model.width());
        DMatrixRMaj data = RandomMatrices_DDRM.rectangle(2, steps * model.width(), -1, 1, new Random(steps));
        List<DMatrixRMaj> expected = all(model.unrolled(input, steps), input, data, Rewriting.ON);
        for (int segment : new int[] {1, 3, 12}) {
            same(all(model.loop(input, segment), input, data, Rewriting.ON), expected, steps);
        }
    }

    /** Each step adds some roundings to a sum; all are relative to the largest element. */
    private static void same(List<DMatrixRMaj> loop, List<DMatrixRMaj> unrolled, int steps) {
        assertThat(loop).hasSameSizeAs(unrolled);
        for (int i = 0; i < loop.size(); i++) {
            double tolerance = (40 + 10 * steps) * Math.ulp(1.0) * CommonOps_DDRM.elementMaxAbs(unrolled.get(i));
            assertThat(loop.get(i).getNumRows()).isEqualTo(unrolled.get(i).getNumRows());
            assertThat(loop.get(i).getNumCols()).isEqualTo(unrolled.get(i).getNumCols());
            for (int k = 0; k < loop.get(i).getNumElements(); k++) {
                assertThat(loop.get(i).get(k))
                        .as("result %d, element %d, %d steps", i, k, steps)
                        .isCloseTo(unrolled.get(i).get(k), within(tolerance));
            }
        }
    }

    /** All results, a cost of them, its gradient, and the product of its Hessian with a vector. */
    private static List<DMatrixRMaj> all(List<Node> results, Node input, DMatrixRMaj data, Rewriting rewriting) {
        Node cost = Node.constant(0);
        for (Node result : results) {
            cost = cost.plus(result.square().mean())
                    .plus(result.times(0.7).sin().mean());
        }
        List<Node> wrt = new ArrayList<>(Graph.of(cost).nodes(Node.Kind.PARAMETER));
        wrt.sort(java.util.Comparator.comparing(node -> node.name().orElseThrow()));
        wrt.add(input);
        List<Node> vectors = wrt.stream()
                .map(node -> node == input
                        ? input.cos()
                        : Constants.ones(node.shape()).times(0.3))
                .toList();
        List<Node> outputs = new ArrayList<>(List.of(cost));
        outputs.addAll(results);
        outputs.addAll(Derivatives.hvp(cost, wrt, vectors));
        Run run = Program.of(outputs).withGradients(wrt).rewrite(rewriting).newRun();
        Random random = new Random(5);
        for (Node node : wrt.subList(0, wrt.size() - 1)) {
            int rows = node.shape().rows().size();
            int columns = node.shape().columns().size();
            run.set(node, RandomMatrices_DDRM.rectangle(rows, columns, -0.6, 0.6, random));
        }
        run.set(input, data).forward().backward();
        List<DMatrixRMaj> values = new ArrayList<>();
        outputs.forEach(output -> values.add(run.value(output)));
        wrt.forEach(node -> values.add(run.gradient(node)));
        return values;
    }
}
