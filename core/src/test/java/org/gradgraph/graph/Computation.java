package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Executions;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;

/**
 * Values of nodes, computed by a program as they were composed, without rewriting.
 *
 * <p>{@link #at} runs the program in every way there is, and the bits of all of them must agree.
 */
final class Computation {
    private final Program program;
    private final Map<String, Run> runs = new LinkedHashMap<>();

    private Computation(Program program) {
        this.program = program;
    }

    /** Of these nodes; an input among them is no more than a leaf whose sizes are known. */
    static Computation of(Collection<Node> roots) {
        return new Computation(Program.of(new LinkedHashSet<>(roots)).rewrite(Rewriting.OFF));
    }

    /** The value of one node without inputs. */
    static double[] value(Node node) {
        return value(node, Map.of());
    }

    /** The value of one node. */
    static double[] value(Node node, Map<Node, DMatrixRMaj> feeds) {
        return of(List.of(node)).at(feeds).elements(node);
    }

    /** In every way there is to run a program; nothing that was fed may change. */
    Values at(Map<Node, DMatrixRMaj> feeds) {
        Values first = null;
        for (Map.Entry<String, Execution> way : Executions.all().entrySet()) {
            Values values = run(way.getKey(), way.getValue(), feeds);
            first = first == null ? values : values.requireBitsOf(first, way.getKey());
        }
        feeds.forEach(this::requireUnchanged);
        return java.util.Objects.requireNonNull(first);
    }

    /** In the usual way only, for values that are needed by the thousand. */
    Values once(Map<Node, DMatrixRMaj> feeds) {
        return run("as usual", Execution.standard(), feeds);
    }

    private Values run(String way, Execution execution, Map<Node, DMatrixRMaj> feeds) {
        Run run = runs.computeIfAbsent(way, fresh -> program.newRun(execution));
        Set<Node> leaves = leaves();
        feeds.forEach((node, value) -> {
            if (leaves.contains(node)) {
                run.set(node, value);
            }
        });
        run.forward();
        Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
        program.outputs().forEach(node -> values.put(node, run.value(node)));
        return new Values(values);
    }

    private Set<Node> leaves() {
        Set<Node> leaves = new LinkedHashSet<>(program.graph().nodes(Node.Kind.INPUT));
        leaves.addAll(program.graph().nodes(Node.Kind.PARAMETER));
        return leaves;
    }

    private void requireUnchanged(Node node, DMatrixRMaj fed) {
        if (leaves().contains(node)) {
            runs.forEach((way, run) -> assertThat(bits(elements(run.value(node))))
                    .as("what was fed to " + node + ", " + way)
                    .isEqualTo(bits(elements(fed))));
        }
    }

    private static double[] elements(DMatrixRMaj value) {
        return Arrays.copyOf(value.data, value.getNumElements());
    }

    /** To compare exactly, NaN included. */
    static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }

    static DMatrixRMaj filled(Shape shape, double number) {
        DMatrixRMaj matrix =
                new DMatrixRMaj(shape.rows().size(), shape.columns().size());
        Arrays.fill(matrix.data, number);
        return matrix;
    }

    /** What one run has computed. */
    static final class Values {
        private final Map<Node, DMatrixRMaj> values;

        private Values(Map<Node, DMatrixRMaj> values) {
            this.values = values;
        }

        DMatrixRMaj of(Node node) {
            DMatrixRMaj value = values.get(node);
            if (value == null) {
                throw new IllegalArgumentException(node + " is not computed here");
            }
            return value;
        }

        double[] elements(Node node) {
            return Computation.elements(of(node));
        }

        List<DMatrixRMaj> ofInputs(Node node) {
            List<DMatrixRMaj> inputs = new ArrayList<>();
            node.inputs().forEach(input -> inputs.add(of(input)));
            return inputs;
        }

        private Values requireBitsOf(Values expected, String way) {
            expected.values.forEach((node, value) -> {
                assertThat(Shape.of(of(node).numRows, of(node).numCols))
                        .as(node + ", " + way)
                        .isEqualTo(Shape.of(value.numRows, value.numCols));
                assertThat(bits(elements(node))).as(node + ", " + way).isEqualTo(bits(expected.elements(node)));
            });
            return expected;
        }
    }
}
