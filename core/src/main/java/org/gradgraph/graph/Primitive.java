package org.gradgraph.graph;

import org.gradgraph.numeric.ErrorFunction;
import org.gradgraph.numeric.Exponential;
import org.gradgraph.numeric.GammaFunction;
import org.gradgraph.numeric.Logarithm;
import org.gradgraph.numeric.NormalDistribution;

/**
 * The numerical primitives of which every {@link Formula} is made, each defined by one scalar function.
 *
 * <p>A set of kernels may have a loop for one that is faster, and gives the same bits. These are the same on every
 * machine: either Java defines them, or the function is one of ours, or one of {@link StrictMath}. Only which of several
 * NaNs a result is, is left open.
 *
 * <pre>{@code
 * Formula hypotenuse = Formula.of(Primitive.SQRT, x.times(x).plus(y.times(y)));
 * double three = Primitive.SQRT.apply(9, 0, 0);
 * }</pre>
 */
public enum Primitive {
    /** The operand itself. */
    COPY(1, (a, b, c) -> a),
    /** The negative. */
    NEGATE(1, (a, b, c) -> -a),
    /** The absolute value. */
    ABS(1, (a, b, c) -> Math.abs(a)),
    /** −1, 0 or 1, with the sign of zero kept. */
    SIGN(1, (a, b, c) -> Math.signum(a)),
    /** Rounds down to an integer. */
    FLOOR(1, (a, b, c) -> Math.floor(a)),
    /** Rounds to the nearest integer, ties to even. */
    ROUND(1, (a, b, c) -> Math.rint(a)),
    /** The square root. */
    SQRT(1, (a, b, c) -> Math.sqrt(a)),
    /** The cube root. */
    CBRT(1, (a, b, c) -> StrictMath.cbrt(a)),
    /** e to the power of the operand. */
    EXP(1, true, (a, b, c) -> Exponential.exp(a)),
    /** exp(x) − 1, accurate near 0. */
    EXPM1(1, true, (a, b, c) -> Exponential.expm1(a)),
    /** The natural logarithm. */
    LOG(1, true, (a, b, c) -> Logarithm.log(a)),
    /** log(1 + x), accurate near 0. */
    LOG1P(1, true, (a, b, c) -> Logarithm.log1p(a)),
    /** The logarithm to base 2, exact for powers of 2. */
    LOG2(1, true, (a, b, c) -> Logarithm.log2(a)),
    /** The logarithm to base 10. */
    LOG10(1, true, (a, b, c) -> StrictMath.log10(a)),
    /** The sine. */
    SIN(1, true, (a, b, c) -> StrictMath.sin(a)),
    /** The cosine. */
    COS(1, true, (a, b, c) -> StrictMath.cos(a)),
    /** The tangent. */
    TAN(1, true, (a, b, c) -> StrictMath.tan(a)),
    /** The arc sine. */
    ASIN(1, true, (a, b, c) -> StrictMath.asin(a)),
    /** The arc cosine. */
    ACOS(1, true, (a, b, c) -> StrictMath.acos(a)),
    /** The arc tangent. */
    ATAN(1, true, (a, b, c) -> StrictMath.atan(a)),
    /** The hyperbolic sine. */
    SINH(1, true, (a, b, c) -> StrictMath.sinh(a)),
    /** The hyperbolic cosine. */
    COSH(1, true, (a, b, c) -> StrictMath.cosh(a)),
    /** The hyperbolic tangent. */
    TANH(1, true, (a, b, c) -> Exponential.tanh(a)),
    /** The error function. */
    ERF(1, true, (a, b, c) -> ErrorFunction.erf(a)),
    /** One minus the error function, accurate where that is tiny. */
    ERFC(1, true, (a, b, c) -> ErrorFunction.erfc(a)),
    /** The logarithm of the absolute value of the gamma function. */
    LGAMMA(1, true, (a, b, c) -> GammaFunction.lgamma(a)),
    /** Where the standard normal distribution function is the operand. */
    NORMAL_QUANTILE(1, true, (a, b, c) -> NormalDistribution.quantile(a)),
    /** x + φ(x)/Φ(x) for the standard normal distribution, accurate where the terms cancel. */
    NORMAL_EXCESS(1, true, (a, b, c) -> NormalDistribution.excess(a)),
    /** The derivative of digamma whose order is the first operand, from 0 to 100, at the second. */
    POLYGAMMA(2, true, (a, b, c) -> GammaFunction.polygamma(a, b)),
    /** The logarithm of the beta function. */
    LOG_BETA(2, true, (a, b, c) -> GammaFunction.logBeta(a, b)),
    /** POLYGAMMA of the first operand at the second, less that at the sum of the second and the third. */
    POLYGAMMA_DIFFERENCE(3, true, (a, b, c) -> GammaFunction.polygammaDifference(a, b, c)),
    /** The sum. */
    ADD(2, (a, b, c) -> a + b),
    /** The difference. */
    SUBTRACT(2, (a, b, c) -> a - b),
    /** The product. */
    MULTIPLY(2, (a, b, c) -> a * b),
    /** The product, but 0 where the first is 0 and the second NaN or infinite. */
    MULTIPLY_OR_ZERO(2, (a, b, c) -> {
        double product = a * b;
        return Double.isNaN(product) && a == 0 ? a : product;
    }),
    /** The quotient. */
    DIVIDE(2, (a, b, c) -> a / b),
    /** The first operand to the power of the second, as IEEE 754 and Java define it. */
    POW(2, true, (a, b, c) -> StrictMath.pow(a, b)),
    /** The angle of the point (second, first). */
    ATAN2(2, true, (a, b, c) -> StrictMath.atan2(a, b)),
    /** The length of the vector of both, without overflow. */
    HYPOT(2, true, (a, b, c) -> StrictMath.hypot(a, b)),
    /** The smaller one; NaN propagates. */
    MIN(2, (a, b, c) -> Math.min(a, b)),
    /** The larger one; NaN propagates. */
    MAX(2, (a, b, c) -> Math.max(a, b)),
    /** 1 where the first is less than the second, else 0. */
    LESS(2, (a, b, c) -> a < b ? 1 : 0),
    /** 1 where the first is at most the second, else 0. */
    LESS_OR_EQUAL(2, (a, b, c) -> a <= b ? 1 : 0),
    /** 1 where both are equal, else 0; NaN equals nothing. */
    EQUAL(2, (a, b, c) -> a == b ? 1 : 0),
    /** first × second + third with one rounding. */
    FMA(3, (a, b, c) -> Math.fma(a, b, c)),
    /** The second where the first is not 0, else the third. */
    SELECT(3, (a, b, c) -> a != 0 ? b : c);

    /** One number of up to three. */
    @FunctionalInterface
    private interface Function {
        double apply(double a, double b, double c);
    }

    private final int arity;
    private final boolean isTranscendental;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda that captures nothing
    private final Function function;

    Primitive(int arity, Function function) {
        this(arity, false, function);
    }

    Primitive(int arity, boolean isTranscendental, Function function) {
        this.arity = arity;
        this.isTranscendental = isTranscendental;
        this.function = function;
    }

    /** {@return whether it costs about as much as ten sums: exponentials, logarithms, circular functions and powers} */
    public boolean isTranscendental() {
        return isTranscendental;
    }

    /** {@return how many operands it takes: 1, 2 or 3} */
    public int arity() {
        return arity;
    }

    /**
     * {@return the result for one element; one of fewer than three operands does not look at the others}
     *
     * @param a the first operand
     * @param b the second operand
     * @param c the third operand
     */
    public double apply(double a, double b, double c) {
        return function.apply(a, b, c);
    }

    /**
     * Computes {@code n} elements; {@code out} may be one of the operands at the same offset.
     *
     * @param a the first operand, read from index {@code ai}
     * @param ai the index of its first element
     * @param b the second operand, read from index {@code bi}
     * @param bi the index of its first element
     * @param c the third operand, read from index {@code ci}
     * @param ci the index of its first element
     * @param out the result, modified from index {@code oi}
     * @param oi the index of its first element
     * @param n how many elements
     */
    public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
        Require.given(a, "Primitive.run: the first operand");
        Require.given(b, "Primitive.run: the second operand");
        Require.given(c, "Primitive.run: the third operand");
        Require.given(out, "Primitive.run: the result");
        for (int i = 0; i < n; i++) {
            out[oi + i] = function.apply(a[ai + i], b[bi + i], c[ci + i]);
        }
    }
}
