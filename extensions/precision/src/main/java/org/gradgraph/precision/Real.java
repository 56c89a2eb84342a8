package org.gradgraph.precision;

import java.math.BigDecimal;
import java.math.MathContext;
import org.apfloat.Apfloat;
import org.jspecify.annotations.Nullable;

/** A number with many digits, or NaN or an infinity. */
final class Real {
    static final Real ZERO = new Real(Apfloat.ZERO, 0);

    private final @Nullable Apfloat finite;
    private final double special;

    private Real(@Nullable Apfloat finite, double special) {
        this.finite = finite;
        this.special = special;
    }

    static Real of(Apfloat number) {
        return new Real(number, 0);
    }

    /** Exactly this double. */
    static Real of(double number) {
        return Double.isFinite(number)
                ? of(new Apfloat(new BigDecimal(number), Apfloat.INFINITE))
                : new Real(null, number);
    }

    boolean isFinite() {
        return finite != null;
    }

    Apfloat number() {
        if (finite == null) {
            throw new ArithmeticException(special + " has no digits");
        }
        return finite;
    }

    /** The nearest double, infinite if the number is too large for one. */
    double rounded() {
        if (finite == null) {
            return special;
        }
        if (finite.signum() == 0) {
            return 0;
        }
        if (finite.scale() > 310 || finite.scale() < -330) {
            return finite.signum() * (finite.scale() > 0 ? Double.POSITIVE_INFINITY : 0.0);
        }
        return new BigDecimal(finite.toString()).doubleValue();
    }

    BigDecimal decimal(int digits) {
        return new BigDecimal(number().toString()).round(new MathContext(digits));
    }

    /** Whether both have these digits in common. */
    boolean agrees(Real other, int digits) {
        if (finite == null || other.finite == null) {
            return Double.compare(rounded(), other.rounded()) == 0 && isFinite() == other.isFinite();
        }
        Apfloat difference = finite.subtract(other.finite);
        return difference.signum() == 0 || (finite.signum() != 0 && difference.scale() <= finite.scale() - digits);
    }
}
