package org.gradgraph.rewrite;

import java.math.BigDecimal;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;

/** A number with its first and second derivative by one variable, in high precision. */
final class SecondOrderJet {
    final Apfloat value;
    final Apfloat first;
    final Apfloat second;

    private SecondOrderJet(Apfloat value, Apfloat first, Apfloat second) {
        this.value = value;
        this.first = first;
        this.second = second;
    }

    static Apfloat exact(double number, long digits) {
        return number == 0 ? Apfloat.ZERO : new Apfloat(new BigDecimal(number), digits);
    }

    static SecondOrderJet constant(double number, long digits) {
        return new SecondOrderJet(exact(number, digits), Apfloat.ZERO, Apfloat.ZERO);
    }

    static SecondOrderJet variable(double number, long digits) {
        return new SecondOrderJet(exact(number, digits), new Apfloat(1, digits), Apfloat.ZERO);
    }

    SecondOrderJet plus(SecondOrderJet other) {
        return new SecondOrderJet(value.add(other.value), first.add(other.first), second.add(other.second));
    }

    SecondOrderJet negate() {
        return new SecondOrderJet(value.negate(), first.negate(), second.negate());
    }

    SecondOrderJet minus(SecondOrderJet other) {
        return plus(other.negate());
    }

    SecondOrderJet times(SecondOrderJet other) {
        Apfloat mixed = first.multiply(other.first);
        return new SecondOrderJet(
                value.multiply(other.value),
                first.multiply(other.value).add(value.multiply(other.first)),
                second.multiply(other.value).add(mixed).add(mixed).add(value.multiply(other.second)));
    }

    /** f of this, given f, f′ and f″ here. */
    private SecondOrderJet chain(Apfloat f, Apfloat slope, Apfloat curvature) {
        return new SecondOrderJet(
                f,
                slope.multiply(first),
                curvature.multiply(first).multiply(first).add(slope.multiply(second)));
    }

    /** Throws ArithmeticException at 0. */
    SecondOrderJet reciprocal() {
        Apfloat inverse = Apfloat.ONE.divide(value);
        Apfloat square = inverse.multiply(inverse);
        Apfloat cube = square.multiply(inverse);
        return chain(inverse, square.negate(), cube.add(cube));
    }

    SecondOrderJet dividedBy(SecondOrderJet other) {
        return times(other.reciprocal());
    }

    SecondOrderJet exp() {
        if (ApfloatMath.abs(value).compareTo(new Apfloat(1500)) > 0) {
            throw new ArithmeticException("out of range");
        }
        Apfloat power = ApfloatMath.exp(value);
        return chain(power, power, power);
    }

    /** Throws ArithmeticException below 0. */
    SecondOrderJet log() {
        requirePositive();
        Apfloat inverse = Apfloat.ONE.divide(value);
        return chain(ApfloatMath.log(value), inverse, inverse.multiply(inverse).negate());
    }

    SecondOrderJet sqrt() {
        requirePositive();
        Apfloat root = ApfloatMath.sqrt(value);
        Apfloat slope = Apfloat.ONE.divide(root.add(root));
        return chain(root, slope, slope.divide(value.add(value)).negate());
    }

    private void requirePositive() {
        if (value.signum() <= 0) {
            throw new ArithmeticException("not above 0");
        }
    }

    /** Throws ArithmeticException at 0, where it has a kink. */
    SecondOrderJet abs() {
        if (value.signum() == 0) {
            throw new ArithmeticException("at a kink");
        }
        return value.signum() < 0 ? negate() : this;
    }
}
