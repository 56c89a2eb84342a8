package org.gradgraph.explain;

import org.gradgraph.graph.Shape;

/**
 * A piece of a formula: its text without a leading minus, that minus, and how strongly it holds together.
 *
 * @param text the text
 * @param minus whether a minus belongs before it
 * @param strength how strongly the text holds together
 * @param shape the shape that a reader of the text computes, which is smaller than that of a repetition
 * @param hasDot whether the text is a product in which factors make a number, as {@code vᵀ·w·B}: read from left to right,
 *     it cannot follow another factor
 */
record FormulaFragment(String text, boolean minus, Strength strength, Shape shape, boolean hasDot) {
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
        return new FormulaFragment(text, false, strength, Shape.SCALAR, false);
    }

    FormulaFragment withMinus(boolean other) {
        return new FormulaFragment(text, other, strength, shape, hasDot);
    }

    FormulaFragment in(Shape other) {
        return new FormulaFragment(text, minus, strength, other, hasDot);
    }

    FormulaFragment withDot(boolean other) {
        return new FormulaFragment(text, minus, strength, shape, other);
    }

    /** A fragment with a minus is as weak as a sum. */
    boolean holds(Strength needed) {
        return (minus ? Strength.SUM : strength).compareTo(needed) >= 0;
    }
}
