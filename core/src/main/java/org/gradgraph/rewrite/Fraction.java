package org.gradgraph.rewrite;

/**
 * A coefficient: a quotient of two numbers, reduced if both are integers.
 *
 * @param numerator any number
 * @param denominator above 0
 */
record Fraction(double numerator, double denominator) {
    static final Fraction ZERO = new Fraction(0, 1);
    static final Fraction ONE = new Fraction(1, 1);

    private static final double EXACT_INTEGERS = 0x1p53;
    private static final int ROUNDINGS = 4;
    private static final int LARGEST_DENOMINATOR = 12;
    private static final double LARGEST_NUMERATOR = 1e6;

    static Fraction of(double number) {
        return new Fraction(number, 1);
    }

    private static Fraction reduced(double numerator, double denominator) {
        double sign = denominator < 0 ? -1 : 1;
        double top = sign * numerator;
        double bottom = sign * denominator;
        if (isInteger(top) && isInteger(bottom)) {
            double divisor = greatestCommonDivisor(Math.abs(top), bottom);
            return new Fraction(top / divisor, bottom / divisor);
        }
        return nearby(top / bottom);
    }

    /** The quotient of small integers from which a computed number differs by its rounding alone, or the number. */
    private static Fraction nearby(double number) {
        double tolerance = ROUNDINGS * Math.ulp(number);
        for (int denominator = 1; denominator <= LARGEST_DENOMINATOR; denominator++) {
            double numerator = Math.rint(number * denominator);
            boolean isSimple = numerator != 0 && Math.abs(numerator) <= LARGEST_NUMERATOR;
            if (isSimple && Math.abs(number - numerator / denominator) <= tolerance) {
                return reduced(numerator, denominator);
            }
        }
        return new Fraction(number, 1);
    }

    private static boolean isInteger(double number) {
        return number == Math.rint(number) && Math.abs(number) < EXACT_INTEGERS;
    }

    private static double greatestCommonDivisor(double a, double b) {
        double larger = a;
        double smaller = b;
        while (smaller != 0) {
            double rest = larger % smaller;
            larger = smaller;
            smaller = rest;
        }
        return larger;
    }

    boolean isZero() {
        return numerator == 0;
    }

    boolean isOne() {
        return numerator == 1 && denominator == 1;
    }

    boolean isNegative() {
        return numerator < 0;
    }

    Fraction negate() {
        return new Fraction(-numerator, denominator);
    }

    Fraction abs() {
        return new Fraction(Math.abs(numerator), denominator);
    }

    Fraction plus(Fraction other) {
        return reduced(numerator * other.denominator + other.numerator * denominator, denominator * other.denominator);
    }

    Fraction times(Fraction other) {
        return reduced(numerator * other.numerator, denominator * other.denominator);
    }

    Fraction dividedBy(Fraction other) {
        return reduced(numerator * other.denominator, denominator * other.numerator);
    }
}
