package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Second derivatives at exact points, at ±∞ and at NaN; the rows of the contract table say what is not usual. */
class SecondDerivativesTest {
    static Stream<OperationRow> ofOneElement() {
        return OperationRows.all().stream()
                .filter(row ->
                        row.arity() == 1 && row.hasGradient(0) && !row.points().isEmpty());
    }

    static Stream<OperationRow> stated() {
        return OperationRows.all().stream().filter(row -> !row.seconds().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofOneElement")
    void at_infinity_it_is_the_limit_zero_and_at_nan_it_is_nan_unless_the_row_says_otherwise(OperationRow row) {
        for (double at : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN}) {
            boolean isStated = row.seconds().stream()
                    .anyMatch(second -> Double.compare(second.operands().get(0), at) == 0);
            if (!isStated) {
                double usual = Double.isNaN(at) ? Double.NaN : 0;
                requireSeconds(row, new OperationRow.Second(List.of(at), List.of(usual)));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stated")
    void it_is_what_the_row_says(OperationRow row) {
        row.seconds().forEach(second -> requireSeconds(row, second));
    }

    private static void requireSeconds(OperationRow row, OperationRow.Second want) {
        List<Shape> scalars = row.shapes().stream().map(shape -> Shape.SCALAR).toList();
        Sample sample = Sample.of(row, scalars, at -> at.bind(Sample.SIZES));
        Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
        for (int i = 0; i < row.arity(); i++) {
            values.put(
                    sample.operands.get(i),
                    Computation.filled(Shape.SCALAR, want.operands().get(i)));
        }
        List<Node> seconds = new ArrayList<>();
        List<Node> slopes = Derivatives.gradient(sample.y, sample.operands);
        for (int i = 0; i < row.arity(); i++) {
            for (int j = i; j < row.arity(); j++) {
                seconds.add(Derivatives.gradient(slopes.get(i), sample.operands.get(j)));
            }
        }
        Computation.Values got = Computation.of(seconds).at(values);
        for (int k = 0; k < seconds.size(); k++) {
            double expected = want.derivatives().get(k);
            double second = got.of(seconds.get(k)).data[0];
            String what = row + ": second derivative " + k + " at " + want.operands();
            if (Double.isFinite(expected)) {
                assertThat(second).as(what).isCloseTo(expected, within(2 * row.ulps() * Math.ulp(expected)));
            } else {
                assertThat(second).as(what).isEqualTo((Double) expected);
            }
        }
    }
}
