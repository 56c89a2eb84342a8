package org.gradgraph.exec.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FusedCodeTest {
    private final FusedCode code = new FusedCode(1);
    private final int x = code.outside(0, Access.FULL);
    private final int y = code.outside(1, Access.FULL);

    private int apply(Formula formula, int... arguments) {
        return code.add(Formula.Code.of(formula), arguments);
    }

    private int negative(int value) {
        return apply(Formula.argument(0).negate(), value);
    }

    private int sum(int a, int b) {
        return apply(Formula.argument(0).plus(Formula.argument(1)), a, b);
    }

    private void assertIs(int value, Primitive primitive, int first, int second) {
        assertThat(code.primitiveOf(value)).isEqualTo(primitive);
        assertThat(code.firstOperand(value)).isEqualTo(first);
        assertThat(code.secondOperand(value)).isEqualTo(second);
    }

    @Test
    void a_sum_takes_a_sign_as_a_difference() {
        assertIs(sum(x, negative(y)), Primitive.SUBTRACT, x, y);
        assertIs(sum(negative(x), y), Primitive.SUBTRACT, y, x);
        int difference = apply(Formula.argument(0).minus(Formula.argument(1)), x, negative(y));
        assertIs(difference, Primitive.ADD, x, y);
    }

    @Test
    void a_sign_of_a_sign_is_none_and_a_size_has_none() {
        assertThat(negative(negative(x))).isEqualTo(x);
        assertIs(apply(Formula.argument(0).abs(), negative(y)), Primitive.ABS, y, y);
    }

    @Test
    void equal_values_are_computed_once() {
        assertThat(sum(x, y)).isEqualTo(sum(x, y)).isNotEqualTo(sum(y, x));
    }

    @Test
    void what_nobody_reads_is_left_out() {
        int minus = negative(y);
        int kept = sum(x, minus);
        sum(kept, kept);
        code.keepOnly(List.of(kept));
        assertThat(code.instructionCount()).isEqualTo(1);
        assertThat(code.resultOf(0)).isEqualTo(kept);
        assertThat(code.instructionOf(kept)).isZero();

        FusedCode other = new FusedCode(1);
        int z = other.outside(0, Access.FULL);
        int sign = other.add(Formula.Code.of(Formula.argument(0).negate()), new int[] {z});
        int e = other.add(Formula.Code.of(Formula.argument(0).exp()), new int[] {sign});
        other.keepOnly(List.of(e));
        assertThat(other.instructionCount()).as("−z is read by exp").isEqualTo(2);
    }

    /** Signed zeros, infinities and NaN included: x − y is defined as x + (−y). */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_difference_has_the_bits_of_the_sum(boolean isFirst) {
        double[] values = {0.0, -0.0, 1, -1, 0.1, 1e300, -1e300, 1 / 0.0, -1 / 0.0, 0 / 0.0, 4.9e-324};
        double[][] row = {new double[values.length * values.length]};
        double[][] other = {row[0].clone()};
        for (int i = 0; i < row[0].length; i++) {
            row[0][i] = values[i % values.length];
            other[0][i] = values[i / values.length];
        }
        Node a = Node.input("a", 1, row[0].length);
        Node b = Node.input("b", 1, row[0].length);
        Node sum = isFirst ? a.negate().plus(b) : a.plus(b.negate());
        for (Execution execution :
                List.of(Execution.standard(), Execution.standard().withoutFusion())) {
            double[] result = Program.of(sum)
                    .newRun(execution)
                    .set(a, row)
                    .set(b, other)
                    .forward()
                    .value(sum)
                    .data;
            for (int i = 0; i < result.length; i++) {
                double expected = isFirst ? -row[0][i] + other[0][i] : row[0][i] + -other[0][i];
                assertThat(Double.doubleToLongBits(result[i]))
                        .as("%s and %s", row[0][i], other[0][i])
                        .isEqualTo(Double.doubleToLongBits(expected));
            }
        }
    }
}
