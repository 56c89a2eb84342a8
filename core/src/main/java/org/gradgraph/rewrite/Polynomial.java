package org.gradgraph.rewrite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gradgraph.graph.Shape;

/**
 * A sum of multiples of products, element by element: the form in which the algebra of real numbers is done.
 *
 * <p>Equal sums are equal, whatever the order of their terms. No coefficient is 0.
 */
final class Polynomial implements Factor {
    static final Polynomial ZERO = new Polynomial(Map.of());

    private final Map<Monomial, Fraction> terms;
    private final int hash;
    private final int size;

    private Polynomial(Map<Monomial, Fraction> terms) {
        this.terms = Collections.unmodifiableMap(terms);
        this.hash = terms.hashCode();
        this.size = terms.keySet().stream().mapToInt(Monomial::size).sum() + terms.size();
    }

    static Polynomial of(Fraction coefficient, Monomial monomial) {
        return coefficient.isZero() ? ZERO : new Polynomial(Map.of(monomial, coefficient));
    }

    /** The terms in the order in which they came. */
    Map<Monomial, Fraction> terms() {
        return terms;
    }

    boolean isSum() {
        return terms.size() > 1;
    }

    boolean isZero() {
        return terms.isEmpty();
    }

    Polynomial plus(Polynomial other) {
        Map<Monomial, Fraction> sum = new LinkedHashMap<>(terms);
        other.terms.forEach((monomial, coefficient) -> {
            Fraction total = sum.getOrDefault(monomial, Fraction.ZERO).plus(coefficient);
            if (total.isZero()) {
                sum.remove(monomial);
            } else {
                sum.put(monomial, total);
            }
        });
        return new Polynomial(sum);
    }

    Polynomial times(Fraction coefficient, Monomial monomial) {
        if (coefficient.isZero()) {
            return ZERO;
        }
        Map<Monomial, Fraction> product = new LinkedHashMap<>();
        terms.forEach((own, factor) -> product.put(own.times(monomial), factor.times(coefficient)));
        return new Polynomial(product);
    }

    /** This as one term: a sum becomes a factor in parentheses, its common factors outside. */
    Polynomial asOneTerm() {
        if (!isSum()) {
            return this;
        }
        Polynomial content = content();
        Map.Entry<Monomial, Fraction> common = content.only();
        Polynomial rest =
                times(Fraction.ONE.dividedBy(common.getValue()), common.getKey().power(-1));
        Polynomial flat = rest.flat().isZero() ? rest : rest.flat();
        return flat.isSum()
                ? of(common.getValue(), common.getKey().times(Monomial.of(flat, 1)))
                : flat.times(common.getValue(), common.getKey());
    }

    /** The same sum without parentheses around terms that are sums themselves. */
    private Polynomial flat() {
        Polynomial result = ZERO;
        for (Map.Entry<Monomial, Fraction> term : terms.entrySet()) {
            Map<Factor, Integer> powers = term.getKey().powers();
            boolean isSum = powers.size() == 1
                    && powers.values().iterator().next() == 1
                    && powers.keySet().iterator().next() instanceof Polynomial;
            result = result.plus(
                    isSum
                            ? ((Polynomial) powers.keySet().iterator().next()).times(term.getValue(), Monomial.ONE)
                            : of(term.getValue(), term.getKey()));
        }
        return result;
    }

    /** The term of a polynomial that has exactly one. */
    Map.Entry<Monomial, Fraction> only() {
        return terms.entrySet().iterator().next();
    }

    /** What all terms have in common; its sign makes the term of lowest rank positive. */
    private Polynomial content() {
        Map<Factor, Integer> common = null;
        Fraction coefficient = null;
        Map.Entry<Monomial, Fraction> lowest = null;
        for (Map.Entry<Monomial, Fraction> term : terms.entrySet()) {
            common = common == null ? new LinkedHashMap<>(term.getKey().powers()) : meet(common, term.getKey());
            Fraction magnitude = term.getValue().abs();
            coefficient =
                    coefficient == null || coefficient.equals(magnitude) ? magnitude : shared(coefficient, magnitude);
            if (lowest == null || term.getKey().rank() < lowest.getKey().rank()) {
                lowest = term;
            }
        }
        boolean negative = lowest != null && lowest.getValue().isNegative();
        Fraction magnitude = coefficient == null ? Fraction.ONE : coefficient;
        return of(negative ? magnitude.negate() : magnitude, Monomial.of(common == null ? Map.of() : common));
    }

    /** The largest fraction of which both are multiples by an integer, for fractions of integers; else 1. */
    private static Fraction shared(Fraction a, Fraction b) {
        Fraction quotient = a.dividedBy(b);
        boolean simple = quotient.numerator() == Math.rint(quotient.numerator());
        return simple ? b.dividedBy(Fraction.of(quotient.denominator())) : Fraction.ONE;
    }

    private static Map<Factor, Integer> meet(Map<Factor, Integer> common, Monomial monomial) {
        Map<Factor, Integer> both = new LinkedHashMap<>();
        common.forEach((factor, exponent) -> {
            int other = monomial.exponentOf(factor);
            boolean sameSign = Integer.signum(other) == Integer.signum(exponent);
            if (sameSign) {
                both.put(factor, exponent > 0 ? Math.min(exponent, other) : Math.max(exponent, other));
            }
        });
        return both;
    }

    @Override
    public int rank() {
        return terms.keySet().stream().mapToInt(Monomial::rank).sum();
    }

    @Override
    public boolean fits(Shape shape) {
        return terms.keySet().stream()
                .flatMap(monomial -> monomial.powers().keySet().stream())
                .allMatch(factor -> factor.fits(shape));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Polynomial that && hash == that.hash && terms.equals(that.terms));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
