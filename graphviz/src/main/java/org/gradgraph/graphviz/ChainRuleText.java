package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gradgraph.graph.Notation;

/** A chain rule with names, then with shapes or with the numbers of one element. */
final class ChainRuleText {
    private static final int DIGITS = 5;
    private static final int LONGEST = 300;
    private static final int MOST_TERMS = 6;
    private static final String INPUT = "([\\uE000-\\uF8FF])(ᵀ?)";
    private static final Pattern MATRIX_PRODUCT = Pattern.compile(INPUT + "·" + INPUT);
    private static final Pattern SUM = Pattern.compile("(Σ |rowSums\\()([\\uE000-\\uF8FF])\\)?");
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]+\\.[0-9]{5,}(E-?[0-9]+)?");
    private static final Pattern SCALED = Pattern.compile("(0\\.[0-9]+)·([^ ]*)");

    private final Subject subject;
    private final Captions captions;
    private final ChainRule rule;
    private final List<ChainRule.Part> written;
    private final boolean isKnown;

    ChainRuleText(Subject subject, Captions captions, ChainRule rule) {
        this.subject = subject;
        this.captions = captions;
        this.rule = rule;
        this.written = rule.formula()
                .chars()
                .filter(this::isPart)
                .mapToObj(this::part)
                .distinct()
                .toList();
        this.isKnown = !figure(rule.target()).elements().isEmpty()
                && written.stream().noneMatch(part -> figure(part).elements().isEmpty());
    }

    private boolean isPart(int c) {
        return c >= ChainRule.FIRST && c < ChainRule.FIRST + rule.parts().size();
    }

    private ChainRule.Part part(int c) {
        return rule.parts().get(c - ChainRule.FIRST);
    }

    private Figure figure(ChainRule.Part part) {
        return (part.isGradient() ? subject.gradient(part.node()) : subject.value(part.node())).orElse(Figure.UNKNOWN);
    }

    /** The right side with names; empty if it is too long to be read. */
    String formula() {
        String formula = shortened(with(this::name));
        return formula.length() <= LONGEST ? formula : "";
    }

    List<String> lines() {
        String formula = formula();
        if (formula.isEmpty()) {
            return List.of();
        }
        String own = name(rule.target());
        if (isScalar(rule.target()) && written.stream().allMatch(this::isScalar)) {
            String numbers = isKnown ? numbers(0, 0) : "";
            return List.of((own + " = " + formula + numbers).replace("·", " · "));
        }
        List<String> lines = new ArrayList<>(List.of(own + " = " + formula));
        if (!rule.isElementwise()) {
            lines.add(size(rule.target()) + " = " + shortened(inBrackets(with(this::sized))));
        }
        if (isKnown) {
            entry(own, lines);
        }
        return lines;
    }

    private boolean isScalar(ChainRule.Part part) {
        return subject.node(part.node()).shape().isScalar();
    }

    /** The name inside its cluster, with the cluster where another part has the same name. */
    private String name(ChainRule.Part part) {
        String own = captions.nameOrId(part.node());
        boolean clash = rule.parts().stream()
                .anyMatch(other -> other.node() != part.node()
                        && captions.nameOrId(other.node()).equals(own));
        String full = clash ? subject.node(part.node()).name().map(Text::shown).orElse(own) : own;
        int slash = full.lastIndexOf('/') + 1;
        return part.isGradient() ? full.substring(0, slash) + Captions.gradientName(full.substring(slash)) : full;
    }

    private String sized(ChainRule.Part part) {
        return isScalar(part) ? name(part) : "(" + size(part) + ")";
    }

    private String size(ChainRule.Part part) {
        Figure figure = figure(part);
        return figure.equals(Figure.UNKNOWN) ? subject.node(part.node()).shape().toString() : figure.size();
    }

    private String with(Function<ChainRule.Part, String> words) {
        return rule.formula()
                .codePoints()
                .mapToObj(c -> isPart(c) ? words.apply(part(c)) : Character.toString(c))
                .collect(Collectors.joining());
    }

    /** Numbers of at most five digits; a factor that divides by a root is written below. */
    private static String shortened(String formula) {
        Matcher scaled = SCALED.matcher(formula);
        if (scaled.matches()) {
            String divisor = FoldedFormula.number(1 / Double.parseDouble(scaled.group(1)));
            if (divisor.matches("√?[0-9]{1,5}")) {
                return scaled.group(2) + "/" + divisor;
            }
        }
        return LONG_NUMBER
                .matcher(formula)
                .replaceAll(found -> FoldedFormula.number(Double.parseDouble(found.group())));
    }

    private static String inBrackets(String formula) {
        return formula.replaceAll("\\((\\([^()]*\\))\\)", "$1");
    }

    private static String factor(double value) {
        return value < 0 ? "(" + number(value) + ")" : number(value);
    }

    private static String number(double value) {
        String text = Notation.number(Math.abs(value), DIGITS);
        return value < 0 ? "−" + text : text;
    }

    private static boolean isExact(double value) {
        return Notation.number(value, DIGITS).equals(Notation.number(value));
    }

    private double element(ChainRule.Part part, int row, int column) {
        Figure figure = figure(part);
        return figure.element(Math.min(row, figure.rows() - 1), Math.min(column, figure.columns() - 1));
    }

    /** {@code  = 3·3 = 9} for one element of an elementwise rule. */
    private String numbers(int row, int column) {
        double result = element(rule.target(), row, column);
        boolean exact = isExact(result) && written.stream().allMatch(part -> isExact(element(part, row, column)));
        String factors = shortened(inBrackets(with(part -> factor(element(part, row, column)))));
        String end = (exact ? " = " : " ≈ ") + number(result);
        return rule.formula().matches(INPUT) ? end : " = " + factors + end;
    }

    /** The first element that is not 0. */
    private void entry(String own, List<String> lines) {
        Figure gradient = figure(rule.target());
        int at = IntStream.range(0, gradient.elements().size())
                .filter(i -> gradient.elements().get(i) != 0)
                .findFirst()
                .orElse(0);
        int row = at / gradient.columns();
        int column = at % gradient.columns();
        String entry = own + "[" + (row + 1) + ", " + (column + 1) + "]";
        Matcher product = MATRIX_PRODUCT.matcher(rule.formula());
        Matcher sum = SUM.matcher(rule.formula());
        if (rule.isElementwise()) {
            lines.add((entry + numbers(row, column)).replace("·", " · ").replace("∘", "·"));
        } else if (product.matches()) {
            lines.add(entry + productOf(product, row, column));
        } else if (sum.matches()) {
            ChainRule.Part part = part(sum.group(2).charAt(0));
            boolean all = sum.group(1).startsWith("Σ");
            int columns = figure(part).columns();
            lines.add(entry
                    + sumOf(
                            all ? figure(part).elements().size() : columns,
                            k -> number(all ? element(part, k / columns, k % columns) : element(part, row, k)),
                            row,
                            column));
        }
    }

    /** A row times a column. */
    private String productOf(Matcher product, int row, int column) {
        ChainRule.Part left = part(product.group(1).charAt(0));
        ChainRule.Part right = part(product.group(3).charAt(0));
        boolean isLeft = !product.group(2).isEmpty();
        boolean isRight = !product.group(4).isEmpty();
        int inner = isLeft ? figure(left).rows() : figure(left).columns();
        return sumOf(
                inner,
                k -> factor(isLeft ? element(left, k, row) : element(left, row, k)) + " · "
                        + factor(isRight ? element(right, column, k) : element(right, k, column)),
                row,
                column);
    }

    private String sumOf(int count, IntFunction<String> term, int row, int column) {
        String sum =
                IntStream.range(0, Math.min(count, MOST_TERMS)).mapToObj(term).collect(Collectors.joining(" + "));
        double result = element(rule.target(), row, column);
        boolean exact = isExact(result)
                && written.stream()
                        .allMatch(part -> figure(part).elements().stream().allMatch(ChainRuleText::isExact));
        return " = " + sum.replace("+ −", "− ") + (count > MOST_TERMS ? " + …" : "") + (exact ? " = " : " ≈ ")
                + number(result);
    }
}
