package org.gradgraph.rewrite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A product of powers of factors, without a coefficient; no exponent is 0. */
final class Monomial {
    static final Monomial ONE = new Monomial(Map.of());

    private final Map<Factor, Integer> powers;

    private Monomial(Map<Factor, Integer> powers) {
        this.powers = Collections.unmodifiableMap(powers);
    }

    static Monomial of(Factor factor, int exponent) {
        return new Monomial(Map.of(factor, exponent));
    }

    static Monomial of(Map<Factor, Integer> powers) {
        return new Monomial(new LinkedHashMap<>(powers));
    }

    /** The factors in the order in which they came, with their exponents. */
    Map<Factor, Integer> powers() {
        return powers;
    }

    int exponentOf(Factor factor) {
        return powers.getOrDefault(factor, 0);
    }

    boolean isOne() {
        return powers.isEmpty();
    }

    Monomial times(Monomial other) {
        Map<Factor, Integer> product = new LinkedHashMap<>(powers);
        other.powers.forEach((factor, exponent) -> {
            int total = product.getOrDefault(factor, 0) + exponent;
            if (total == 0) {
                product.remove(factor);
            } else {
                product.put(factor, total);
            }
        });
        return new Monomial(product);
    }

    Monomial power(int exponent) {
        Map<Factor, Integer> result = new LinkedHashMap<>();
        powers.forEach((factor, own) -> result.put(factor, own * exponent));
        return new Monomial(result);
    }

    /** How much there is to read. */
    int size() {
        return powers.keySet().stream().mapToInt(Factor::size).sum();
    }

    /** A number that does not depend on the order of the factors. */
    int rank() {
        int rank = 0;
        for (Map.Entry<Factor, Integer> power : powers.entrySet()) {
            rank += (power.getKey().rank() + 1) * (power.getValue() + 31);
        }
        return rank;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Monomial that && powers.equals(that.powers);
    }

    @Override
    public int hashCode() {
        return powers.hashCode();
    }
}
