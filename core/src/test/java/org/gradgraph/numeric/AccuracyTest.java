package org.gradgraph.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.gradgraph.graph.Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The transcendental primitives beside 36 digits. */
class AccuracyTest {
    private static final int DIGITS = 36;
    private static final int COUNT = 40;
    private static final Apfloat ONE = new Apfloat(1, DIGITS);

    /** The last operand of what takes three. */
    private static final double THIRD = 0.75;

    private static final Map<Primitive, double[]> EDGES = Map.of(
            Primitive.EXP, new double[] {709.7, -708.3, -700, 1e-17, 0.34657359027997264, -0.3465735902799727},
            Primitive.EXPM1, new double[] {709.7, -39.9, -40, -40.1, 1e-17, -1e-10, 0.3465735902799727},
            Primitive.TANH, new double[] {19.9, 20, 1e-17, -1e-8, 0.17328679513998632},
            Primitive.LOG,
                    new double[] {Double.MIN_NORMAL / 8, Double.MAX_VALUE, 1.0000000000000002, 0.7071067811865475},
            Primitive.LOG1P, new double[] {-0.9999999999999999, 1e-17, -1e-9, 0.4142135623730951, 1e300},
            Primitive.LOG2, new double[] {Double.MIN_NORMAL / 8, 1.0000000000000002, 0.9999999999999999, 3},
            Primitive.ERFC, new double[] {26.5, 26, 4, 4.1, 0.46875, -0.5, -6, 0.47},
            Primitive.ERF, new double[] {0.46875, 0.47, 4, 5.9, 1e-17});

    /**
     * Largest errors in units in the last place.
     *
     * <p>exp: half a unit for the last rounding, and as much for a rest of at most √2 − 1, to whose own last place the
     * argument r and the last step of the polynomial add half a unit each. expm1 adds a rounding where 2ᵏ − 1 cancels
     * half of it; tanh one quotient of that and a difference. log, log1p and log2 add to half a unit for the last rounding
     * what the series, the correction or the product with 1/ln 2 lose. erfc multiplies three such numbers for a quotient of
     * two polynomials of nine terms. erf is such a quotient times the argument. Java documents
     * one unit for its functions, two for atan2 and two and a half for sinh and cosh; the log10 of fdlibm exceeds it.
     */
    @ParameterizedTest
    @CsvSource({
        "EXP, 1",
        "EXPM1, 1.5",
        "TANH, 2.5",
        "LOG, 1",
        "LOG1P, 1.5",
        "LOG2, 2",
        "LOG10, 2",
        "SIN, 1",
        "COS, 1",
        "TAN, 1",
        "ASIN, 1",
        "ACOS, 1",
        "ATAN, 1",
        "SINH, 2.5",
        "COSH, 2.5",
        "CBRT, 1",
        "ERF, 2",
        "ERFC, 5",
        "POW, 1",
        "ATAN2, 2",
        "HYPOT, 1",
        "LGAMMA, 1",
        "NORMAL_QUANTILE, 8",
        "NORMAL_EXCESS, 8",
        "POLYGAMMA, 1",
        "LOG_BETA, 1",
        "POLYGAMMA_DIFFERENCE, 1"
    })
    void errors_are_within_the_bound(Primitive primitive, double units) {
        Random random = new Random(11);
        double[] edges = EDGES.getOrDefault(primitive, new double[0]);
        double worst = 0;
        int count = primitive == Primitive.ERFC ? 10 : COUNT; // the reference of its tail is slow
        for (int i = 0; i < count; i++) {
            double x = i < edges.length ? edges[i] : argument(primitive, random, i);
            double y = primitive.arity() == 1 ? 0 : (random.nextDouble() - 0.5) * (primitive == Primitive.POW ? 40 : 6);
            if (primitive == Primitive.LOG_BETA || primitive == Primitive.POLYGAMMA_DIFFERENCE) {
                y = Math.abs(y);
            }
            double actual = primitive.apply(x, y, THIRD);
            Apfloat exact = exact(primitive, exactly(x), exactly(y));
            if (Math.abs(exact.doubleValue()) < Double.MIN_NORMAL || Double.isInfinite(exact.doubleValue())) {
                continue;
            }
            double error = ApfloatMath.abs(exactly(actual).subtract(exact))
                    .divide(exactly(Math.ulp(exact.doubleValue())))
                    .doubleValue();
            worst = Math.max(worst, error);
            assertThat(error)
                    .as("%s(%s, %s) = %s: units", primitive, x, y, actual)
                    .isLessThanOrEqualTo(units);
        }
        if (Boolean.getBoolean("accuracy.print")) {
            System.out.printf("%s %.2f of %s%n", primitive, worst, units);
        }
    }

    @Test
    void every_transcendental_primitive_has_a_bound() throws NoSuchMethodException {
        EnumSet<Primitive> bounded = EnumSet.of(Primitive.CBRT);
        CsvSource rows = AccuracyTest.class
                .getDeclaredMethod("errors_are_within_the_bound", Primitive.class, double.class)
                .getAnnotation(CsvSource.class);
        for (String row : rows.value()) {
            bounded.add(Primitive.valueOf(row.split(",", -1)[0]));
        }
        for (Primitive primitive : Primitive.values()) {
            assertThat(bounded.contains(primitive) || !primitive.isTranscendental())
                    .as(primitive.name())
                    .isTrue();
        }
    }

    @Test
    void the_tail_of_the_error_function_ends_where_it_underflows() {
        assertThat(ErrorFunction.erfc(26.5)).isGreaterThan(Double.MIN_NORMAL);
        assertThat(ErrorFunction.erfc(27.2)).isPositive().isLessThan(Double.MIN_NORMAL);
        assertThat(ErrorFunction.erfc(27.3)).isZero();
    }

    private static double argument(Primitive primitive, Random random, int i) {
        double size = Math.pow(10, random.nextDouble() * (i % 2 == 0 ? 4 : 18) - (i % 2 == 0 ? 2 : 16));
        double sign = random.nextBoolean() ? 1 : -1;
        return switch (primitive) {
            case LOG, LOG2, LOG10 -> i % 3 == 0 ? 1 + random.nextGaussian() / 20 : size;
            case POW -> i % 3 == 0 ? 1 + random.nextGaussian() / 20 : Math.min(size, 1e4);
            case LOG1P -> i % 3 == 0 ? random.nextDouble() - 0.999 : size;
            case ASIN, ACOS -> 2 * random.nextDouble() - 1;
            case POLYGAMMA, POLYGAMMA_DIFFERENCE -> i % 6;
            case LOG_BETA -> Math.min(size, 100);
            case LGAMMA -> Math.min(size, 100);
            case NORMAL_QUANTILE -> i % 2 == 0 ? random.nextDouble() : Math.min(size, 1) / 2;
            case NORMAL_EXCESS -> Math.min(size, 12) * sign;
            case ERF, ERFC -> Math.min(size, 26 * random.nextDouble()) * sign;
            default -> Math.min(size, 700) * sign;
        };
    }

    private static Apfloat polygamma(Apfloat order, Apfloat x) {
        return order.signum() == 0 ? ApfloatMath.digamma(x) : ApfloatMath.polygamma(order.longValue(), x);
    }

    private static Apfloat exactly(double x) {
        return new Apfloat(new java.math.BigDecimal(x), DIGITS);
    }

    private static Apfloat exact(Primitive primitive, Apfloat x, Apfloat y) {
        return switch (primitive) {
            case EXP -> ApfloatMath.exp(x);
            case EXPM1 -> ApfloatMath.exp(x).subtract(ONE);
            case TANH -> ApfloatMath.tanh(x);
            case LOG -> ApfloatMath.log(x);
            case LOG1P -> ApfloatMath.log(ONE.add(x));
            case LOG2 -> ApfloatMath.log(x, new Apfloat(2, DIGITS));
            case LOG10 -> ApfloatMath.log(x, new Apfloat(10, DIGITS));
            case SIN -> ApfloatMath.sin(x);
            case COS -> ApfloatMath.cos(x);
            case TAN -> ApfloatMath.tan(x);
            case ASIN -> ApfloatMath.asin(x);
            case ACOS -> ApfloatMath.acos(x);
            case ATAN -> ApfloatMath.atan(x);
            case SINH -> ApfloatMath.sinh(x);
            case COSH -> ApfloatMath.cosh(x);
            case CBRT -> ApfloatMath.cbrt(x);
            case ERF -> ApfloatMath.erf(x);
            case ERFC -> ApfloatMath.erfc(x);
            case POW -> ApfloatMath.pow(x, y);
            case ATAN2 -> ApfloatMath.atan2(x, y);
            case HYPOT -> ApfloatMath.sqrt(x.multiply(x).add(y.multiply(y)));
            case LGAMMA -> ApfloatMath.logGamma(ApfloatMath.abs(x));
            case NORMAL_QUANTILE ->
                ApfloatMath.inverseErf(x.add(x).subtract(ONE)).multiply(ApfloatMath.sqrt(exactly(2)));
            case NORMAL_EXCESS -> {
                Apfloat half = x.multiply(x).divide(exactly(2));
                Apfloat scale = ApfloatMath.sqrt(ApfloatMath.pi(DIGITS).divide(exactly(2)));
                Apfloat tail = ApfloatMath.erfc(x.negate().divide(ApfloatMath.sqrt(exactly(2))));
                yield x.add(ApfloatMath.exp(half.negate()).divide(tail.multiply(scale)));
            }
            case POLYGAMMA -> polygamma(x, y);
            case LOG_BETA -> ApfloatMath.log(ApfloatMath.beta(x, y));
            case POLYGAMMA_DIFFERENCE -> polygamma(x, y).subtract(polygamma(x, y.add(exactly(THIRD))));
            default -> throw new IllegalArgumentException(primitive.name());
        };
    }
}
