package org.gradgraph.explain;

import java.util.List;
import org.gradgraph.graph.Notation;

/** Formulas in one line of Unicode. */
final class TextStyle implements Style {
    @Override
    public String name(String name) {
        return name.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public String number(double number) {
        return Notation.number(number);
    }

    @Override
    public String parentheses(String inner) {
        return "(" + inner + ")";
    }

    @Override
    public String call(String text, String latex, List<String> arguments) {
        return text + "(" + String.join(", ", arguments) + ")";
    }

    @Override
    public String superscript(String base, String text, String latex) {
        return base + text;
    }

    @Override
    public String sign(String text, String latex) {
        return text;
    }

    @Override
    public String minus() {
        return "−";
    }

    @Override
    public String product(boolean elementwise) {
        return elementwise ? " ∘ " : "·";
    }

    @Override
    public boolean hasBar() {
        return false;
    }

    @Override
    public String quotient(String numerator, String denominator) {
        return numerator + "/" + denominator;
    }
}
