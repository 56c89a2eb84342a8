package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One side of a {@link Shape}: a fixed number, a named symbol, or a polynomial of symbols.
 *
 * <p>A symbol such as {@code m} stands for any size of at least 1. It is bound when a run is fed, so one graph serves
 * one example, a mini-batch, and the whole data set. Two symbols of the same name are the same symbol.
 *
 * <pre>{@code
 * Dim m = Dim.named("m");
 * Node x = Node.input("X", 30, m);       // 30×m
 * m.plus(Dim.of(1));                     // m + 1
 * }</pre>
 *
 * <p>Sums and products are kept in one canonical form, so {@code m.plus(n).equals(n.plus(m))}.
 */
@CheckReturnValue
public final class Dim {
    /** Monomial (its symbols in order, with repetition) to coefficient; no coefficient is 0. */
    private final Map<List<String>, Long> terms;

    private final boolean fixed;

    /** The term without a symbol, the whole size of a fixed side; kept because every feed asks for it. */
    private final long constant;

    private Dim(Map<List<String>, Long> terms) {
        this.terms = Collections.unmodifiableMap(terms);
        this.constant = terms.getOrDefault(List.of(), 0L);
        this.fixed = terms.size() == (constant == 0 ? 0 : 1);
    }

    /**
     * {@return a side of fixed size}
     *
     * @param size at least 1
     * @throws ShapeException if {@code size} is below 1
     */
    public static Dim of(int size) {
        if (size < 1) {
            throw new ShapeException(
                    "a side of " + size + " is refused", "every matrix has at least one row and one column");
        }
        return constant(size);
    }

    /**
     * {@return a side whose size is bound when a run is fed}
     *
     * @param symbol a Java identifier such as {@code m}; two dimensions of the same symbol are equal
     * @throws ShapeException if {@code symbol} is not an identifier
     */
    public static Dim named(String symbol) {
        Require.given(symbol, "Dim.named: the symbol");
        if (symbol.isEmpty()
                || !Character.isJavaIdentifierStart(symbol.charAt(0))
                || !symbol.chars().allMatch(Character::isJavaIdentifierPart)
                || symbol.chars().anyMatch(Character::isIdentifierIgnorable)) {
            throw new ShapeException(
                    "\"" + symbol + "\" is not a name for a dimension",
                    "use an identifier, for example Dim.named(\"m\")");
        }
        return new Dim(Map.of(List.of(symbol), 1L));
    }

    /**
     * {@return the sum of both sides, as in a concatenation}
     *
     * @param other a fixed or symbolic side
     */
    public Dim plus(Dim other) {
        Require.given(other, "the dimension to add");
        Map<List<String>, Long> sum = emptyTerms();
        sum.putAll(terms);
        other.terms.forEach((symbols, coefficient) -> add(sum, symbols, coefficient));
        return new Dim(sum);
    }

    /**
     * {@return the difference of both sides, as in a filter that adds no border; it may turn out too small when it is
     * bound}
     *
     * @param other a fixed or symbolic side
     */
    public Dim minus(Dim other) {
        Require.given(other, "the dimension to subtract");
        return plus(other.times(constant(-1)));
    }

    /**
     * {@return the product of both sides, as in the number of elements of a matrix}
     *
     * @param other a fixed or symbolic side
     */
    public Dim times(Dim other) {
        Require.given(other, "the dimension to multiply with");
        Map<List<String>, Long> product = emptyTerms();
        terms.forEach((left, a) -> other.terms.forEach((right, b) -> {
            List<String> symbols =
                    Stream.concat(left.stream(), right.stream()).sorted().toList();
            add(product, symbols, exact(Math::multiplyExact, a, b));
        }));
        return new Dim(product);
    }

    /**
     * {@return the quotient of both sides, as in the number of blocks of a matrix}
     *
     * <p>{@code m.times(t).dividedBy(m)} is {@code t}.
     *
     * @param divisor a number, a symbol, or a product of them
     * @throws ShapeException if it does not divide every term of this one
     */
    public Dim dividedBy(Dim divisor) {
        Require.given(divisor, "the dimension to divide by");
        if (divisor.terms.size() != 1) {
            throw doesNotDivide(divisor);
        }
        Map.Entry<List<String>, Long> by = divisor.terms.entrySet().iterator().next();
        Map<List<String>, Long> quotient = emptyTerms();
        terms.forEach((symbols, coefficient) -> {
            List<String> rest = new ArrayList<>(symbols);
            if (coefficient % by.getValue() != 0 || !by.getKey().stream().allMatch(rest::remove)) {
                throw doesNotDivide(divisor);
            }
            quotient.put(List.copyOf(rest), coefficient / by.getValue());
        });
        return new Dim(quotient);
    }

    private ShapeException doesNotDivide(Dim divisor) {
        return new ShapeException(
                this + " cannot be divided by " + divisor, "the divisor is a factor of every term, such as m of m·T");
    }

    /** {@return whether the size is known now} */
    public boolean isFixed() {
        return fixed;
    }

    /** {@return whether this is the fixed size 1} */
    public boolean isOne() {
        return fixed && constant == 1;
    }

    /**
     * {@return the fixed size}
     *
     * @throws ShapeException if the size is symbolic
     */
    public int size() {
        if (!fixed) {
            throw new ShapeException("the size of " + this + " is not known yet", "it is bound when a run is fed");
        }
        return checkedSize(constant, "");
    }

    /**
     * {@return the polynomial: the coefficient of each product of symbols, with symbols in alphabetical order; not modifiable}
     *
     * <pre>{@code
     * m.times(n).times(Dim.of(2)).plus(Dim.of(1)).terms();      // {[m, n]=2, []=1}
     * }</pre>
     */
    public Map<List<String>, Long> terms() {
        return terms;
    }

    /** {@return the symbols on which the size depends, in alphabetical order} */
    public Set<String> symbols() {
        return terms.keySet().stream().flatMap(List::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * {@return the size under a binding of the symbols}
     *
     * @param sizes the size of each symbol
     * @throws ShapeException if a symbol is unbound, or the size is below 1 or beyond {@code int}
     */
    public int size(Sizes sizes) {
        return fixed ? size() : checkedSize(total(sizes), " with " + sizes);
    }

    private long total(Sizes sizes) {
        Require.given(sizes, "the binding of a dimension");
        long total = 0;
        for (Map.Entry<List<String>, Long> term : terms.entrySet()) {
            long product = term.getValue();
            for (String symbol : term.getKey()) {
                product = exact(Math::multiplyExact, product, sizes.of(symbol));
            }
            total = exact(Math::addExact, total, product);
        }
        return total;
    }

    /**
     * {@return the size of a symbol for which this dimension has a given size; empty if the symbol is multiplied with
     * itself, or no whole number of at least 1 fits}
     *
     * <pre>{@code
     * m.times(t).solve("T", Sizes.of(Map.of("m", 4)), 12);      // 3
     * }</pre>
     *
     * @param symbol the only symbol that is not bound
     * @param known the sizes of the others
     * @param size the size of this dimension
     */
    public OptionalInt solve(String symbol, Sizes known, int size) {
        Require.given(symbol, "Dim.solve: the symbol");
        Require.given(known, "Dim.solve: the known sizes");
        Map<List<String>, Long> factors = emptyTerms();
        Map<List<String>, Long> rest = emptyTerms();
        for (Map.Entry<List<String>, Long> term : terms.entrySet()) {
            List<String> others = new ArrayList<>(term.getKey());
            boolean isFactor = others.remove(symbol);
            if (others.contains(symbol)) {
                return OptionalInt.empty();
            }
            add(isFactor ? factors : rest, List.copyOf(others), term.getValue());
        }
        long factor = new Dim(factors).total(known);
        long product = size - new Dim(rest).total(known);
        boolean fits = factor != 0 && product % factor == 0 && product / factor >= 1;
        return fits ? OptionalInt.of((int) Math.min(product / factor, Integer.MAX_VALUE)) : OptionalInt.empty();
    }

    /** Whether this is 0 or more for all sizes of its symbols, as far as its coefficients say; each symbol is at least 1. */
    boolean isSurelyNotNegative() {
        long smallest = 0;
        for (Map.Entry<List<String>, Long> term : terms.entrySet()) {
            if (term.getValue() < 0 && !term.getKey().isEmpty()) {
                return false;
            }
            smallest += term.getValue();
        }
        return smallest >= 0;
    }

    /** This polynomial as a node, with a node in place of a symbol. */
    Node size(String symbol, Node size) {
        Node sum = null;
        for (Map.Entry<List<String>, Long> term : terms.entrySet()) {
            Node product = null;
            for (String factor : term.getKey()) {
                Node next = factor.equals(symbol) ? size : Constants.size(named(factor));
                product = product == null ? next : product.times(next);
            }
            double coefficient = term.getValue();
            Node summand = product == null
                    ? Node.constant(coefficient)
                    : coefficient == 1 ? product : product.times(coefficient);
            sum = sum == null ? summand : sum.plus(summand);
        }
        return sum == null ? Node.constant(0) : sum;
    }

    /** A number of rows or columns that may be 0, such as a border or the start of a slice. */
    static Dim offset(int count) {
        return constant(count);
    }

    /** An offset with its symbols replaced by sizes. */
    Dim boundOffset(Sizes sizes) {
        return isFixed() ? this : constant(total(sizes));
    }

    /** The value of a fixed offset; it is in the range of {@code int}, because it lies within a matrix. */
    int offset() {
        return Math.toIntExact(constant);
    }

    private int checkedSize(long size, String circumstance) {
        if (size < 1 || size > Integer.MAX_VALUE) {
            throw new ShapeException(
                    (fixed ? "a side of " + size + " is refused" : "the side " + this + " is " + size + circumstance),
                    "a side is between 1 and " + Integer.MAX_VALUE);
        }
        return (int) size;
    }

    private static long exact(LongBinaryOperator operation, long a, long b) {
        try {
            return operation.applyAsLong(a, b);
        } catch (ArithmeticException overflow) {
            throw new ShapeException(
                    "a dimension made of " + a + " and " + b + " is too large to count",
                    "a side is between 1 and " + Integer.MAX_VALUE);
        }
    }

    private static Dim constant(long value) {
        return new Dim(value == 0 ? Map.of() : Map.of(List.of(), value));
    }

    private static Map<List<String>, Long> emptyTerms() {
        return new TreeMap<>((a, b) -> {
            int byDegree = Integer.compare(b.size(), a.size());
            return byDegree != 0 ? byDegree : a.toString().compareTo(b.toString());
        });
    }

    private static void add(Map<List<String>, Long> sum, List<String> symbols, long coefficient) {
        long total = exact(Math::addExact, sum.getOrDefault(symbols, 0L), coefficient);
        if (total == 0) {
            sum.remove(symbols);
        } else {
            sum.put(symbols, total);
        }
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Dim that
                        && constant == that.constant
                        && fixed == that.fixed
                        && (fixed || terms.equals(that.terms)));
    }

    @Override
    public int hashCode() {
        return fixed ? Long.hashCode(constant) : terms.hashCode();
    }

    /** The size or polynomial, for example {@code 30}, {@code m} or {@code 2·m + 1}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        terms.forEach((symbols, coefficient) -> {
            if (text.length() > 0) {
                text.append(coefficient < 0 ? " − " : " + ");
            } else if (coefficient < 0) {
                text.append('−');
            }
            long magnitude = Math.abs(coefficient);
            if (symbols.isEmpty()) {
                text.append(magnitude);
            } else {
                text.append(magnitude == 1 ? "" : magnitude + "·").append(String.join("·", symbols));
            }
        });
        return text.length() == 0 ? "0" : text.toString();
    }
}
