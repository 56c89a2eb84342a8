package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Values and derivatives of every operation that are known from outside, NaN and infinity included. */
class ValueContractTest {
    private static final Pattern NON_FINITE_WORDS = Pattern.compile("nan|infinit|not_finite|not_a_number");
    private static final double[] NON_FINITE = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#withPoints")
    void values_and_slopes_are_exact_at_every_point_in_every_position(OperationRow row) {
        Sample sample = Sample.fixed(row);
        OperationRow.Point calm = row.points().get(0);
        int elements = sample.y.shape().elements().size();
        Computation computation = Computation.of(sample.withGradients());
        for (OperationRow.Point point : row.points()) {
            for (int position = 0; position < elements; position++) {
                // GIVEN the point in one position, and the first point of the row everywhere else
                Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
                for (int i = 0; i < row.arity(); i++) {
                    DMatrixRMaj x = Computation.filled(
                            sample.operands.get(i).shape(), calm.operands().get(i));
                    x.data[position] = point.operands().get(i);
                    values.put(sample.operands.get(i), x);
                }
                values.put(sample.dy, Computation.filled(sample.dy.shape(), 1));
                // THEN
                String where = row + " of " + point + " in position " + position + ": ";
                Computation.Values result = computation.at(values);
                requirePoint(where + "value", result.of(sample.y), position, point.value(), calm.value(), row);
                for (int i = 0; i < row.arity(); i++) {
                    DMatrixRMaj slope = result.of(sample.gradients().get(i));
                    requirePoint(
                            where + "slope " + i,
                            slope,
                            position,
                            point.slopes().get(i),
                            calm.slopes().get(i),
                            row);
                }
            }
        }
    }

    /** Numbers of all kinds side by side, in lanes, tiles and shares of all sizes, disturb each other nowhere. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#withPoints")
    void values_and_slopes_are_exact_for_all_points_side_by_side(OperationRow row) {
        for (int[] size : new int[][] {{1, 1}, {1, 7}, {5, 1}, {9, 19}, {3, 700}}) {
            Sizes sizes = Sizes.of(Map.of("m", size[0], "n", size[1]));
            Sample sample = Sample.fixed(row, sizes);
            Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
            sample.operands.forEach(operand -> values.put(operand, Sample.matrix(operand, sizes)));
            values.put(sample.dy, Computation.filled(sample.dy.shape(), 1));
            Random random = new Random(row.toString().hashCode());
            List<OperationRow.Point> points = new ArrayList<>();
            for (int k = 0; k < size[0] * size[1]; k++) {
                points.add(row.points().get(random.nextInt(row.points().size())));
                for (int i = 0; i < row.arity(); i++) {
                    values.get(sample.operands.get(i)).data[k] =
                            points.get(k).operands().get(i);
                }
            }
            Computation.Values result = Computation.of(sample.withGradients()).at(values);
            for (int k = 0; k < points.size(); k++) {
                OperationRow.Point point = points.get(k);
                String where = row + " of " + point + " in position " + k + " of " + sample.y.shape() + ": ";
                requireClose(where + "value", result.of(sample.y).data[k], point.value(), row);
                for (int i = 0; i < row.arity(); i++) {
                    double slope = result.of(sample.gradients().get(i)).data[k];
                    requireClose(where + "slope " + i, slope, point.slopes().get(i), row);
                }
            }
        }
    }

    private static void requirePoint(
            String what, DMatrixRMaj got, int position, double here, double elsewhere, OperationRow row) {
        for (int k = 0; k < got.getNumElements(); k++) {
            requireClose(what + ", element " + k, got.data[k], k == position ? here : elsewhere, row);
        }
    }

    private static void requireClose(String what, double got, double want, OperationRow row) {
        requireClose(what, got, want, row.ulps(), 0);
    }

    private static void requireClose(String what, double got, double want, double ulps, double scale) {
        if (Double.isNaN(want) || Double.isInfinite(want)) {
            assertThat(got).as(what).isEqualTo((Double) want);
        } else {
            assertThat(got).as(what).isCloseTo(want, within(ulps * Math.ulp(Math.max(Math.abs(want), scale))));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#withExamples")
    void values_and_gradients_of_whole_matrices_are_those_of_the_example(OperationRow row) {
        for (OperationRow.Example example : row.examples()) {
            List<Shape> shapes = example.operands().stream()
                    .map(x -> Shape.of(x.numRows, x.numCols))
                    .toList();
            Sample sample = Sample.of(row, shapes, at -> at.bind(Sample.SIZES));
            Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
            for (int i = 0; i < shapes.size(); i++) {
                values.put(sample.operands.get(i), example.operands().get(i));
            }
            values.put(sample.dy, Computation.filled(sample.dy.shape().bind(Sample.SIZES), 1));
            Computation.Values result = Computation.of(sample.withGradients()).at(values);
            requireMatrix("value", result.of(sample.y), example.value(), row.ulps(), 0);
            for (int i = 0; i < example.gradients().size(); i++) {
                DMatrixRMaj got = result.of(sample.gradients().get(i));
                requireMatrix("gradient " + i, got, example.gradients().get(i), row.ulps(), 0);
            }
        }
    }

    private static void requireMatrix(String what, DMatrixRMaj got, DMatrixRMaj want, double ulps, double scale) {
        assertThat(Shape.of(got.numRows, got.numCols)).as(what).isEqualTo(Shape.of(want.numRows, want.numCols));
        for (int k = 0; k < want.getNumElements(); k++) {
            requireClose(what + ", element " + k, got.data[k], want.data[k], ulps, scale);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#withReference")
    @DisplayName("bug class 15: values are those of plain loops even with nan and infinity in every position")
    void values_are_those_of_plain_loops_even_with_nan_and_infinity_in_every_position(OperationRow row) {
        Sample sample = Sample.fixed(row);
        Map<Node, DMatrixRMaj> values = sample.values(4, Sample.SIZES);
        Computation computation = Computation.of(List.of(sample.y));
        requireReference(row, sample, computation.at(values), values);
        for (Node operand : sample.operands) {
            DMatrixRMaj x = values.get(operand);
            for (int k = 0; k < x.getNumElements(); k++) {
                double finite = x.data[k];
                for (double strange : NON_FINITE) {
                    x.data[k] = strange;
                    requireReference(row, sample, computation.at(values), values);
                }
                x.data[k] = finite;
            }
        }
    }

    private static void requireReference(
            OperationRow row, Sample sample, Computation.Values got, Map<Node, DMatrixRMaj> values) {
        requireMatrix(
                row + " of " + values.values(),
                got.of(sample.y),
                reference(sample, Sample.SIZES, values),
                row.ulps(),
                row.scale(sample.operands.stream().map(values::get).toList()));
    }

    /** What plain loops say. */
    static DMatrixRMaj reference(Sample sample, Sizes sizes, Map<Node, DMatrixRMaj> values) {
        List<double[][]> operands =
                sample.operands.stream().map(node -> rows(values.get(node))).toList();
        return Matrices.ofRows(sample.row.reference().orElseThrow().apply(operands, at -> at.bind(sizes)));
    }

    private static double[][] rows(DMatrixRMaj x) {
        double[][] rows = new double[x.numRows][];
        for (int i = 0; i < x.numRows; i++) {
            rows[i] = Arrays.copyOfRange(x.data, i * x.numCols, (i + 1) * x.numCols);
        }
        return rows;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#all")
    @DisplayName("bug class 15: nan and both infinities are accounted for in every operand")
    void nan_and_both_infinities_are_accounted_for_in_every_operand(OperationRow row) {
        if (row.reference().isPresent()) {
            return;
        }
        if (row.nonFiniteTest().isPresent()) {
            assertThat(row.nonFiniteTest().get().getDeclaredMethods())
                    .as("tests in " + row.nonFiniteTest().get().getSimpleName() + ", which " + row + " relies on")
                    .anyMatch(method -> AnnotationSupport.isAnnotated(method, Testable.class)
                            && NON_FINITE_WORDS.matcher(method.getName()).find());
            return;
        }
        for (int i = 0; i < row.arity(); i++) {
            int operand = i;
            for (double strange : NON_FINITE) {
                assertThat(row.points())
                        .as(row + " needs a point with " + strange + " as operand " + i + ", or a reference")
                        .anyMatch(point -> Double.compare(point.operands().get(operand), strange) == 0);
            }
        }
    }
}
