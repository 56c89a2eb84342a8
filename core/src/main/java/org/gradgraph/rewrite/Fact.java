package org.gradgraph.rewrite;

/**
 * Something that is known about every element of a value, or about its sums.
 *
 * <pre>{@code
 * Assumptions known = Assumptions.none().and(y, Fact.COLUMNS_SUM_TO_ONE);
 * }</pre>
 */
public enum Fact {
    /** Every element is above 0. */
    POSITIVE("> 0"),
    /** Every element is below 1. */
    BELOW_ONE("< 1"),
    /** No element is 0. */
    NOT_ZERO("≠ 0"),
    /** Each column sums to 1, as those of one-hot labels do. */
    COLUMNS_SUM_TO_ONE("has columns that sum to 1"),
    /** Each row sums to 1. */
    ROWS_SUM_TO_ONE("has rows that sum to 1");

    private final String words;

    Fact(String words) {
        this.words = words;
    }

    /** The fact in words, to be read after a name. */
    @Override
    public String toString() {
        return words;
    }
}
