package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaTest {
    private static final Formula X = Formula.argument(0);
    private static final Formula Y = Formula.argument(1);

    private static DMatrixRMaj column(double... values) {
        return DMatrixRMaj.wrap(values.length, 1, values);
    }

    private record Applied(Formula formula) implements Elementwise {
        @Override
        public String name() {
            return "applied";
        }
    }

    private static double[] run(Formula formula, DMatrixRMaj... inputs) {
        List<Node> leaves = new ArrayList<>();
        for (int i = 0; i < Math.max(1, formula.arity()); i++) {
            leaves.add(Node.input("x" + i, inputs[i].numRows, inputs[i].numCols));
        }
        Node y = Node.apply(new Applied(formula), leaves.subList(0, formula.arity()));
        Run run = Program.of(y).newRun();
        for (int i = 0; i < formula.arity(); i++) {
            run.set(leaves.get(i), inputs[i]);
        }
        return run.forward().value(y).data;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 511, 512, 513, 1000})
    void runs_over_any_number_of_blocks(int n) {
        double[] x = IntStream.range(0, n).mapToDouble(i -> i + 1).toArray();
        double[] y = IntStream.range(0, n).mapToDouble(i -> 2 * i).toArray();
        Formula formula = X.times(Y).plus(X).minus(Formula.constant(3));

        double[] expected =
                IntStream.range(0, n).mapToDouble(i -> x[i] * y[i] + x[i] - 3).toArray();
        assertThat(run(formula, column(x), column(y))).containsExactly(expected);
    }

    @Test
    void a_shared_part_is_right_for_each_of_its_users() {
        Formula sum = X.plus(Y);
        Formula square = sum.times(sum);
        Formula formula = square.plus(sum).dividedBy(square.minus(sum));
        assertThat(run(formula, column(1, 2), column(2, 3))).containsExactly(12.0 / 6, 30.0 / 20);
    }

    @Test
    void a_shared_part_is_computed_once() {
        Formula doubled = X;
        for (int i = 0; i < 60; i++) {
            doubled = doubled.plus(doubled);
        }
        assertThat(run(doubled, column(1))).containsExactly(0x1p60);
    }

    @Test
    void an_argument_or_a_constant_alone_is_copied() {
        assertThat(run(X, column(1, 2))).containsExactly(1, 2);
        assertThat(run(Y, column(1, 2), column(3, 4))).containsExactly(3, 4);
    }

    @Test
    void a_choice_never_leaks_the_other_branch() {
        Formula choice = Formula.select(X.lessThan(Formula.constant(0)), Y, X);
        assertThat(run(choice, column(-1, 1, Double.NaN), column(5, Double.NaN, 7)))
                .containsExactly(5, 1, Double.NaN);
    }

    @Test
    void a_deep_formula_needs_no_stack() throws InterruptedException {
        double[] result = new double[1];
        Thread thread = new Thread(
                null,
                () -> {
                    Formula deep = X;
                    for (int i = 0; i < 100_000; i++) {
                        deep = deep.plus(Formula.constant(1));
                    }
                    result[0] = run(deep, column(0.5))[0];
                },
                "small stack",
                256 * 1024);
        thread.start();
        thread.join();
        assertThat(result[0]).isEqualTo(100_000.5);
    }

    @Test
    void scratch_memory_is_taken_over() {
        Formula deep = X;
        for (int i = 0; i < 10_000; i++) {
            deep = deep.abs().negate();
        }
        assertThat(run(deep, column(2))).containsExactly(-2);
    }

    @Test
    void counts_its_arguments() {
        assertThat(X.arity()).isEqualTo(1);
        assertThat(Y.arity()).isEqualTo(2);
        assertThat(Formula.constant(1).arity()).isZero();
        assertThat(X.plus(Formula.argument(4)).arity()).isEqualTo(5);
    }

    @Test
    void refuses_what_does_not_fit_together() {
        assertThatThrownBy(() -> Formula.of(Primitive.EXP, X, Y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("EXP takes 1 operand, not 2");
        assertThatThrownBy(() -> Formula.of(Primitive.FMA, X)).hasMessage("FMA takes 3 operands, not 1");
        assertThatThrownBy(() -> Formula.argument(-1)).hasMessage("argument -1: operands are counted from 0");
        assertThatThrownBy(() -> X.plus(null)).hasMessage("an operand of a primitive is null; give a value");
        assertThatThrownBy(() -> Formula.of(null)).hasMessage("the primitive of a formula is null; give a value");
    }

    @Test
    void every_primitive_does_what_its_name_says() {
        double a = 0.3;
        double b = 0.7;
        double c = 1.1;
        for (Primitive primitive : Primitive.values()) {
            Formula[] operands = {X, Y, Formula.argument(2)};
            Formula formula = Formula.of(primitive, Arrays.copyOf(operands, primitive.arity()));
            assertThat(run(formula, column(a), column(b), column(c))[0])
                    .as(primitive.name())
                    .isEqualTo(expected(primitive, a, b, c), within(4e-16));
        }
    }

    private static double expected(Primitive primitive, double a, double b, double c) {
        return switch (primitive) {
            case COPY -> a;
            case NEGATE -> -a;
            case ABS -> Math.abs(a);
            case SIGN -> 1;
            case FLOOR, ROUND, EQUAL -> 0;
            case SQRT -> Math.sqrt(a);
            case CBRT -> Math.cbrt(a);
            case EXP -> Math.exp(a);
            case EXPM1 -> Math.expm1(a);
            case LOG -> Math.log(a);
            case LOG1P -> Math.log1p(a);
            case LOG2 -> -1.7369655941662063;
            case LOG10 -> Math.log10(a);
            case ERF -> 0.3286267594591274;
            case ERFC -> 0.6713732405408726;
            case LGAMMA -> 1.0957979948180756;
            case NORMAL_QUANTILE -> -0.5244005127080408;
            case NORMAL_EXCESS -> 0.9172208536127344;
            case POLYGAMMA -> -1.2200235536979347;
            case LOG_BETA -> 1.3566652413497422;
            case POLYGAMMA_DIFFERENCE -> -1.5050149869917964;
            case SIN -> Math.sin(a);
            case COS -> Math.cos(a);
            case TAN -> Math.tan(a);
            case ASIN -> Math.asin(a);
            case ACOS -> Math.acos(a);
            case ATAN -> Math.atan(a);
            case SINH -> Math.sinh(a);
            case COSH -> Math.cosh(a);
            case TANH -> Math.tanh(a);
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY, MULTIPLY_OR_ZERO -> a * b;
            case DIVIDE -> a / b;
            case POW -> Math.pow(a, b);
            case ATAN2 -> Math.atan2(a, b);
            case HYPOT -> Math.hypot(a, b);
            case MIN -> a;
            case MAX -> b;
            case LESS, LESS_OR_EQUAL -> 1;
            case FMA -> Math.fma(a, b, c);
            case SELECT -> b;
            default -> throw new AssertionError("no expectation for " + primitive);
        };
    }
}
