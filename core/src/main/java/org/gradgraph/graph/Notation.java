package org.gradgraph.graph;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * How people write an operation in a formula: one of a few layouts, filled in by the operation.
 *
 * <p>{@link Op#notation()} says it; the default is {@code name(a, b)}.
 *
 * <pre>{@code
 * record Cube() implements Elementwise {
 *     public Notation notation() {
 *         return new Notation.Superscript("³", "3");
 *     }
 *     ...
 * }
 * }</pre>
 */
public sealed interface Notation {
    /**
     * {@code name(a, b)}.
     *
     * @param text the name in plain text
     * @param latex the name in LaTeX
     * @param attributes what is written after the operands: the numbers that belong to the operation
     */
    record Call(String text, String latex, List<String> attributes) implements Notation {
        /**
         * Copies the list and refuses null.
         *
         * @param text the name in plain text
         * @param latex the name in LaTeX
         * @param attributes what is written after the operands: the numbers that belong to the operation
         */
        public Call {
            Require.given(text, "Notation.Call: the text");
            Require.given(latex, "Notation.Call: the LaTeX");
            attributes = Require.list(attributes, "Notation.Call: the list of attributes");
        }

        /**
         * A call without attributes.
         *
         * @param text how it is written in plain text
         * @param latex how it is written in LaTeX
         */
        public Call(String text, String latex) {
            this(text, latex, List.of());
        }
    }

    /**
     * Operands added or subtracted, and a number at the end.
     *
     * @param negative for each operand whether it is subtracted
     * @param number what is added at the end, 0 for nothing
     */
    record Terms(List<Boolean> negative, double number) implements Notation {
        /**
         * Copies the list and refuses null.
         *
         * @param negative for each operand whether it is subtracted
         * @param number what is added at the end, 0 for nothing
         */
        public Terms {
            negative = Require.list(negative, "Notation.Terms: the list of signs");
        }
    }

    /**
     * A number times the operands, element by element.
     *
     * @param number the number, 1 for none
     */
    record Product(double number) implements Notation {}

    /**
     * The matrix product of two operands.
     *
     * @param transposeA whether the left operand is transposed
     * @param transposeB whether the right operand is transposed
     */
    record MatrixProduct(boolean transposeA, boolean transposeB) implements Notation {}

    /** The first operand over the second. */
    record Quotient() implements Notation {}

    /** The operand with the opposite sign. */
    record Minus() implements Notation {}

    /**
     * The operand with a superscript, for example {@code a²}.
     *
     * @param text the superscript in plain text, for example {@code ²}
     * @param latex the superscript in LaTeX, for example {@code 2}
     */
    record Superscript(String text, String latex) implements Notation {
        /**
         * Refuses null.
         *
         * @param text the superscript in plain text, for example {@code ²}
         * @param latex the superscript in LaTeX, for example {@code 2}
         */
        public Superscript {
            Require.given(text, "Notation.Superscript: the text");
            Require.given(latex, "Notation.Superscript: the LaTeX");
        }
    }

    /**
     * A sign before the operand, for example {@code Σ a}.
     *
     * @param text the sign in plain text
     * @param latex the sign in LaTeX
     */
    record Prefix(String text, String latex) implements Notation {
        /**
         * Refuses null.
         *
         * @param text the sign in plain text
         * @param latex the sign in LaTeX
         */
        public Prefix {
            Require.given(text, "Notation.Prefix: the text");
            Require.given(latex, "Notation.Prefix: the LaTeX");
        }
    }

    /**
     * A condition in brackets, 1 where it holds and 0 elsewhere, for example {@code [a > 0]} or {@code [a > b]}.
     *
     * @param before what stands before the first operand, for example {@code 0 ≤}; empty for nothing
     * @param condition what follows the first operand, for example {@code > 0}; a second operand follows it
     */
    record Bracket(String before, String condition) implements Notation {
        /**
         * Refuses null.
         *
         * @param before what stands before the first operand; empty for nothing
         * @param condition what follows the first operand
         */
        public Bracket {
            Require.given(before, "Notation.Bracket: what stands before the operand");
            Require.given(condition, "Notation.Bracket: the condition");
        }

        /**
         * A condition that begins with the first operand.
         *
         * @param condition what follows the first operand
         */
        public Bracket(String condition) {
            this("", condition);
        }
    }

    /** The operand alone: the operation is not written, as a repetition is not. */
    record Unwritten() implements Notation {}

    /**
     * A sign without operands, for example {@code m}.
     *
     * @param text the sign in plain text
     * @param latex the sign in LaTeX
     */
    record Symbol(String text, String latex) implements Notation {
        /**
         * Refuses null.
         *
         * @param text the sign in plain text
         * @param latex the sign in LaTeX
         */
        public Symbol {
            Require.given(text, "Notation.Symbol: the text");
            Require.given(latex, "Notation.Symbol: the LaTeX");
        }
    }

    /**
     * A number.
     *
     * @param value the number
     */
    record Value(double value) implements Notation {}

    /**
     * {@return {@code name(a, b)}, with a LaTeX name made from it}
     *
     * @param name the name of the operation
     */
    static Notation call(String name) {
        Require.given(name, "Notation.call: the name");
        return new Call(name, "\\operatorname{" + name.replaceAll("[^A-Za-z0-9]", "") + "}");
    }

    /**
     * {@return the operation as a call, its attributes after the operands: {@code clip(0, 1)} of x is
     * {@code clip(x, 0, 1)}}
     *
     * @param name the name of the operation
     * @param label the name with its attributes in parentheses, or the name alone
     */
    static Notation labelled(String name, String label) {
        Require.given(name, "Notation.labelled: the name");
        Require.given(label, "Notation.labelled: the label");
        boolean hasAttributes = label.startsWith(name + "(") && label.endsWith(")");
        if (!hasAttributes) {
            return call(name);
        }
        String inside = label.substring(name.length() + 1, label.length() - 1);
        List<String> attributes = List.of(inside.replaceAll("(^|[ :])-", "$1−").split(", "));
        return new Call(name, "\\operatorname{" + name.replaceAll("[^A-Za-z0-9]", "") + "}", attributes);
    }

    /**
     * {@return a number with all digits that tell it from its neighbours, without a superfluous {@code .0}}
     *
     * @param value any number
     */
    static String number(double value) {
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /**
     * {@return a number rounded to a few significant digits, without zeros at the end; very large and small ones get an
     * exponent}
     *
     * <pre>{@code
     * Notation.number(2.0 / 3, 4)        // 0.6667
     * }</pre>
     *
     * @param value any number
     * @param digits how many significant digits, at least 1
     */
    static String number(double value, int digits) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : number(value);
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        String plain = rounded.toPlainString();
        return plain.length() <= digits + 4 ? plain : number(rounded.doubleValue());
    }
}
