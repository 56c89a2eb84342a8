package org.gradgraph.exec.kernel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Elementary functions to fifty digits, by their series. */
final class Exact {
    private static final MathContext DIGITS = new MathContext(60);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal LN2 = logOfSmall(TWO);

    private Exact() {}

    /** e to the power x: the series of x/2⁴⁰, squared forty times, in the form of exp − 1 so that no digit is lost. */
    static BigDecimal expm1(BigDecimal x) {
        BigDecimal small = x.divide(TWO.pow(40), DIGITS);
        BigDecimal term = small;
        BigDecimal sum = small;
        for (int i = 2; i < 8; i++) {
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < 40; i++) {
            sum = sum.multiply(sum.add(TWO), DIGITS);
        }
        return sum;
    }

    static BigDecimal exp(BigDecimal x) {
        return expm1(x).add(ONE, new MathContext(60, RoundingMode.HALF_EVEN));
    }

    static BigDecimal tanh(BigDecimal x) {
        BigDecimal e = expm1(x.multiply(TWO));
        return e.divide(e.add(TWO), DIGITS);
    }

    static BigDecimal log(BigDecimal x) {
        BigDecimal rest = x;
        int power = Math.getExponent(x.doubleValue());
        rest = power > 0 ? rest.divide(TWO.pow(power), DIGITS) : rest.multiply(TWO.pow(-power), DIGITS);
        return logOfSmall(rest).add(LN2.multiply(BigDecimal.valueOf(power)), DIGITS);
    }

    static BigDecimal log1p(BigDecimal x) {
        BigDecimal u = x.add(ONE);
        return u.doubleValue() > 0.5 && u.doubleValue() < 2 ? logOfSmall(u) : log(u);
    }

    /** The series of the area tangent in (x − 1)/(x + 1). */
    private static BigDecimal logOfSmall(BigDecimal x) {
        BigDecimal s = x.subtract(ONE).divide(x.add(ONE), DIGITS);
        BigDecimal square = s.multiply(s, DIGITS);
        BigDecimal power = s;
        BigDecimal sum = s;
        for (int i = 3; i < 130; i += 2) {
            power = power.multiply(square, DIGITS);
            sum = sum.add(power.divide(BigDecimal.valueOf(i), DIGITS), DIGITS);
        }
        return sum.multiply(TWO);
    }
}
