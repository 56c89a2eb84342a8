package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * Special functions of mathematics and statistics, element by element.
 *
 * <pre>{@code
 * Node inside = Special.erf(x.times(Math.sqrt(0.5)));           // the probability of |normal| < x
 * Node loss = Special.logNormalCdf(margin).negate();             // finite for any margin
 * }</pre>
 */
@CheckReturnValue
public final class Special {
    private Special() {}

    /**
     * {@return the elementwise error function} Derivative {@code 2/√π·}e<sup>−x²</sup>.
     *
     * @param x a matrix of any shape
     */
    public static Node erf(Node x) {
        return Node.apply(Elementary.ERF, x);
    }

    /**
     * {@return elementwise {@code 1 − erf(x)}, exact where that is tiny} Derivative {@code −2/√π·}e<sup>−x²</sup>.
     *
     * @param x a matrix of any shape
     */
    public static Node erfc(Node x) {
        return Node.apply(Elementary.ERFC, x);
    }

    /**
     * {@return elementwise probability that a standard normal number is below x, accurate in both tails} Derivative {@code φ(x)}, the density.
     *
     * @param x m×n
     */
    public static Node normalCdf(Node x) {
        return Node.apply(NormalOps.CDF, x);
    }

    /**
     * {@return elementwise logarithm of {@link #normalCdf}, finite where that underflows: about {@code −x²/2} far below 0}
     *
     * <p>Derivative {@code φ(x)/Φ(x)}, which is about {@code −x} there; the second derivative is accurate, too.
     *
     * @param x m×n
     */
    public static Node logNormalCdf(Node x) {
        return Node.apply(NormalOps.LOG_CDF, x);
    }

    /**
     * {@return elementwise inverse of {@link #normalCdf}: −∞ at 0, +∞ at 1, NaN outside}
     *
     * <p>Derivative {@code 1/φ(y)}, +∞ at 0 and 1. For probabilities near 1, which doubles round coarsely, use {@code
     * normalQuantile(q).negate()} with {@code q = 1 − p}.
     *
     * @param p m×n, probabilities
     */
    public static Node normalQuantile(Node p) {
        return Node.apply(NormalOps.QUANTILE, p);
    }

    /**
     * {@return elementwise {@code log |Γ(x)|}: +∞ at 0 and at negative integers} Derivative: {@link #digamma}.
     *
     * <pre>{@code
     * Node logFactorial = Special.lgamma(n.plus(1));
     * }</pre>
     *
     * @param x m×n
     */
    public static Node lgamma(Node x) {
        return Node.apply(GammaOps.LGAMMA, x);
    }

    /**
     * {@return elementwise derivative of {@link #lgamma}: −∞ at 0, +∞ at −0, NaN at negative integers} Derivative {@code polygamma(1, x)}.
     *
     * @param x m×n
     */
    public static Node digamma(Node x) {
        return Node.apply(new GammaOps.Polygamma(0), x);
    }

    /**
     * {@return elementwise derivative of order {@code order} of {@link #digamma}; trigamma is {@code polygamma(1, x)}}
     *
     * <p>At 0 and at negative integers, +∞ for an odd order; for an even one ∓∞ at ±0 and NaN at negative integers.
     * Derivative {@code polygamma(order + 1, x)}.
     *
     * @param order from 0 to 100
     * @param x where
     * @throws IllegalArgumentException for another order, and when the derivative of order 100 is built
     */
    public static Node polygamma(int order, Node x) {
        return Node.apply(new GammaOps.Polygamma(order), x);
    }

    /**
     * {@return elementwise logarithm of the beta function, {@code lgamma(a) + lgamma(b) − lgamma(a + b)} without the cancellation;
     * +∞ where an operand is 0, NaN where one is negative}
     *
     * <p>Derivatives {@code digamma(a) − digamma(a + b)} and {@code digamma(b) − digamma(a + b)}.
     *
     * @param a m×n
     * @param b m×n
     */
    public static Node logBeta(Node a, Node b) {
        return Broadcasting.apply(GammaOps.LOG_BETA, a, b);
    }

    /**
     * {@return elementwise {@code a·log b}, and 0 where {@code a} is 0 and {@code b} a number}
     *
     * <p>Derivatives {@code log b}, and {@code a/b}, which is 0 where {@code a} is 0.
     *
     * @param a m×n
     * @param b m×n
     */
    public static Node xLogY(Node a, Node b) {
        return Broadcasting.apply(Losses.X_LOG_Y, a, b);
    }

    /**
     * {@return elementwise {@code log(}e<sup>a</sup>{@code  + }e<sup>b</sup>{@code )} without overflow; −∞ if both are}
     *
     * <p>Derivatives {@code sigmoid(a − b)} and {@code sigmoid(b − a)}; 0 if both are −∞, ½ if both are +∞.
     *
     * @param a m×n
     * @param b m×n
     */
    public static Node logAddExp(Node a, Node b) {
        return Broadcasting.apply(LogarithmOps.LOG_ADD_EXP, a, b);
    }

    /**
     * {@return elementwise {@code log(1 − }e<sup>x</sup>{@code )} for x below 0, exact at both ends; −∞ at 0, NaN above}
     *
     * <p>The logarithm of the other probability: {@code log1mExp(log p)} is {@code log(1 − p)}. Derivative {@code 1/(1 −
     * }e<sup>−x</sup>{@code )}, −∞ at 0.
     *
     * @param x m×n
     */
    public static Node log1mExp(Node x) {
        return Node.apply(LogarithmOps.LOG1M_EXP, x);
    }
}
