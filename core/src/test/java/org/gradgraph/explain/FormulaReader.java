package org.gradgraph.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Special;

/**
 * Reads a printed formula as a textbook's reader does, and computes it: powers first, then products and quotients from
 * left to right, then {@code ∘}, then sums.
 */
final class FormulaReader {
    private static final Pattern TOKEN = Pattern.compile(
            "\\\\frac|𝟏[₀-₉ₓₘ]+|(?![σπ𝟏Σ][^A-Za-z0-9])[\\p{L}∂&&[^ᵀ]][\\p{L}0-9&&[^ᵀ]]*′*|[0-9]+(\\.[0-9]+)?|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\\S");
    private static final String DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉";
    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("cdot", "·"),
            Map.entry("circ", "∘"),
            Map.entry("sum", "Σ"),
            Map.entry("exp", "exp"),
            Map.entry("log", "log"),
            Map.entry("tanh", "tanh"),
            Map.entry("sin", "sin"),
            Map.entry("cos", "cos"),
            Map.entry("sigma", "σ"),
            Map.entry("varphi", "φ"),
            Map.entry("alpha", "α"),
            Map.entry("beta", "β"),
            Map.entry("gamma", "γ"),
            Map.entry("varepsilon", "ε"),
            Map.entry("eta", "η"),
            Map.entry("lambda", "λ"),
            Map.entry("mu", "μ"),
            Map.entry("tau", "τ"),
            Map.entry("Sigma", "Σ"),
            Map.entry("Phi", "Φ"),
            Map.entry("Omega", "Ω"),
            Map.entry("pi", "π"),
            Map.entry("leq", "≤"),
            Map.entry("geq", "≥"),
            Map.entry("neq", "≠"),
            Map.entry("times", "×"),
            Map.entry("sqrt", "√"));

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
                .replaceAll("&\\\\text\\{Assuming.*\n", "")
                .replace(" &= ", " = ")
                .replace(" \\\\\n", "\n")
                .replaceAll("\\\\(left|right)", "")
                .replaceAll("\\\\(operatorname|mathit|text)\\{(\\w+)\\}", "$2")
                .replace("\\mathbf{1}", "𝟏")
                .replaceAll("\\^\\{\\\\mathsf\\{T\\}\\}", "ᵀ")
                .replace("-", "−");
        for (Map.Entry<String, String> sign : SIGNS.entrySet()) {
            text = text.replaceAll("\\\\" + sign.getKey() + "(?![a-z])", sign.getValue());
        }
        text = replaced(text, "\\^\\{([−0-9]+)\\}", digits -> shifted(digits.replace("−", "⁻"), DIGITS));
        text = replaced(text, "𝟏_\\{([^}]*)\\}", sides -> "𝟏" + shifted(sides.replace(" × ", "ₓ"), LOWERED));
        return text.replaceAll("_\\{(\\w+)\\}", "$1");
    }

    private static String replaced(String text, String pattern, UnaryOperator<String> change) {
        return Pattern.compile(pattern).matcher(text).replaceAll(match -> change.apply(match.group(1)));
    }

    private static String shifted(String text, String digits) {
        StringBuilder result = new StringBuilder();
        text.chars()
                .forEach(c -> result.append(c >= '0' && c <= '9' ? digits.charAt(c - '0') : c == 'm' ? 'ₘ' : (char) c));
        return result.toString();
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
        if (token.equals("Σ") && !isNameOfMatrix()) {
            next();
            return number(CommonOps_DDRM.elementSum(elementwise()));
        }
        DMatrixRMaj product = product();
        while (skip("∘")) {
            product = each(product, product(), (a, b) -> a * b);
        }
        return product;
    }

    /** A matrix may be called Σ: then an operator follows, or nothing. */
    private boolean isNameOfMatrix() {
        String rest = formula.substring(tokens.end()).strip();
        return rest.isEmpty() || "+−·∘/ᵀ⁻^),]}=".indexOf(rest.charAt(0)) >= 0;
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
                base = raised(base, exponent(raised));
            }
        }
        return base;
    }

    private static int exponent(String raised) {
        StringBuilder digits = new StringBuilder();
        raised.chars().forEach(c -> digits.append(c == '⁻' ? "-" : String.valueOf(DIGITS.indexOf(c))));
        return Integer.parseInt(digits.toString());
    }

    /** The inverse of a matrix for {@code ⁻¹}, else a power of each element. */
    private static DMatrixRMaj raised(DMatrixRMaj base, int exponent) {
        if (exponent == -1 && base.getNumElements() > 1) {
            DMatrixRMaj inverse = new DMatrixRMaj(base.numRows, base.numCols);
            CommonOps_DDRM.invert(base, inverse);
            return inverse;
        }
        return each(base, base, (x, same) -> Math.pow(x, exponent));
    }

    private static DMatrixRMaj number(double value) {
        return new DMatrixRMaj(new double[][] {{value}});
    }

    /** {@code 𝟏₂ₓ₃} or the column {@code 𝟏₂}. */
    private DMatrixRMaj ones(String sign) {
        String[] sides = sign.substring("𝟏".length()).split("ₓ", -1);
        DMatrixRMaj ones = new DMatrixRMaj(side(sides[0]), sides.length == 1 ? 1 : side(sides[1]));
        CommonOps_DDRM.fill(ones, 1);
        return ones;
    }

    private int side(String digits) {
        DMatrixRMaj size = values.get(digits.replace('ₘ', 'm'));
        return size != null
                ? (int) size.get(0)
                : digits.chars().reduce(0, (number, digit) -> 10 * number + digit - '₀');
    }

    private DMatrixRMaj bracket() {
        DMatrixRMaj left = sum();
        if (token.equals(";")) {
            List<Double> column = new ArrayList<>(List.of(left.get(0)));
            while (skip(";")) {
                column.add(sum().get(0));
            }
            require("]");
            return new DMatrixRMaj(
                    column.size(), 1, true, column.stream().mapToDouble(d -> d).toArray());
        }
        DMatrixRMaj holds = number(1);
        while (!skip("]")) {
            String relation = next();
            DMatrixRMaj right = sum();
            holds = each(holds, each(left, right, (a, b) -> holds(relation, a, b) ? 1 : 0), (a, b) -> a * b);
            left = right;
        }
        return holds;
    }

    private static boolean holds(String relation, double a, double b) {
        return switch (relation) {
            case "<" -> a < b;
            case "≤" -> a <= b;
            case "=" -> a == b;
            case "≠" -> a != b;
            case "≥" -> a >= b;
            case ">" -> a > b;
            default -> throw new IllegalArgumentException(relation + " is no relation");
        };
    }

    private DMatrixRMaj call(String name) {
        DMatrixRMaj x = sum();
        DMatrixRMaj second = skip(",") ? sum() : x;
        DMatrixRMaj value = function(name, x, second);
        require(")");
        return value;
    }

    private DMatrixRMaj function(String name, DMatrixRMaj x, DMatrixRMaj second) {
        return switch (name) {
            case "exp" -> each(x, x, (a, same) -> Math.exp(a));
            case "log" -> each(x, x, (a, same) -> Math.log(a));
            case "tanh" -> each(x, x, (a, same) -> Math.tanh(a));
            case "sin" -> each(x, x, (a, same) -> Math.sin(a));
            case "cos" -> each(x, x, (a, same) -> Math.cos(a));
            case "φ" -> each(x, x, (a, same) -> Math.exp(-a * a / 2) / Math.sqrt(2 * Math.PI));
            case "Φ" ->
                Program.evaluate(
                        Special.erfc(Node.constant(x).times(-Math.sqrt(0.5))).times(0.5));
            case "erfc" -> Program.evaluate(Special.erfc(Node.constant(x)));
            case "clip" -> {
                DMatrixRMaj high = skip(",") ? sum() : second;
                yield each(each(x, second, Math::max), high, Math::min);
            }
            case "sqrt" -> each(x, x, (a, same) -> Math.sqrt(a));
            case "sign" -> each(x, x, (a, same) -> Math.signum(a));
            case "abs" -> each(x, x, (a, same) -> Math.abs(a));
            case "σ" -> each(x, x, (a, same) -> 1 / (1 + Math.exp(-a)));
            case "relu" -> each(x, x, (a, same) -> Math.max(a, 0));
            case "softplus" -> each(x, x, (a, same) -> Math.log1p(Math.exp(a)));
            case "power" -> each(x, second, Math::pow);
            case "maximum" -> each(x, second, Math::max);
            case "mean" -> number(CommonOps_DDRM.elementSum(x) / x.getNumElements());
            case "rowSums" -> CommonOps_DDRM.sumRows(x, null);
            case "columnSums" -> CommonOps_DDRM.sumCols(x, null);
            case "rowMeans" -> each(CommonOps_DDRM.sumRows(x, null), number(x.numCols), (a, n) -> a / n);
            case "columnMeans" -> each(CommonOps_DDRM.sumCols(x, null), number(x.numRows), (a, n) -> a / n);
            case "diagonalMatrix" -> CommonOps_DDRM.diag(x.data);
            case "softmaxColumns" -> {
                DMatrixRMaj e = each(x, x, (a, same) -> Math.exp(a));
                yield each(e, CommonOps_DDRM.sumCols(e, null), (a, total) -> a / total);
            }
            case "logSoftmaxColumns" ->
                each(x, CommonOps_DDRM.sumCols(each(x, x, (a, same) -> Math.exp(a)), null), (a, t) -> a - Math.log(t));
            case "scatterAddRows" -> scattered(x, second);
            default -> throw new IllegalArgumentException(name + " is no function in " + formula);
        };
    }

    /** The rows of x added to rows of zeros. */
    private DMatrixRMaj scattered(DMatrixRMaj x, DMatrixRMaj places) {
        require(",");
        DMatrixRMaj sum = new DMatrixRMaj((int) sum().get(0), x.numCols);
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numCols; j++) {
                sum.add((int) places.get(i), j, x.get(i, j));
            }
        }
        return sum;
    }

    private DMatrixRMaj atom() {
        if (token.startsWith("𝟏")) {
            return ones(next());
        }
        if (skip("√")) {
            return each(number(0), atom(), (zero, x) -> Math.sqrt(x));
        }
        if (skip("π")) {
            return number(Math.PI);
        }
        if (skip("[")) {
            return bracket();
        }
        if (skip("(")) {
            DMatrixRMaj inner = sum();
            require(")");
            return inner;
        }
        if (token.equals("{")) {
            return group();
        }
        if (skip("\\frac")) {
            DMatrixRMaj above = group();
            return each(above, group(), (a, b) -> a / b);
        }
        if (!token.isEmpty() && Character.isDigit(token.charAt(0))) {
            return number(Double.parseDouble(next()));
        }
        String name = token;
        DMatrixRMaj value = values.get(name);
        if (value == null) {
            next();
            if (skip("(")) {
                return call(name);
            }
            throw new IllegalArgumentException("\"" + name + "\" is not a name in " + formula);
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
        DMatrixRMaj result = new DMatrixRMaj(side(a.numRows, b.numRows), side(a.numCols, b.numCols));
        for (int i = 0; i < result.numRows; i++) {
            for (int j = 0; j < result.numCols; j++) {
                result.set(i, j, operator.applyAsDouble(stretched(a, i, j), stretched(b, i, j)));
            }
        }
        return result;
    }

    private static int side(int a, int b) {
        if (a != b && a != 1 && b != 1) {
            throw new IllegalArgumentException(a + " and " + b + " do not fit");
        }
        return Math.max(a, b);
    }

    private static double stretched(DMatrixRMaj a, int i, int j) {
        return a.get(a.numRows == 1 ? 0 : i, a.numCols == 1 ? 0 : j);
    }
}
