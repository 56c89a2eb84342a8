package org.gradgraph.explain;

import java.util.List;
import org.gradgraph.explain.FormulaFragment.Strength;
import org.gradgraph.graph.Notation;

/**
 * How a number above 0 is written: {@code √2} and {@code 2/√π} by their signs, {@code 1e-310} as a power of ten.
 *
 * @param text plain text
 * @param latex LaTeX
 * @param strength how strongly it holds together
 */
record Numeral(String text, String latex, Strength strength) {
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private static final List<Known> KNOWN = List.of(
            new Known(Math.PI, whole("π", "\\pi")),
            new Known(2 * Math.PI, new Numeral("2·π", "2 \\cdot \\pi", Strength.PRODUCT)),
            new Known(Math.sqrt(2), whole("√2", "\\sqrt{2}")),
            new Known(Math.sqrt(Math.PI), whole("√π", "\\sqrt{\\pi}")),
            new Known(Math.sqrt(2 * Math.PI), whole("√(2·π)", "\\sqrt{2 \\cdot \\pi}")),
            new Known(Math.sqrt(0.5), quotient("1/√2", "\\frac{1}{\\sqrt{2}}")),
            new Known(1 / Math.sqrt(Math.PI), quotient("1/√π", "\\frac{1}{\\sqrt{\\pi}}")),
            new Known(2 / Math.sqrt(Math.PI), quotient("2/√π", "\\frac{2}{\\sqrt{\\pi}}")),
            new Known(Math.sqrt(2 / Math.PI), quotient("√2/√π", "\\frac{\\sqrt{2}}{\\sqrt{\\pi}}")),
            new Known(1 / Math.sqrt(2 * Math.PI), quotient("1/√(2·π)", "\\frac{1}{\\sqrt{2 \\cdot \\pi}}")),
            new Known(StrictMath.log(2), whole("log(2)", "\\log\\left(2\\right)")),
            new Known(StrictMath.log(10), whole("log(10)", "\\log\\left(10\\right)")),
            new Known(StrictMath.log(2 * Math.PI), whole("log(2·π)", "\\log\\left(2 \\cdot \\pi\\right)")));

    private record Known(double value, Numeral numeral) {
        /** A number that was computed in another way may differ in its last digit. */
        boolean is(double number) {
            return Math.abs(number - value) <= Math.ulp(value);
        }
    }

    /** Whether people write it with a sign, as {@code √2}. */
    static boolean hasSign(double value) {
        return KNOWN.stream().anyMatch(known -> known.is(value));
    }

    static Numeral of(double value) {
        for (Known known : KNOWN) {
            if (known.is(value)) {
                return known.numeral;
            }
        }
        String text = Notation.number(value);
        int exponent = text.indexOf('E');
        if (exponent >= 0) {
            return powerOfTen(text.substring(0, exponent), text.substring(exponent + 1));
        }
        return Double.isFinite(value) ? whole(text, text) : special(value);
    }

    private static Numeral special(double value) {
        return Double.isNaN(value) ? whole("NaN", "\\text{NaN}") : whole("∞", "\\infty");
    }

    private static Numeral powerOfTen(String digits, String exponent) {
        StringBuilder raised = new StringBuilder();
        exponent.chars().forEach(c -> raised.append(c == '-' ? '⁻' : RAISED.charAt(c - '0')));
        if (digits.equals("1.0")) {
            return new Numeral("10" + raised, "10^{" + exponent + "}", Strength.SUPERSCRIPT);
        }
        String factor = digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
        return new Numeral(factor + "·10" + raised, factor + " \\cdot 10^{" + exponent + "}", Strength.PRODUCT);
    }

    private static Numeral whole(String text, String latex) {
        return new Numeral(text, latex, Strength.WHOLE);
    }

    private static Numeral quotient(String text, String latex) {
        return new Numeral(text, latex, Strength.QUOTIENT);
    }
}
