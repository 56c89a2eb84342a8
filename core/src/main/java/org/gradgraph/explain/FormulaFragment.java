package org.gradgraph.explain;

/**
 * A piece of a formula: its text without a leading minus, that minus, and how strongly it holds together.
 *
 * @param text the text
 * @param minus whether a minus belongs before it
 * @param strength how strongly the text holds together
 */
record FormulaFragment(String text, boolean minus, Strength strength) {
    /** From the weakest to the strongest. */
    enum Strength {
        SUM,
        PREFIX,
        ELEMENTWISE,
        QUOTIENT,
        PRODUCT,
        SUPERSCRIPT,
        WHOLE
    }

    static FormulaFragment of(String text, Strength strength) {
        return new FormulaFragment(text, false, strength);
    }

    FormulaFragment withMinus(boolean other) {
        return new FormulaFragment(text, other, strength);
    }

    /** A fragment with a minus is as weak as a sum. */
    boolean holds(Strength needed) {
        return (minus ? Strength.SUM : strength).compareTo(needed) >= 0;
    }
}
