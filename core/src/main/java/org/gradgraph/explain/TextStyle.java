package org.gradgraph.explain;

import java.util.List;
import org.gradgraph.graph.Shape;

/** Formulas in one line of Unicode. */
final class TextStyle implements Style {
    private static final String PLAIN = "0123456789×aehijklmnoprstuv";
    private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉ₓₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥ";

    @Override
    public String name(String name) {
        return name.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public String parentheses(String inner) {
        return "(" + inner + ")";
    }

    @Override
    public String brackets(String inner) {
        return "[" + inner + "]";
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
    public String attribute(String text) {
        return text;
    }

    @Override
    public String ones(Shape shape) {
        boolean isColumn = shape.columns().isOne();
        String sides = isColumn ? shape.rows().toString() : shape.rows() + "×" + shape.columns();
        StringBuilder text = new StringBuilder("𝟏");
        for (int i = 0; i < sides.length(); i++) {
            int place = PLAIN.indexOf(sides.charAt(i));
            if (place < 0) {
                return "𝟏_(" + sides + ")";
            }
            text.append(LOWERED.charAt(place));
        }
        return text.toString();
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
