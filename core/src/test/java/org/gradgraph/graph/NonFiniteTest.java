package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    @DisplayName("bug class 15: reach every sum from every position")
    void reach_every_sum_from_every_position(double strange) {
        Node x = Node.input("x", ROWS, COLUMNS);
        List<Node> sums = List.of(x.sum(), x.mean(), x.rowSums(), x.columnSums());
        Computation computation = Computation.of(sums);
        for (int at = 0; at < ROWS * COLUMNS; at++) {
            Computation.Values values = computation.at(Map.of(x, onesWith(at, strange)));
            assertThat(values.elements(sums.get(0))).containsExactly(strange);
            assertThat(values.elements(sums.get(1))).containsExactly(strange);
            double[] rows = values.elements(sums.get(2));
            double[] columns = values.elements(sums.get(3));
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
        assertThat(Computation.value(constant(strange).broadcastTo(target))).containsOnly(strange);
        assertThat(Computation.value(constant(1, strange, 2).broadcastTo(target)))
                .containsExactly(1, strange, 2, 1, strange, 2);
        assertThat(Computation.value(constant(1, strange).transpose().broadcastTo(target)))
                .containsExactly(1, 1, 1, strange, strange, strange);
        Node square = Node.constant(new double[][] {{1, strange}, {2, 3}});
        assertThat(Computation.value(square.transpose())).containsExactly(1, 2, strange, 3);
    }

    private static Node constant(double... row) {
        return Node.constant(new double[][] {row});
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    @DisplayName("bug class 15: follow ieee in every elementwise kernel")
    void follow_ieee_in_every_elementwise_kernel(double a) {
        Node x = constant(a);
        assertNear(Computation.value(x.exp()), Math.exp(a));
        assertNear(Computation.value(x.log()), Math.log(a));
        assertThat(Computation.value(x.negate())).containsExactly(-a);
        assertThat(Computation.value(x.square())).containsExactly(a * a);
        assertThat(Computation.value(x.times(0.0))).containsExactly(a * 0);
        assertThat(Computation.value(x.plus(1))).containsExactly(a + 1);
        assertNear(Computation.value(x.sigmoid()), Double.isNaN(a) ? a : sigmoid(a));
        for (double b : new double[] {0, 1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            Node y = constant(b);
            assertThat(Computation.value(x.plus(y))).containsExactly(a + b);
            assertThat(Computation.value(x.minus(y))).containsExactly(a - b);
            assertThat(Computation.value(x.times(y))).containsExactly(a * b);
            assertThat(Computation.value(x.dividedBy(y))).containsExactly(a / b);
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
}
