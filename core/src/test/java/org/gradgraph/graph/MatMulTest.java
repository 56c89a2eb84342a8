package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrix product against three plain loops. */
class MatMulTest {
    private static final int[][] SHAPES = {
        {1, 1, 1},
        {1, 5, 1},
        {1, 1, 7},
        {7, 1, 1},
        {1, 6, 4},
        {4, 6, 1},
        {3, 1, 5},
        {2, 3, 4},
        {17, 23, 19},
        {5, 64, 3},
        {1, 569, 30},
        {30, 569, 1},
        {101, 2, 99}
    };

    static Stream<Arguments> variants() {
        return Stream.of(false, true).flatMap(ta -> Stream.of(false, true).map(tb -> Arguments.of(ta, tb)));
    }

    private static DMatrixRMaj gaussian(int rows, int columns, Random random) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        Arrays.setAll(matrix.data, i -> random.nextGaussian());
        return matrix;
    }

    private static double[] product(MatMul op, DMatrixRMaj a, DMatrixRMaj b) {
        Node x = Node.input("a", a.numRows, a.numCols);
        Node y = Node.input("b", b.numRows, b.numCols);
        return Computation.value(Node.apply(op, x, y), Map.of(x, a, y, b));
    }

    private static double[][] loops(MatMul op, DMatrixRMaj a, DMatrixRMaj b) {
        int rows = op.transposeA() ? a.numCols : a.numRows;
        int inner = op.transposeA() ? a.numRows : a.numCols;
        int columns = op.transposeB() ? b.numRows : b.numCols;
        double[][] result = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < inner; k++) {
                    double left = op.transposeA() ? a.get(k, i) : a.get(i, k);
                    double right = op.transposeB() ? b.get(j, k) : b.get(k, j);
                    result[i][j] += left * right;
                }
            }
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("variants")
    void equals_three_loops_for_odd_shapes(boolean transposeA, boolean transposeB) {
        Random random = new Random(3);
        MatMul op = new MatMul(transposeA, transposeB);
        for (int[] shape : SHAPES) {
            DMatrixRMaj a = transposeA ? gaussian(shape[1], shape[0], random) : gaussian(shape[0], shape[1], random);
            DMatrixRMaj b = transposeB ? gaussian(shape[2], shape[1], random) : gaussian(shape[1], shape[2], random);
            double[] out = product(op, a, b);
            double[][] expected = loops(op, a, b);
            // an inner product of k terms of size at most 5·5 errs by at most k·k·25·ε/2, far above what order costs
            double tolerance = shape[1] * 25 * Math.ulp(1.0);
            for (int i = 0; i < shape[0]; i++) {
                for (int j = 0; j < shape[2]; j++) {
                    assertThat(out[i * shape[2] + j]).isEqualTo(expected[i][j], within(tolerance));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void looks_only_at_the_elements_of_arrays_that_are_longer(boolean transposeA, boolean transposeB) {
        DMatrixRMaj a = reshaped(2, 2);
        DMatrixRMaj b = reshaped(2, 2);
        MatMul op = new MatMul(transposeA, transposeB);
        double[][] expected = loops(op, a, b);
        assertThat(product(op, a, b)).containsExactly(expected[0][0], expected[0][1], expected[1][0], expected[1][1]);
    }

    private static DMatrixRMaj reshaped(int rows, int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(9, 9);
        Arrays.fill(matrix.data, Double.NaN);
        matrix.reshape(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            matrix.data[i] = i + 1;
        }
        return matrix;
    }

    @ParameterizedTest
    @MethodSource("variants")
    void a_non_finite_element_reaches_every_sum_it_is_in_even_against_a_zero(boolean transposeA, boolean transposeB) {
        MatMul op = new MatMul(transposeA, transposeB);
        for (int[] shape : new int[][] {{1, 1, 1}, {1, 3, 1}, {2, 3, 4}, {5, 1, 3}, {1, 4, 3}, {3, 4, 1}}) {
            int rowsA = transposeA ? shape[1] : shape[0];
            int columnsA = transposeA ? shape[0] : shape[1];
            int rowsB = transposeB ? shape[2] : shape[1];
            int columnsB = transposeB ? shape[1] : shape[2];
            for (double strange : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                for (double other : new double[] {0, 1}) {
                    for (int k = 0; k < rowsA * columnsA; k++) {
                        assertSameAsLoops(op, spiked(rowsA, columnsA, k, strange), filled(rowsB, columnsB, other));
                    }
                    for (int k = 0; k < rowsB * columnsB; k++) {
                        assertSameAsLoops(op, filled(rowsA, columnsA, other), spiked(rowsB, columnsB, k, strange));
                    }
                }
            }
        }
    }

    private static void assertSameAsLoops(MatMul op, DMatrixRMaj a, DMatrixRMaj b) {
        double[] expected =
                Arrays.stream(loops(op, a, b)).flatMapToDouble(Arrays::stream).toArray();
        assertThat(product(op, a, b)).as("%s", op).containsExactly(expected);
    }

    private static DMatrixRMaj filled(int rows, int columns, double value) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        Arrays.fill(matrix.data, value);
        return matrix;
    }

    private static DMatrixRMaj spiked(int rows, int columns, int at, double value) {
        DMatrixRMaj matrix = filled(rows, columns, 0);
        matrix.data[at] = value;
        return matrix;
    }
}
