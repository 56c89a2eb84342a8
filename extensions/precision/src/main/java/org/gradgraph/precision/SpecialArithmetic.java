package org.gradgraph.precision;

import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;

/** The gamma function's relatives and the normal distribution, with a given number of digits. */
final class SpecialArithmetic {
    private static final Apfloat ONE = Apfloat.ONE;
    private static final Apfloat TWO = new Apfloat(2);

    /** Beyond, series take too long; what is asked for is then left to double arithmetic. */
    private static final long LARGEST_SCALE = 20;

    private final int digits;

    SpecialArithmetic(int digits) {
        this.digits = digits + 40;
    }

    Apfloat lgamma(Apfloat x) {
        if (x.signum() > 0) {
            return x.equals(ONE) || x.equals(TWO) ? Apfloat.ZERO : ApfloatMath.logGamma(working(x));
        }
        Apfloat sine = ApfloatMath.abs(ApfloatMath.sin(pi().multiply(working(x))));
        return ApfloatMath.log(pi().divide(sine)).subtract(ApfloatMath.logGamma(ONE.subtract(working(x))));
    }

    Apfloat logBeta(Apfloat a, Apfloat b) {
        return lgamma(a).add(lgamma(b)).subtract(lgamma(a.add(b)));
    }

    Apfloat polygamma(Apfloat order, Apfloat x) {
        return order.signum() == 0
                ? ApfloatMath.digamma(working(x))
                : ApfloatMath.polygamma(order.longValue(), working(x));
    }

    /** Where the standard normal distribution function is p; from the nearer end, where no digit is lost. */
    Apfloat normalQuantile(Apfloat p) {
        Apfloat root = ApfloatMath.sqrt(new Apfloat(2, digits));
        return p.multiply(TWO).compareTo(ONE) <= 0
                ? root.multiply(ApfloatMath.inverseErfc(working(p.multiply(TWO))))
                        .negate()
                : root.multiply(ApfloatMath.inverseErfc(working(ONE.subtract(p).multiply(TWO))));
    }

    /** x + φ(x)/Φ(x); the terms cancel to the left, the more the larger x is. */
    Apfloat normalExcess(Apfloat x) {
        long room = digits + 4 * Math.max(0, x.scale());
        Apfloat exact = working(x).precision(room);
        Apfloat density = ApfloatMath.exp(exact.multiply(exact).divide(TWO).negate())
                .divide(ApfloatMath.sqrt(ApfloatMath.pi(room).multiply(TWO)));
        Apfloat below = ApfloatMath.erfc(exact.negate().divide(ApfloatMath.sqrt(new Apfloat(2, room))))
                .divide(TWO);
        return exact.add(density.divide(below));
    }

    private Apfloat pi() {
        return ApfloatMath.pi(digits);
    }

    private Apfloat working(Apfloat x) {
        if (x.scale() > LARGEST_SCALE) {
            throw new ArithmeticException("an operand above 1e" + LARGEST_SCALE);
        }
        return x.precision() > digits ? x.precision(digits) : x;
    }
}
