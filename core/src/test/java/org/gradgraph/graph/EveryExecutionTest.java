package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the contract table and its gradient, in every way a program can be run, where tiles end. */
class EveryExecutionTest {
    /** Odd, and beyond the width of any vector. */
    private static final Sizes SIZES = Sizes.of(Map.of("m", 9, "n", 19, "k", 21));

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#all")
    void fusion_and_threads_change_no_bit_and_values_are_those_of_plain_loops(OperationRow row) {
        Sample sample = Sample.fixed(row, SIZES);
        Map<Node, DMatrixRMaj> values = sample.values(3, SIZES);

        Computation.Values got = Computation.of(sample.withGradients()).at(values);

        assertThat(got.elements(sample.y)).hasSize(sample.y.shape().elements().size());
        row.reference().ifPresent(loops -> requireClose(sample, got, values));
    }

    /** Half a unit for each of at most 399 terms, and a few for functions; a term is an operand or a product of two. */
    private static void requireClose(Sample sample, Computation.Values got, Map<Node, DMatrixRMaj> values) {
        DMatrixRMaj want = ValueContractTest.reference(sample, SIZES, values);
        double largest = values.values().stream()
                .flatMapToDouble(value -> Arrays.stream(value.data))
                .map(Math::abs)
                .reduce(1, Math::max);
        double[] y = got.elements(sample.y);
        assertThat(y).hasSize(want.getNumElements());
        for (int i = 0; i < y.length; i++) {
            double scale = Math.max(largest * largest, Math.abs(want.data[i]));
            assertThat(Double.compare(y[i], want.data[i]) == 0
                            || Math.abs(y[i] - want.data[i]) <= 200 * Math.ulp(scale))
                    .as("element %s of %s is %s, not %s", i, sample.row, y[i], want.data[i])
                    .isTrue();
        }
    }
}
