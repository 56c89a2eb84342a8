package org.gradgraph.graph;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the symbolic dimensions stand for in one run.
 *
 * <pre>{@code
 * Sizes sizes = Sizes.of(Map.of("m", 569));
 * Shape.of(Dim.of(30), Dim.named("m")).bind(sizes);      // 30×569
 * }</pre>
 */
public final class Sizes {
    private final TreeMap<String, Integer> bySymbol;

    private Sizes(Map<String, Integer> bySymbol) {
        this.bySymbol = new TreeMap<>(bySymbol);
    }

    /** {@return the binding of a graph without symbolic dimensions} */
    public static Sizes none() {
        return new Sizes(Map.of());
    }

    /**
     * {@return a binding of symbols to sizes; the map is copied}
     *
     * @param bySymbol the size of each symbol, at least 1
     * @throws ShapeException if a size is below 1
     */
    public static Sizes of(Map<String, Integer> bySymbol) {
        for (Map.Entry<String, Integer> entry :
                Require.given(bySymbol, "the map of sizes").entrySet()) {
            String symbol = Require.given(entry.getKey(), "a symbol in the map of sizes");
            int size = Require.given(entry.getValue(), "the size of dimension " + symbol);
            if (size < 1) {
                throw new ShapeException(
                        "dimension " + symbol + " is " + size, "every matrix has at least one row and one column");
            }
        }
        return new Sizes(bySymbol);
    }

    /**
     * {@return the size of a symbol}
     *
     * @param symbol such as {@code m}
     * @throws ShapeException if the symbol is not bound
     */
    public int of(String symbol) {
        Integer size = bySymbol.get(Require.given(symbol, "the symbol of a dimension"));
        if (size == null) {
            throw new ShapeException(
                    "the size of dimension " + symbol + " is not known",
                    "feed an input or parameter that has " + symbol + " as one of its sides");
        }
        return size;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sizes that && bySymbol.equals(that.bySymbol);
    }

    @Override
    public int hashCode() {
        return bySymbol.hashCode();
    }

    /** The bindings in alphabetical order, for example {@code m = 569, n = 30}. */
    @Override
    public String toString() {
        return bySymbol.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
