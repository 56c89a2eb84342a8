package org.gradgraph.explain;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradgraph.graph.Shape;

/** Formulas in LaTeX's mathematics mode. */
final class LatexStyle implements Style {
    private static final String GREEK = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ";
    private static final List<String> GREEK_NAMES =
            List.of(("alpha beta gamma delta varepsilon zeta eta theta iota kappa"
                            + " lambda mu nu xi pi rho sigma tau upsilon varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma"
                            + " Upsilon Phi Psi Omega")
                    .split(" "));
    private static final Pattern NUMBERED = Pattern.compile("(d?)(\\p{L}+?)_?(\\d*)");

    @Override
    public String name(String name) {
        Matcher parts = NUMBERED.matcher(name);
        if (!parts.matches()) {
            return text(name);
        }
        String letters = parts.group(2);
        int greek = letters.length() == 1 ? GREEK.indexOf(letters) : -1;
        String base = greek >= 0
                ? "\\" + GREEK_NAMES.get(greek)
                : letters.codePointCount(0, letters.length()) == 1 ? letters : "\\mathit{" + letters + "}";
        String index = parts.group(3).isEmpty() ? "" : "_{" + parts.group(3) + "}";
        return parts.group(1) + base + index;
    }

    /** Words, for between formulas. */
    static String text(String words) {
        return "\\text{" + escaped(words) + "}";
    }

    private static String escaped(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                text.append(' ');
            } else if (GREEK.indexOf(c) >= 0) {
                text.append("$\\").append(GREEK_NAMES.get(GREEK.indexOf(c))).append('$');
            } else if (c == '\\') {
                text.append("\\textbackslash{}");
            } else if (c == '^' || c == '~') {
                text.append('\\').appendCodePoint(c).append("{}");
            } else if ("{}$&#_%".indexOf(c) >= 0) {
                text.append('\\').appendCodePoint(c);
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }

    @Override
    public String parentheses(String inner) {
        return "\\left(" + inner + "\\right)";
    }

    @Override
    public String brackets(String inner) {
        return "\\left[" + inner + "\\right]";
    }

    @Override
    public String call(String text, String latex, List<String> arguments) {
        return latex + parentheses(String.join(", ", arguments));
    }

    @Override
    public String superscript(String base, String text, String latex) {
        return base + "^{" + latex + "}";
    }

    @Override
    public String attribute(String text) {
        return text.replace("−", "-")
                .replace("×", " \\times ")
                .replace("·", " \\cdot ")
                .replace("≤", "\\leq")
                .replace("≥", "\\geq")
                .replace("≠", "\\neq")
                .replace("∞", "\\infty")
                .replace("_", "\\_");
    }

    @Override
    public String ones(Shape shape) {
        boolean isColumn = shape.columns().isOne();
        String sides = isColumn ? shape.rows().toString() : shape.rows() + "×" + shape.columns();
        return "\\mathbf{1}_{" + attribute(sides) + "}";
    }

    @Override
    public String sign(String text, String latex) {
        return latex;
    }

    @Override
    public String minus() {
        return "-";
    }

    @Override
    public String product(boolean elementwise) {
        return elementwise ? " \\circ " : " \\cdot ";
    }

    @Override
    public boolean hasBar() {
        return true;
    }

    @Override
    public String quotient(String numerator, String denominator) {
        return "\\frac{" + numerator + "}{" + denominator + "}";
    }
}
