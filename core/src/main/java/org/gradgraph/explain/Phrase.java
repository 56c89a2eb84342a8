package org.gradgraph.explain;

/**
 * A piece of a formula: its text without a leading minus, that minus, and how strongly it holds together.
 *
 * @param text the text
 * @param minus whether a minus belongs before it
 * @param strength how strongly the text holds together
 */
record Phrase(String text, boolean minus, Strength strength) {
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

    static Phrase of(String text, Strength strength) {
        return new Phrase(text, false, strength);
    }

    Phrase withMinus(boolean other) {
        return new Phrase(text, other, strength);
    }

    /** A phrase with a minus is as weak as a sum. */
    boolean holds(Strength needed) {
        return (minus ? Strength.SUM : strength).compareTo(needed) >= 0;
    }
}
