package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A formula as people write it, such as {@code 1/(1 + e^(−x))} or {@code x if x > 0, else s·x}, as a number. */
final class PageFormula {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(\\d+(?:\\.\\d+)?|log₂|log₁₀|log1p|[a-zA-Z]+|[α-ωΦ]|[+−·/^²√∛|⌊⌋()<>≤≥=≠,])");
    private static final Pattern PIECES = Pattern.compile("(.+?) if (.+?), else (.+)");
    private static final Pattern DEFINITION = Pattern.compile("(.+) with (\\w+) = (.+)");

    private static final Map<String, DoubleUnaryOperator> FUNCTIONS = Map.ofEntries(
            Map.entry("log", Math::log),
            Map.entry("log1p", Math::log1p),
            Map.entry("log₂", x -> Math.log(x) / Math.log(2)),
            Map.entry("log₁₀", Math::log10),
            Map.entry("sin", Math::sin),
            Map.entry("cos", Math::cos),
            Map.entry("tan", Math::tan),
            Map.entry("arcsin", Math::asin),
            Map.entry("arccos", Math::acos),
            Map.entry("arctan", Math::atan),
            Map.entry("sinh", Math::sinh),
            Map.entry("cosh", Math::cosh),
            Map.entry("tanh", Math::tanh),
            Map.entry("arsinh", x -> Math.log(x + Math.sqrt(x * x + 1))),
            Map.entry("arcosh", x -> Math.log(x + Math.sqrt(x * x - 1))),
            Map.entry("artanh", x -> Math.log((1 + x) / (1 - x)) / 2),
            Map.entry("sign", Math::signum),
            Map.entry("round", Math::rint),
            Map.entry("sigmoid", x -> 1 / (1 + Math.exp(-x))),
            Map.entry("softplus", x -> Math.log(1 + Math.exp(x))),
            Map.entry("erf", PageFormula::erf),
            Map.entry("Φ", x -> (1 + erf(x / Math.sqrt(2))) / 2),
            Map.entry("φ", x -> Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)),
            Map.entry("√", Math::sqrt),
            Map.entry("∛", Math::cbrt));

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Double> names;
    private int next;

    private PageFormula(String text, Map<String, Double> names) {
        this.names = names;
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (token.find() && token.start() == end) {
            tokens.add(token.group(1));
            end = token.end();
        }
        if (end != text.stripTrailing().length()) {
            throw new IllegalArgumentException("no formula: " + text);
        }
    }

    /** The value; empty if the text is no formula. */
    static Optional<Double> value(String text, Map<String, Double> names) {
        try {
            return Optional.of(of(text, names));
        } catch (IllegalArgumentException words) {
            return Optional.empty();
        }
    }

    /** Definitions that follow a formula, as in {@code x·s with s = sigmoid x}. */
    static Map<String, Double> withDefinition(String text, Map<String, Double> names) {
        Matcher definition = DEFINITION.matcher(text);
        Map<String, Double> more = new HashMap<>(names);
        if (definition.matches()) {
            value(definition.group(3), names).ifPresent(value -> more.put(definition.group(2), value));
        }
        return more;
    }

    private static double of(String text, Map<String, Double> names) {
        Matcher definition = DEFINITION.matcher(text);
        if (definition.matches()) {
            return of(definition.group(1), withDefinition(text, names));
        }
        Matcher pieces = PIECES.matcher(text);
        if (pieces.matches()) {
            return new PageFormula(pieces.group(2), names).holds()
                    ? of(pieces.group(1), names)
                    : of(pieces.group(3), names);
        }
        PageFormula formula = new PageFormula(text, names);
        double value = formula.sum();
        formula.requireEnd();
        return value;
    }

    private boolean holds() {
        double left = sum();
        boolean holds = true;
        while (next < tokens.size()) {
            String relation = tokens.get(next++);
            double right = sum();
            holds &= switch (relation) {
                case "<" -> left < right;
                case "≤" -> left <= right;
                case ">" -> left > right;
                case "≥" -> left >= right;
                case "=" -> left == right;
                case "≠" -> left != right;
                default -> throw new IllegalArgumentException("no relation: " + relation);
            };
            left = right;
        }
        return holds;
    }

    private double sum() {
        double sum = product();
        while (at("+") || at("−")) {
            sum += take("+") ? product() : take("−") ? -product() : 0;
        }
        return sum;
    }

    /** Factors may stand side by side, as in {@code 2a}. */
    private double product() {
        if (take("−")) {
            return -product();
        }
        double product = power();
        while (next < tokens.size()) {
            if (take("/")) {
                product /= power();
            } else if (take("·") || startsFactor()) {
                product *= power();
            } else {
                break;
            }
        }
        return product;
    }

    private boolean startsFactor() {
        return at("(") || at("√") || Character.isLetterOrDigit(tokens.get(next).charAt(0));
    }

    private double power() {
        double base = factor();
        while (take("²")) {
            base *= base;
        }
        return take("^") ? Math.pow(base, power()) : base;
    }

    private double factor() {
        if (next == tokens.size()) {
            throw new IllegalArgumentException("a formula that ends too early");
        }
        String token = tokens.get(next++);
        switch (token) {
            case "(" -> {
                return closed(")");
            }
            case "|" -> {
                return Math.abs(closed("|"));
            }
            case "⌊" -> {
                return Math.floor(closed("⌋"));
            }
            case "e" -> {
                return Math.E;
            }
            case "π" -> {
                return Math.PI;
            }
            case "max", "min", "clip", "elu" -> {
                return several(token);
            }
            default -> {
                DoubleUnaryOperator function = FUNCTIONS.get(token);
                if (function != null) {
                    return function.applyAsDouble(power());
                }
                if (Character.isDigit(token.charAt(0))) {
                    return Double.parseDouble(token);
                }
                Double value = names.get(token);
                if (value == null) {
                    throw new IllegalArgumentException("unknown: " + token);
                }
                return value;
            }
        }
    }

    private double several(String function) {
        require("(");
        List<Double> x = new ArrayList<>(List.of(sum()));
        while (take(",")) {
            x.add(sum());
        }
        require(")");
        return switch (function) {
            case "max" -> Math.max(x.get(0), x.get(1));
            case "min" -> Math.min(x.get(0), x.get(1));
            case "clip" -> Math.min(Math.max(x.get(0), x.get(1)), x.get(2));
            default -> x.get(0) > 0 ? x.get(0) : x.get(1) * Math.expm1(x.get(0));
        };
    }

    private double closed(String bracket) {
        double value = sum();
        require(bracket);
        return value;
    }

    private boolean at(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    private boolean take(String token) {
        boolean here = at(token);
        next += here ? 1 : 0;
        return here;
    }

    private void require(String token) {
        if (!take(token)) {
            throw new IllegalArgumentException("no " + token);
        }
    }

    private void requireEnd() {
        if (next < tokens.size()) {
            throw new IllegalArgumentException("more than a formula");
        }
    }

    /** By its series, which is enough for the small numbers of samples. */
    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 60; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }
}
