package org.gradgraph.numeric;

import java.util.Arrays;

/**
 * The logarithm of the gamma function, its derivatives, and differences of them that would cancel.
 *
 * <p>All are Stirling's series after a shift of the argument, in twice the digits of a double, so that results are right
 * beside their zeros, too. Negative arguments are reflected.
 *
 * <pre>{@code
 * double euler = -GammaFunction.polygamma(0, 1);           // 0.5772…
 * }</pre>
 */
public final class GammaFunction {
    /** Stirling's series, 20 terms of it, has 32 digits from here on. */
    private static final int SHIFTED = 18;

    /** From here on its first terms have all digits of a double. */
    private static final double LARGE = 1e20;

    /** Numbers beyond it could overflow in twice the digits. */
    private static final double LARGEST = 1e290;

    private static final int LARGEST_ORDER = 100;

    /** Below this part of the other operand, a difference is a derivative at the middle. */
    private static final double SMALL_STEP = 1e-8;

    private static final double NEAR_ZERO = 0x1p-7;

    private static final DoubleDouble HALF_LOG_2_PI = new DoubleDouble(0.9189385332046728, -3.8782941580672414e-17);

    /** {@code (−1)ᵏ·(ζ(k) − 1)/k} from k = 2 on: log Γ(2 + e) = (1 − γ)·e + Σ. */
    private static final double[] AT_TWO = {
        0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
        0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939
    };

    private static final double ONE_MINUS_EULER = 0.42278433509846713;

    /** Bernoulli numbers over factorials, {@code B₂ₖ/(2k)!} from k = 1 on. */
    private static final DoubleDouble[] BERNOULLI = {
        new DoubleDouble(0.08333333333333333, 4.625929269271485e-18),
        new DoubleDouble(-0.001388888888888889, 5.300543954373577e-20),
        new DoubleDouble(3.306878306878307e-05, -2.2300719288557665e-21),
        new DoubleDouble(-8.267195767195768e-07, 3.457597454003665e-23),
        new DoubleDouble(2.08767569878681e-08, -1.2073450591132599e-24),
        new DoubleDouble(-5.284190138687493e-10, 3.517096671929869e-27),
        new DoubleDouble(1.3382536530684679e-11, -2.828354019907999e-29),
        new DoubleDouble(-3.3896802963225827e-13, -1.4986928409964295e-29),
        new DoubleDouble(8.586062056277845e-15, -6.05252374381974e-31),
        new DoubleDouble(-2.174868698558062e-16, 4.961617782549996e-33),
        new DoubleDouble(5.5090028283602295e-18, -1.49827152194499e-35),
        new DoubleDouble(-1.3954464685812522e-19, -1.0350590497256251e-35),
        new DoubleDouble(3.534707039629467e-21, 1.894231142684204e-37),
        new DoubleDouble(-8.953517427037546e-23, -5.728752743153026e-39),
        new DoubleDouble(2.267952452337683e-24, 1.3043458462619563e-40),
        new DoubleDouble(-5.744790668872202e-26, 1.663242973708004e-43),
        new DoubleDouble(1.455172475614865e-27, -5.613265715443096e-44),
        new DoubleDouble(-3.6859949406653103e-29, 1.0778256413554197e-45),
        new DoubleDouble(9.336734257095045e-31, -3.9347970210731877e-47),
        new DoubleDouble(-2.36502241570063e-32, 2.0347170931532494e-49),
    };

    private GammaFunction() {}

    /** log |Γ(x)|; +∞ at 0, at negative integers and at ±∞. */
    public static double lgamma(double x) {
        double size = Math.abs(x);
        if (isPole(x) || size == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        if (size < 1 / LARGE) {
            return -Logarithm.log(size);
        }
        if (x > LARGE) {
            return x * (Logarithm.log(x) - 1);
        }
        if (Math.abs(x - 2) < NEAR_ZERO) {
            return nearTwo(x - 2);
        }
        if (Math.abs(x - 1) < NEAR_ZERO) {
            return nearTwo(x - 1) - Logarithm.log1p(x - 1);
        }
        if (x > 0) {
            return lgamma(DoubleDouble.of(x)).high();
        }
        DoubleDouble sine = DoubleDouble.PI.times(x - Math.rint(x)).abs().sin();
        return DoubleDouble.PI
                .dividedBy(sine)
                .log()
                .minus(lgamma(DoubleDouble.sum(1, -x)))
                .high();
    }

    private static double nearTwo(double e) {
        double sum = 0;
        for (int k = AT_TWO.length - 1; k >= 0; k--) {
            sum = (sum + AT_TWO[k]) * e;
        }
        return e * (ONE_MINUS_EULER + sum);
    }

    private static DoubleDouble lgamma(DoubleDouble x) {
        DoubleDouble product = DoubleDouble.ONE;
        DoubleDouble y = x;
        while (y.high() < SHIFTED) {
            product = product.times(y);
            y = y.plus(1);
        }
        DoubleDouble main = y.plus(-0.5).times(y.log()).minus(y).plus(HALF_LOG_2_PI);
        return main.plus(series(-1, y)).minus(product.log());
    }

    /** {@code Σ B₂ₖ/(2k)!·(2k + n − 1)!/y^(2k + n)}: what Stirling's series has beside its first terms. */
    private static DoubleDouble series(int n, DoubleDouble y) {
        DoubleDouble inverse = y.reciprocal();
        DoubleDouble square = inverse.times(inverse);
        DoubleDouble factor = inverse.power(n + 2).times(factorial(n + 1));
        DoubleDouble sum = DoubleDouble.of(0);
        for (int k = 0; k < BERNOULLI.length; k++) {
            sum = sum.plus(BERNOULLI[k].times(factor));
            factor = factor.times(square).times((2.0 * k + n + 3) * (2 * k + n + 2));
        }
        return sum;
    }

    private static DoubleDouble factorial(int n) {
        DoubleDouble product = DoubleDouble.ONE;
        for (int k = 2; k <= n; k++) {
            product = product.times(k);
        }
        return product;
    }

    /**
     * The derivative of order {@code order + 1} of log Γ(x), which is digamma for order 0 and trigamma for 1.
     *
     * <p>At a pole: what it tends to from both sides, or from the side of the sign of a zero, else NaN.
     *
     * @param order an integer from 0 to 100
     * @param x where
     */
    public static double polygamma(double order, double x) {
        return order >= 0 && order <= LARGEST_ORDER ? polygamma((int) order, x) : Double.NaN;
    }

    private static double polygamma(int n, double x) {
        if (isPole(x)) {
            return n % 2 == 1 ? Double.POSITIVE_INFINITY : x == 0 ? -1 / x : Double.NaN;
        }
        if (x == Double.NEGATIVE_INFINITY) {
            return Double.NaN;
        }
        double fromPole = x < 0.5 ? x - Math.rint(x) : x;
        double pole = sign(n) * leading(n, fromPole) / fromPole;
        if (Math.abs(fromPole) < 1 / LARGE || Math.abs(pole) > LARGEST) {
            return pole;
        }
        if (x > LARGE) {
            return n == 0 ? Logarithm.log(x) : sign(n) * leading(n, x) / n;
        }
        if (!(x < 0)) {
            return polygamma(n, DoubleDouble.of(x)).high();
        }
        DoubleDouble reflected = polygamma(n, DoubleDouble.sum(1, -x));
        DoubleDouble same = n % 2 == 0 ? reflected : reflected.negate();
        return same.minus(cotangent(n, DoubleDouble.PI.times(fromPole))).high();
    }

    /** The same for an argument above 0. */
    private static DoubleDouble polygamma(int n, DoubleDouble x) {
        DoubleDouble factorial = factorial(n);
        DoubleDouble shifts = DoubleDouble.of(0);
        DoubleDouble y = x;
        while (y.high() < SHIFTED + n) {
            shifts = shifts.plus(factorial.dividedBy(y.power(n + 1)));
            y = y.plus(1);
        }
        DoubleDouble inverse = y.reciprocal();
        DoubleDouble rest =
                shifts.plus(inverse.power(n + 1).times(factorial).times(0.5)).plus(series(n, y));
        if (n == 0) {
            return y.log().minus(rest);
        }
        return rest.plus(inverse.power(n).times(factorial(n - 1))).times(sign(n));
    }

    /** The derivative of order {@code n} of π·cot(πx), from that of a polynomial of the cotangent; operand: πx. */
    private static DoubleDouble cotangent(int n, DoubleDouble angle) {
        DoubleDouble cotangent = angle.cos().dividedBy(angle.sin());
        DoubleDouble[] polynomial = new DoubleDouble[n + 2];
        Arrays.fill(polynomial, DoubleDouble.of(0));
        polynomial[1] = DoubleDouble.ONE;
        for (int k = 0; k < n; k++) {
            DoubleDouble[] next = new DoubleDouble[n + 2];
            Arrays.fill(next, DoubleDouble.of(0));
            for (int i = 1; i <= k + 1; i++) {
                DoubleDouble slope = polynomial[i].times(i);
                next[i - 1] = next[i - 1].plus(slope);
                next[i + 1] = next[i + 1].plus(slope);
            }
            polynomial = next;
        }
        DoubleDouble sum = DoubleDouble.of(0);
        for (int i = n + 1; i >= 0; i--) {
            sum = sum.times(cotangent).plus(polynomial[i]);
        }
        return sum.times(DoubleDouble.PI.power(n + 1)).times(-sign(n));
    }

    /**
     * log(Γ(a)·Γ(b)/Γ(a + b)) for operands of 0 or more; NaN below.
     *
     * @param a one operand
     * @param b the other one
     */
    public static double logBeta(double a, double b) {
        double large = Math.max(a, b);
        double small = Math.min(a, b);
        if (!(small >= 0) || (small == 0 && large == Double.POSITIVE_INFINITY)) {
            return Double.NaN;
        }
        if (small == 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (large == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        if (small == 1) {
            return -Logarithm.log(large);
        }
        if (large == 1) {
            return -Logarithm.log(small);
        }
        if (small > LARGEST) {
            return LARGE * logBeta(large / LARGE, small / LARGE);
        }
        DoubleDouble gamma = lgamma(DoubleDouble.of(small));
        if (small < SMALL_STEP * large) {
            DoubleDouble slope = polygamma(0, DoubleDouble.sum(large, small / 2));
            return gamma.minus(slope.times(small)).high();
        }
        DoubleDouble both = DoubleDouble.sum(large, small);
        return gamma.plus(lgamma(DoubleDouble.of(large)).minus(lgamma(both))).high();
    }

    /**
     * {@code polygamma(order, a) − polygamma(order, a + b)} for operands of 0 or more, without cancellation; NaN below.
     *
     * @param order an integer from 0 to 100
     * @param a the first argument
     * @param b how far the second one is from it
     */
    public static double polygammaDifference(double order, double a, double b) {
        int n = (int) order;
        if (!(order >= 0 && order <= LARGEST_ORDER) || !(a >= 0) || !(b >= 0)) {
            return Double.NaN;
        }
        if (b == 0) {
            return 0;
        }
        if (b < SMALL_STEP * a) {
            return -b * polygamma(n + 1, a + b / 2);
        }
        if (n == 0 && a > LARGE) {
            return -Logarithm.log1p(b / a);
        }
        double first = polygamma(n, a);
        if (b > LARGEST || Math.abs(first) > LARGEST) {
            return Double.isInfinite(first) ? first : first - polygamma(n, a + b);
        }
        return polygamma(n, DoubleDouble.of(a))
                .minus(polygamma(n, DoubleDouble.sum(a, b)))
                .high();
    }

    private static boolean isPole(double x) {
        return x <= 0 && x == Math.rint(x) && x > Double.NEGATIVE_INFINITY;
    }

    private static int sign(int n) {
        return n % 2 == 0 ? -1 : 1;
    }

    /** {@code n!/xⁿ}, as far as it can be represented. */
    private static double leading(int n, double x) {
        double product = 1;
        for (int k = 1; k <= n; k++) {
            product *= k / x;
        }
        return product;
    }
}
