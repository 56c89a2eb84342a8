package org.gradgraph.explain;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Reads a printed formula as a textbook's reader does, and computes it: powers first, then products and quotients from
 * left to right, then {@code ∘}, then sums.
 */
final class FormulaReader {
    private static final Pattern TOKEN = Pattern.compile("\\\\frac|[A-Za-z]\\w*|[0-9]+(\\.[0-9]+)?|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\\S");
    private static final String DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private final Map<String, DMatrixRMaj> values;
    private final String formula;
    private final Matcher tokens;
    private String token = "";

    private FormulaReader(String formula, Map<String, DMatrixRMaj> values) {
        this.values = values;
        this.formula = formula;
        this.tokens = TOKEN.matcher(formula);
        next();
    }

    /** The value of the last of several equations, given the values of some names. */
    static DMatrixRMaj read(String equations, Map<String, DMatrixRMaj> given) {
        Map<String, DMatrixRMaj> values = new HashMap<>(given);
        DMatrixRMaj last = new DMatrixRMaj(1, 1);
        for (String line : equations.lines().toList()) {
            String[] sides = line.split(" = ", 2);
            FormulaReader reader = new FormulaReader(sides[sides.length - 1], values);
            last = reader.sum();
            if (!reader.token.isEmpty()) {
                throw new IllegalArgumentException(reader.token + " is left of " + line);
            }
            values.put(sides[0], last);
        }
        return last;
    }

    /** LaTeX with the signs of plain text; fractions stay. */
    static String plain(String latex) {
        String text = latex.replaceAll("\\\\(begin|end)\\{aligned\\}\n", "")
                .replace(" &= ", " = ")
                .replace(" \\\\\n", "\n")
                .replace("\\left(", "(")
                .replace("\\right)", ")")
                .replace("\\cdot", "·")
                .replace("\\circ", "∘")
                .replace("^{\\mathsf{T}}", "ᵀ")
                .replace("_{", "")
                .replace("-", "−");
        for (int digit = 0; digit < 10; digit++) {
            text = text.replace("^{" + digit + "}", DIGITS.substring(digit, digit + 1))
                    .replace("t" + digit + "}", "t" + digit);
        }
        return text;
    }

    private String next() {
        String old = token;
        token = tokens.find() ? tokens.group() : "";
        return old;
    }

    private boolean skip(String expected) {
        boolean there = token.equals(expected);
        if (there) {
            next();
        }
        return there;
    }

    private void require(String expected) {
        if (!skip(expected)) {
            throw new IllegalArgumentException("a " + expected + " is missing before " + token);
        }
    }

    private DMatrixRMaj sum() {
        DMatrixRMaj sum = skip("−") ? negative(elementwise()) : elementwise();
        while (token.equals("+") || token.equals("−")) {
            double sign = next().equals("+") ? 1 : -1;
            sum = each(sum, elementwise(), (a, b) -> a + sign * b);
        }
        return sum;
    }

    private static DMatrixRMaj negative(DMatrixRMaj a) {
        return each(a, a, (x, same) -> -x);
    }

    private DMatrixRMaj elementwise() {
        DMatrixRMaj product = product();
        while (skip("∘")) {
            product = each(product, product(), (a, b) -> a * b);
        }
        return product;
    }

    private DMatrixRMaj product() {
        DMatrixRMaj product = power();
        while (token.equals("·") || token.equals("/")) {
            boolean over = next().equals("/");
            DMatrixRMaj factor = power();
            boolean byNumber = product.getNumElements() == 1 || factor.getNumElements() == 1;
            if (over || byNumber) {
                product = each(product, factor, (a, b) -> over ? a / b : a * b);
            } else {
                product = CommonOps_DDRM.mult(product, factor, null);
            }
        }
        return product;
    }

    private DMatrixRMaj power() {
        DMatrixRMaj base = atom();
        while (token.equals("ᵀ")
                || token.startsWith("⁻")
                || (!token.isEmpty() && DIGITS.contains(token.substring(0, 1)))) {
            String raised = next();
            if (raised.equals("ᵀ")) {
                base = CommonOps_DDRM.transpose(base, null);
            } else {
                int size = DIGITS.indexOf(raised.charAt(raised.length() - 1));
                int exponent = raised.startsWith("⁻") ? -size : size;
                base = each(base, base, (x, same) -> Math.pow(x, exponent));
            }
        }
        return base;
    }

    private DMatrixRMaj atom() {
        if (skip("(")) {
            DMatrixRMaj inner = sum();
            require(")");
            return inner;
        }
        if (skip("\\frac")) {
            DMatrixRMaj above = group();
            return each(above, group(), (a, b) -> a / b);
        }
        if (!token.isEmpty() && Character.isDigit(token.charAt(0))) {
            return new DMatrixRMaj(new double[][] {{Double.parseDouble(next())}});
        }
        DMatrixRMaj value = values.get(token);
        if (value == null) {
            throw new IllegalArgumentException("\"" + token + "\" is not a name in " + formula);
        }
        next();
        return value;
    }

    private DMatrixRMaj group() {
        require("{");
        DMatrixRMaj inner = sum();
        require("}");
        return inner;
    }

    private static DMatrixRMaj each(DMatrixRMaj a, DMatrixRMaj b, DoubleBinaryOperator operator) {
        DMatrixRMaj result = (a.getNumElements() == 1 ? b : a).copy();
        for (int i = 0; i < result.getNumElements(); i++) {
            result.data[i] = operator.applyAsDouble(
                    a.data[a.getNumElements() == 1 ? 0 : i], b.data[b.getNumElements() == 1 ? 0 : i]);
        }
        return result;
    }
}
