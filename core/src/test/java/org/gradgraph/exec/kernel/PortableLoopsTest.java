package org.gradgraph.exec.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PortableLoopsTest {
    private static final double[] EDGES = {
        0.0,
        -0.0,
        1,
        -1,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        707.9,
        708,
        709,
        709.782712893384,
        709.7827128933841,
        710,
        -708,
        -708.5,
        -744,
        -745.1332191019411,
        -745.1332191019412,
        -745.2,
        -746,
        -746.1,
        -1e300,
        20,
        19.999999,
        -20,
        22,
        -40,
        -39.9,
        -40.1,
        1e-300,
        -1e-17,
        -0.9999999999999999,
        Math.nextUp(1.0),
        Math.nextDown(1.0),
        Math.sqrt(0.5),
        Math.nextDown(Math.sqrt(0.5)),
        0.34657359027997264,
        -0.34657359027997264
    };

    private final Loops loops = new PortableKernels().loops(1000);
    private final Random random = new Random(11);

    /** The largest errors of sixty thousand arguments each were 0.9, 1.8, 2.5, 0.8 and 1.2 units. */
    @ParameterizedTest
    @CsvSource({"EXP, 2", "EXPM1, 2", "TANH, 3", "LOG, 2", "LOG1P, 2"})
    void elementary_functions_are_within_what_they_promise_of_fifty_exact_digits(Primitive primitive, int units) {
        double[] x = new double[1000];
        for (int i = 0; i < x.length; i++) {
            double size = Math.pow(10, random.nextDouble() * (i % 2 == 0 ? 4 : 18) - (i % 2 == 0 ? 2 : 16));
            x[i] = switch (primitive) {
                case LOG -> i % 3 == 0 ? 1 + random.nextGaussian() / 20 : size;
                case LOG1P -> i % 3 == 0 ? random.nextDouble() - 0.999 : size;
                default -> Math.min(size, 700) * (random.nextBoolean() ? 1 : -1);
            };
        }
        double[] actual = run(primitive, x);

        UnaryOperator<BigDecimal> exact = switch (primitive) {
            case EXP -> Exact::exp;
            case EXPM1 -> Exact::expm1;
            case TANH -> Exact::tanh;
            case LOG -> Exact::log;
            default -> Exact::log1p;
        };
        for (int i = 0; i < x.length; i++) {
            BigDecimal expected = exact.apply(new BigDecimal(x[i]));
            BigDecimal unit = new BigDecimal(Math.ulp(expected.doubleValue()));
            BigDecimal error = new BigDecimal(actual[i]).subtract(expected).abs();
            assertThat(error.divide(unit, MathContext.DECIMAL32).doubleValue())
                    .as("%s(%s) is %s, not %s: units", primitive, x[i], actual[i], expected.doubleValue())
                    .isLessThanOrEqualTo(units);
        }
    }

    /** Java's own functions are exact to one unit; a primitive with no function here is that of Java. */
    @ParameterizedTest
    @EnumSource
    void every_primitive_agrees_with_its_own_loop_at_edges_and_elsewhere(Primitive primitive) {
        double[] a = samples();
        double[] b = samples();
        double[] c = samples();
        double[] expected = new double[a.length];
        primitive.run(a, 0, b, 0, c, 0, expected, 0, a.length);

        double[] actual = new double[a.length];
        loops.run(primitive, a, b, c, actual, a.length);

        for (int i = 0; i < a.length; i++) {
            assertThat(unitsBetween(actual[i], expected[i]))
                    .as("%s of %s, %s, %s is %s, not %s", primitive, a[i], b[i], c[i], actual[i], expected[i])
                    .isLessThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_place_of_an_element_does_not_matter_and_the_result_may_be_an_operand(Primitive primitive) {
        double[] a = samples();
        double[] b = samples();
        double[] together = new double[a.length];
        loops.run(primitive, a, b, a, together, a.length);
        for (int i = 0; i < a.length; i++) {
            double[] x = {a[i], Double.NaN};
            loops.run(primitive, x, new double[] {b[i]}, x, x, 1);
            assertThat(bits(x[0])).as("%s of %s, %s", primitive, a[i], b[i]).isEqualTo(bits(together[i]));
            assertThat(x[1]).isNaN();
        }
        loops.run(primitive, a, b, a, a, a.length);
        assertThat(Arrays.stream(a).mapToLong(PortableLoopsTest::bits).toArray())
                .isEqualTo(Arrays.stream(together)
                        .mapToLong(PortableLoopsTest::bits)
                        .toArray());
    }

    @Test
    void what_is_added_goes_to_the_place_that_was_given() {
        double[] sum = {1, 2, 3, 4};
        new PortableKernels().add(new double[] {9, 10, 20, 9}, 1, sum, 2, 2);
        assertThat(sum).containsExactly(1, 2, 13, 24);
    }

    private double[] run(Primitive primitive, double[] x) {
        double[] out = new double[x.length];
        loops.run(primitive, x, x, x, out, x.length);
        return out;
    }

    /** In an order of their own each time, so that operands differ. */
    private double[] samples() {
        double[] all = Arrays.copyOf(EDGES, 1000);
        for (int i = EDGES.length; i < all.length; i++) {
            double size = Math.pow(10, random.nextDouble() * 24 - 18);
            all[i] = i % 3 == 0 ? random.nextGaussian() : random.nextBoolean() ? size : -size;
        }
        for (int i = all.length - 1; i > 0; i--) {
            int k = random.nextInt(i + 1);
            double kept = all[i];
            all[i] = all[k];
            all[k] = kept;
        }
        return all;
    }

    private static long bits(double value) {
        return Double.doubleToLongBits(value);
    }

    private static long unitsBetween(double a, double b) {
        if (Double.compare(a, b) == 0) {
            return 0;
        }
        if (Double.isNaN(a) || Double.isNaN(b) || a * Math.signum(b) < 0 || (a == 0 && b == 0)) {
            return Long.MAX_VALUE;
        }
        return Math.abs(bits(Math.abs(a)) - bits(Math.abs(b)));
    }
}
