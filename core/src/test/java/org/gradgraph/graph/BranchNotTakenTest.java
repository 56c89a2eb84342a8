package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** NaN and infinity in a branch that is not taken change neither gradient nor Hessian, whatever elementwise operation made them. */
class BranchNotTakenTest {
    private static final double[] STRANGE = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    static Stream<OperationRow> elementwise() {
        return OperationRows.all().stream()
                .filter(row -> row.arity() > 0)
                .filter(row -> Graph.of(Sample.fixed(row).y).nodes().stream()
                        .flatMap(node -> node.op().stream())
                        .allMatch(op -> op instanceof Elementwise || op instanceof Constant));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("elementwise")
    void a_result_that_is_not_used_leaks_nothing(OperationRow row) {
        Branches branches = new Branches(row);
        DMatrixRMaj taken = Computation.filled(branches.y.shape(), 1);
        for (double strange : STRANGE) {
            for (int k = -1; k < branches.sample.operands.size(); k++) {
                Map<Node, DMatrixRMaj> values = branches.values();
                for (int i = 0; i < branches.sample.operands.size(); i++) {
                    if (k < 0 || k == i) {
                        Arrays.fill(values.get(branches.sample.operands.get(i)).data, strange);
                    }
                }
                branches.requireZeros(values, taken, row + " of " + strange + ", operand " + k);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("elementwise")
    void an_element_that_is_not_used_leaves_the_others_as_they_are(OperationRow row) {
        Branches branches = new Branches(row);
        DMatrixRMaj taken = Computation.filled(branches.y.shape(), 0);
        taken.data[0] = 1;
        for (Rewriting rewriting : Rewriting.values()) {
            Map<Node, DMatrixRMaj> values = branches.values();
            List<double[]> want = branches.derivatives(rewriting, values, taken);
            for (double strange : STRANGE) {
                branches.sample.operands.forEach(operand -> values.get(operand).data[0] = strange);
                assertThat(branches.derivatives(rewriting, values, taken))
                        .as("%s of %s, %s", row, strange, rewriting)
                        .usingRecursiveComparison()
                        .isEqualTo(want);
            }
        }
    }

    /** Σ of w³ where it is taken, else of the row's result; the gradient and a Hessian-vector product by all operands. */
    private static final class Branches {
        final Sample sample;
        final Node y;
        private final Node other;
        private final Node condition;
        private final List<Node> derivatives = new ArrayList<>();

        Branches(OperationRow row) {
            sample = Sample.fixed(row);
            y = sample.y;
            other = Node.parameter("other", y.shape());
            condition = Node.input("condition", y.shape());
            Node cost = Comparisons.where(condition, other.power(3), y).sum();
            List<Node> wrt = new ArrayList<>(sample.operands);
            wrt.add(other);
            derivatives.addAll(Derivatives.gradient(cost, wrt));
            List<Node> directions =
                    wrt.stream().map(node -> Constants.ones(node.shape())).toList();
            derivatives.addAll(Derivatives.hvp(cost, wrt, directions));
        }

        Map<Node, DMatrixRMaj> values() {
            Map<Node, DMatrixRMaj> values = new LinkedHashMap<>(sample.values(1, Sample.SIZES));
            values.remove(sample.dy);
            values.put(other, Computation.filled(y.shape(), 2));
            return values;
        }

        void requireZeros(Map<Node, DMatrixRMaj> values, DMatrixRMaj taken, String what) {
            for (Rewriting rewriting : Rewriting.values()) {
                List<double[]> got = derivatives(rewriting, values, taken);
                int count = derivatives.size() / 2;
                for (int i = 0; i < derivatives.size(); i++) {
                    double want = (i + 1) % count != 0 ? 0 : 12;
                    assertThat(got.get(i))
                            .as("%s, %s: derivative %d", what, rewriting, i)
                            .containsOnly(want);
                }
            }
        }

        List<double[]> derivatives(Rewriting rewriting, Map<Node, DMatrixRMaj> values, DMatrixRMaj taken) {
            Run run = Program.of(derivatives).rewrite(rewriting).newRun();
            values.forEach((node, value) -> set(run, node, value));
            set(run, condition, taken);
            run.forward();
            return derivatives.stream()
                    .map(node -> DoubleStream.of(run.value(node).data)
                            .map(x -> x + 0.0)
                            .toArray())
                    .toList();
        }

        /** A derivative that is constant has no input. */
        private static void set(Run run, Node node, DMatrixRMaj value) {
            if (run.program().graph().contains(node)) {
                run.set(node, value);
            }
        }
    }
}
