package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What kernels do, for every operation and for everything its derivatives are made of. */
class KernelContractTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#all")
    void the_kernel_fills_a_result_of_the_shape_that_the_rule_says_and_leaves_its_inputs_alone(OperationRow row) {
        Sample sample = Sample.fixed(row);
        Graph graph = sample.withDerivatives();
        Map<Node, DMatrixRMaj> values = sample.values(1, Sample.SIZES);
        Evaluation plain = Evaluation.of(graph.nodes(), values, Sample.SIZES);
        for (Node node : graph.nodes()) {
            if (node.op().isEmpty()) {
                continue;
            }
            Op op = node.op().get();
            assertThat(op.shape(node.inputs().stream().map(Node::shape).toList()))
                    .isEqualTo(node.shape());
            // GIVEN inputs whose arrays are longer than they need be, and a result full of rubbish
            List<DMatrixRMaj> inputs =
                    node.inputs().stream().map(input -> roomy(plain.of(input))).toList();
            List<double[]> before =
                    inputs.stream().map(input -> input.data.clone()).toList();
            DMatrixRMaj out = Evaluation.filled(node.shape(), 7);
            double[] array = out.data;
            // WHEN
            Forward.run(op, inputs, out);
            // THEN the result is where it was, complete, the same as before, and the inputs are untouched
            assertThat(out.data).as("the array of the result of " + op).isSameAs(array);
            assertThat(Shape.of(out.numRows, out.numCols)).isEqualTo(node.shape());
            assertThat(Evaluation.bits(out.data))
                    .as(op + " does not depend on what was in its result before")
                    .containsExactly(Evaluation.bits(plain.elements(node)));
            for (int i = 0; i < inputs.size(); i++) {
                assertThat(Evaluation.bits(inputs.get(i).data))
                        .as("input " + i + " of " + op)
                        .containsExactly(Evaluation.bits(before.get(i)));
            }
        }
    }

    private static DMatrixRMaj roomy(DMatrixRMaj x) {
        double[] data = new double[x.getNumElements() + 5];
        Arrays.fill(data, Double.NaN);
        System.arraycopy(x.data, 0, data, 0, x.getNumElements());
        return DMatrixRMaj.wrap(x.numRows, x.numCols, data);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#all")
    void symbolic_dimensions_give_the_same_bits_as_fixed_ones(OperationRow row) {
        Sample symbolic = Sample.symbolic(row);
        for (Map<String, Integer> bound : List.of(
                Map.of("m", 2, "n", 3, "k", 4), Map.of("m", 1, "n", 1, "k", 1), Map.of("m", 5, "n", 2, "k", 3))) {
            Sizes sizes = Sizes.of(bound);
            Sample fixed = Sample.fixed(row, sizes);
            Map<Node, DMatrixRMaj> fixedValues = fixed.values(7, sizes);
            Map<Node, DMatrixRMaj> symbolicValues = new LinkedHashMap<>();
            symbolicValues.put(symbolic.dy, fixedValues.get(fixed.dy));
            for (int i = 0; i < row.arity(); i++) {
                symbolicValues.put(symbolic.operands.get(i), fixedValues.get(fixed.operands.get(i)));
            }
            Evaluation got = Evaluation.of(symbolic.withGradients(), symbolicValues, sizes);
            Evaluation want = Evaluation.of(fixed.withGradients(), fixedValues, sizes);
            assertThat(symbolic.y.shape().bind(sizes)).isEqualTo(fixed.y.shape());
            assertThat(Evaluation.bits(got.elements(symbolic.y)))
                    .containsExactly(Evaluation.bits(want.elements(fixed.y)));
            for (int i = 0; i < row.arity(); i++) {
                assertThat(Evaluation.bits(got.elements(symbolic.gradients().get(i))))
                        .as(row + " with " + sizes + ": gradient " + i)
                        .containsExactly(
                                Evaluation.bits(want.elements(fixed.gradients().get(i))));
            }
        }
    }
}
