package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NaN and the infinities come out wherever they went in, as IEEE 754 says. */
class NonFiniteTest {
    private static final int ROWS = 3;
    private static final int COLUMNS = 150;

    private static DMatrixRMaj onesWith(int at, double value) {
        DMatrixRMaj matrix = new DMatrixRMaj(ROWS, COLUMNS);
        Arrays.fill(matrix.data, 1);
        matrix.data[at] = value;
        return matrix;
    }

    private static double[] run(Node node, DMatrixRMaj input) {
        DMatrixRMaj out = new DMatrixRMaj(
                node.shape().rows().size(), node.shape().columns().size());
        node.op().orElseThrow().forward(List.of(input), out);
        return out.data;
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    @DisplayName("bug class 15: reach every sum from every position")
    void reach_every_sum_from_every_position(double strange) {
        Node x = Node.input("x", ROWS, COLUMNS);
        for (int at = 0; at < ROWS * COLUMNS; at++) {
            DMatrixRMaj input = onesWith(at, strange);
            assertThat(run(x.sum(), input)).containsExactly(strange);
            assertThat(run(x.mean(), input)).containsExactly(strange);
            double[] rows = run(x.rowSums(), input);
            double[] columns = run(x.columnSums(), input);
            for (int i = 0; i < ROWS; i++) {
                assertThat(rows[i]).isEqualTo(Double.valueOf(i == at / COLUMNS ? strange : COLUMNS));
            }
            for (int j = 0; j < COLUMNS; j++) {
                assertThat(columns[j]).isEqualTo(Double.valueOf(j == at % COLUMNS ? strange : ROWS));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void are_repeated_by_a_broadcast_and_moved_by_a_transpose(double strange) {
        Shape target = Shape.of(2, 3);
        assertThat(run(Node.input("x").broadcastTo(target), DMatrixRMaj.wrap(1, 1, new double[] {strange})))
                .containsOnly(strange);
        assertThat(run(Node.input("x", 1, 3).broadcastTo(target), DMatrixRMaj.wrap(1, 3, new double[] {1, strange, 2})))
                .containsExactly(1, strange, 2, 1, strange, 2);
        assertThat(run(Node.input("x", 2, 1).broadcastTo(target), DMatrixRMaj.wrap(2, 1, new double[] {1, strange})))
                .containsExactly(1, 1, 1, strange, strange, strange);
        assertThat(run(Node.input("x", 2, 2).transpose(), DMatrixRMaj.wrap(2, 2, new double[] {1, strange, 2, 3})))
                .containsExactly(1, 2, strange, 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    @DisplayName("bug class 15: follow ieee in every elementwise kernel")
    void follow_ieee_in_every_elementwise_kernel(double a) {
        Node x = Node.input("x");
        DMatrixRMaj input = DMatrixRMaj.wrap(1, 1, new double[] {a});
        assertNear(run(x.exp(), input), Math.exp(a));
        assertNear(run(x.log(), input), Math.log(a));
        assertThat(run(x.negate(), input)).containsExactly(-a);
        assertThat(run(x.square(), input)).containsExactly(a * a);
        assertThat(run(x.times(0), input)).containsExactly(a * 0);
        assertThat(run(x.plus(1), input)).containsExactly(a + 1);
        assertNear(run(x.sigmoid(), input), Double.isNaN(a) ? a : sigmoid(a));
        for (double b : new double[] {0, 1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            DMatrixRMaj other = DMatrixRMaj.wrap(1, 1, new double[] {b});
            assertThat(run(x.plus(x), input, other)).isEqualTo(Double.valueOf(a + b));
            assertThat(run(x.minus(x), input, other)).isEqualTo(Double.valueOf(a - b));
            assertThat(run(x.times(x), input, other)).isEqualTo(Double.valueOf(a * b));
            assertThat(run(x.dividedBy(x), input, other)).isEqualTo(Double.valueOf(a / b));
        }
    }

    /** One unit in the last place for each of both functions. */
    private static void assertNear(double[] actual, double expected) {
        assertThat(actual[0]).isCloseTo(expected, within(Double.isFinite(expected) ? 2 * Math.ulp(expected) : 0.0));
    }

    private static double sigmoid(double a) {
        double e = Math.exp(-Math.abs(a));
        return (a < 0 ? e : 1) / (1 + e);
    }

    private static double run(Node node, DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj out = new DMatrixRMaj(1, 1);
        node.op().orElseThrow().forward(List.of(a, b), out);
        return out.data[0];
    }
}
