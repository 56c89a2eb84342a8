package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.graph.ExponentialSum.Term;

/**
 * The exponentials of a sum, divided by the largest one: none overflows, and the largest one is exactly 1.
 *
 * <p>The difference of two exponents is rounded, and an exponential would pass that on; so its rounding error is computed,
 * too.
 */
final class ShiftedExponentials {
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula ONE = Formula.constant(1);
    private static final Formula MINUS_INFINITY = Formula.constant(Double.NEGATIVE_INFINITY);

    private final int exponents;
    private final Formula largest;
    private final List<Formula> isLargest = new ArrayList<>();
    private final List<Formula> powers = new ArrayList<>();

    /** The exponentials of a sum, whose largest term counts. */
    ShiftedExponentials(ExponentialSum of) {
        exponents = of.exponents();
        largest = largest(of);
        Formula one = Formula.select(MINUS_INFINITY.lessThan(largest), ONE, Formula.constant(Double.NaN));
        for (int i = 0; i < exponents; i++) {
            Formula z = Formula.argument(i);
            Formula equal = Formula.of(Primitive.EQUAL, z, largest);
            Formula power = z.minus(largest).exp();
            Formula corrected = power.plus(power.times(roundingError(z, largest)));
            Formula isNumber = Formula.of(Primitive.EQUAL, corrected, corrected);
            isLargest.add(equal);
            powers.add(Formula.select(equal, one, Formula.select(isNumber, corrected, power)));
        }
    }

    private static Formula largest(ExponentialSum of) {
        Formula result = null;
        for (Term term : of.terms()) {
            Formula weight = null;
            Formula z = null;
            for (int i = 0; i < term.powers().size(); i++) {
                if (term.powers().get(i) != 0) {
                    Formula operand = Formula.argument(i);
                    if (i < of.exponents()) {
                        z = operand;
                    } else {
                        weight = weight == null ? operand : weight.times(operand);
                    }
                }
            }
            Formula counted = z == null ? ZERO : z;
            Formula weighted = weight == null ? counted : Formula.select(weight, counted, MINUS_INFINITY);
            result = result == null ? weighted : Formula.of(Primitive.MAX, result, weighted);
        }
        return result == null ? MINUS_INFINITY : result;
    }

    /** {@code a − b} minus what it is rounded to (Knuth); NaN if it overflows. */
    private static Formula roundingError(Formula a, Formula b) {
        Formula difference = a.minus(b);
        Formula subtracted = a.minus(difference);
        Formula from = difference.plus(subtracted);
        return a.minus(from).plus(subtracted.minus(b));
    }

    Formula largest() {
        return largest;
    }

    /** 1 where an exponent is the largest one. */
    Formula isLargest(int exponent) {
        return isLargest.get(exponent);
    }

    /** The exponential of one exponent over the largest one. */
    Formula power(int exponent) {
        return powers.get(exponent);
    }

    /** A sum of products of these exponentials; two terms that differ in sign only are subtracted without cancellation. */
    Formula sum(ExponentialSum sum) {
        if (sum.terms().size() == 2
                && sum.terms().get(0).factor() == -sum.terms().get(1).factor()) {
            int[] common = sum.commonPowers();
            int[] first = rest(sum.terms().get(0), common);
            int[] second = rest(sum.terms().get(1), common);
            if (isPure(first) && isPure(second)) {
                Formula factor = product(sum.terms().get(0).factor(), common);
                return times(factor, difference(first, second));
            }
        }
        Formula result = null;
        for (Term term : sum.terms()) {
            Formula next = product(
                    term.factor(),
                    term.powers().stream().mapToInt(power -> power).toArray());
            result = result == null ? next : result.plus(next);
        }
        return result == null ? ZERO : result;
    }

    private static int[] rest(Term term, int[] common) {
        int[] rest = new int[common.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = term.powers().get(i) - common[i];
        }
        return rest;
    }

    private boolean isPure(int[] own) {
        for (int i = exponents; i < own.length; i++) {
            if (own[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The difference of two exponentials: the larger one times {@code 1 − e^−|difference of the exponents|}. */
    private Formula difference(int[] first, int[] second) {
        Formula more = exponent(first);
        Formula less = exponent(second);
        Formula distance = more.minus(less);
        Formula rest = Formula.of(Primitive.EXPM1, distance.abs().negate());
        Formula isLess = distance.lessThan(ZERO);
        Formula result =
                Formula.select(isLess, times(product(1, second), rest), times(product(1, first), rest.negate()));
        Formula isNumber = Formula.of(Primitive.EQUAL, distance, distance);
        return Formula.select(isNumber, result, product(1, first).minus(product(1, second)));
    }

    private Formula exponent(int[] own) {
        Formula sum = ZERO;
        boolean isFirst = true;
        for (int i = 0; i < exponents; i++) {
            if (own[i] != 0) {
                Formula z = Formula.argument(i);
                Formula multiple = own[i] == 1 ? z : z.times(Formula.constant(own[i]));
                sum = isFirst ? multiple : sum.plus(multiple);
                isFirst = false;
            }
        }
        return sum;
    }

    /** A weight of 0 makes a term 0, also where its exponential is infinite. */
    private Formula product(double factor, int[] own) {
        Formula result = Formula.constant(factor);
        Formula weight = null;
        for (int i = 0; i < own.length; i++) {
            for (int count = 0; count < own[i]; count++) {
                if (i < exponents) {
                    result = times(result, power(i));
                } else {
                    Formula operand = Formula.argument(i);
                    weight = weight == null ? operand : weight.times(operand);
                }
            }
        }
        return weight == null ? result : Formula.select(weight, times(result, weight), ZERO);
    }

    private static Formula times(Formula a, Formula b) {
        return a.isConstant() && a.constantValue() == 1 ? b : a.times(b);
    }
}
