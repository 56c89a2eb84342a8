package org.gradgraph.rewrite;

/**
 * What a rule may do to a value.
 *
 * <pre>{@code
 * for (Rule rule : RuleSet.forPrograms().rules()) {
 *     System.out.println(rule.name() + ": " + rule.effect());       // product with one: same bits
 * }
 * }</pre>
 */
public enum Effect {
    /** The value has the same bits, non-finite values included. */
    SAME_BITS("same bits"),
    /** The value is the same number; only the sign of a zero may differ. */
    SAME_VALUE("same value"),
    /** The value is nearer to the exact one wherever it differs. */
    BETTER_ROUNDING("better rounding"),
    /** The value is the same over the real numbers; for formulas that are read, not run. */
    EXACT_ALGEBRA("exact algebra");

    private final String words;

    Effect(String words) {
        this.words = words;
    }

    /** The effect in words. */
    @Override
    public String toString() {
        return words;
    }
}
