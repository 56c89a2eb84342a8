package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is computed of every operation, and of everything that its derivatives are made of. */
class KernelContractTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#all")
    void an_operation_gives_the_same_bits_alone_as_among_others_and_the_shape_that_its_rule_says(OperationRow row) {
        Sample sample = Sample.fixed(row);
        Graph graph = sample.withDerivatives();
        Map<Node, DMatrixRMaj> values = sample.values(1, Sample.SIZES);
        Computation.Values together = Computation.of(graph.nodes()).at(values);
        for (Node node : graph.nodes()) {
            if (node.op().isEmpty()) {
                continue;
            }
            Op op = node.op().get();
            DMatrixRMaj result = together.of(node);
            assertThat(op.shape(node.inputs().stream().map(Node::shape).toList()))
                    .isEqualTo(node.shape())
                    .isEqualTo(Shape.of(result.numRows, result.numCols));
            Map<Node, DMatrixRMaj> operands = new LinkedHashMap<>();
            for (DMatrixRMaj value : together.ofInputs(node)) {
                operands.put(Node.input("x" + operands.size(), value.numRows, value.numCols), value);
            }
            Node alone = Node.apply(op, new ArrayList<>(operands.keySet()));
            Computation.Values got = Computation.of(List.of(alone)).once(operands);
            assertThat(Computation.bits(got.elements(alone)))
                    .as("%s of %s", op, operands.values())
                    .isEqualTo(Computation.bits(together.elements(node)));
        }
    }

    /** From large to small in the same runs, so that arrays are longer than their matrices. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#all")
    void symbolic_dimensions_give_the_same_bits_as_fixed_ones(OperationRow row) {
        Sample symbolic = Sample.symbolic(row);
        Node sizesOnly = Node.input("sizes", OperationRow.MN);
        List<Node> roots = new ArrayList<>(symbolic.withGradients());
        roots.add(sizesOnly);
        Computation one = Computation.of(roots);
        for (Map<String, Integer> bound : List.of(
                Map.of("m", 5, "n", 4, "k", 6),
                Map.of("m", 2, "n", 3, "k", 4),
                Map.of("m", 1, "n", 1, "k", 1),
                Map.of("m", 5, "n", 2, "k", 3))) {
            Sizes sizes = Sizes.of(bound);
            Sample fixed = Sample.fixed(row, sizes);
            Map<Node, DMatrixRMaj> fixedValues = fixed.values(7, sizes);
            Map<Node, DMatrixRMaj> symbolicValues = new LinkedHashMap<>();
            symbolicValues.put(symbolic.dy, fixedValues.get(fixed.dy));
            symbolicValues.put(sizesOnly, Sample.matrix(sizesOnly, sizes));
            for (int i = 0; i < row.arity(); i++) {
                symbolicValues.put(symbolic.operands.get(i), fixedValues.get(fixed.operands.get(i)));
            }
            Computation.Values got = one.at(symbolicValues);
            Computation.Values want = Computation.of(fixed.withGradients()).at(fixedValues);
            assertThat(symbolic.y.shape().bind(sizes)).isEqualTo(fixed.y.shape());
            assertThat(Computation.bits(got.elements(symbolic.y)))
                    .containsExactly(Computation.bits(want.elements(fixed.y)));
            for (int i = 0; i < row.arity(); i++) {
                assertThat(Computation.bits(got.elements(symbolic.gradients().get(i))))
                        .as(row + " with " + sizes + ": gradient " + i)
                        .containsExactly(
                                Computation.bits(want.elements(fixed.gradients().get(i))));
            }
        }
    }
}
