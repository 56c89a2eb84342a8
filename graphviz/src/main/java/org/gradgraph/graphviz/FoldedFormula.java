package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Notation;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;

/**
 * A formula of one or several operations, with parentheses where they are needed.
 *
 * @param text what is written
 * @param strength how tightly it holds together
 * @param shape the shape of its value
 */
record FoldedFormula(String text, Strength strength, Shape shape) {
    /** From the weakest to the strongest. */
    enum Strength {
        SUM,
        PREFIX,
        PRODUCT,
        FACTOR,
        POWER,
        WHOLE
    }

    private static final int LONGEST = 400;
    private static final int DIGITS = 5;
    private static final int LARGEST_ROOT = 10_000;
    private static final String LETTER = "\\p{L}[₀-₉]*";
    private static final Pattern LETTERS_BEFORE = Pattern.compile("(" + LETTER + "ᵀ?)+");
    private static final Pattern LETTER_AFTER = Pattern.compile(LETTER + "ᵀ?");

    static FoldedFormula name(String name, Shape shape) {
        return new FoldedFormula(name, Strength.WHOLE, shape);
    }

    /** A name that may have several words, which a power or a product puts in brackets. */
    static FoldedFormula words(String name, Shape shape) {
        return new FoldedFormula(name, name.indexOf(' ') < 0 ? Strength.WHOLE : Strength.SUM, shape);
    }

    static FoldedFormula of(Node node, List<FoldedFormula> operands) {
        Op op = node.op().orElseThrow();
        Written written =
                op instanceof Layout.Broadcast ? operands.get(0).written() : written(op, op.notation(), operands);
        return new FoldedFormula(Text.shown(written.text(), LONGEST), written.strength(), node.shape());
    }

    private record Written(String text, Strength strength) {}

    private Written written() {
        return new Written(text, strength);
    }

    private static Written written(Op op, Notation notation, List<FoldedFormula> x) {
        int count = x.size();
        if (notation instanceof Notation.Terms terms
                && count > 0
                && terms.negative().size() == count) {
            return sum(terms, x);
        } else if (notation instanceof Notation.Product product && count > 0) {
            return product(product.number(), x);
        } else if (notation instanceof Notation.MatrixProduct product && count == 2) {
            return matrixProduct(
                    transposed(x.get(0), product.transposeA()), transposed(x.get(1), product.transposeB()));
        } else if (notation instanceof Notation.Quotient && count == 2) {
            return quotient(x.get(0), x.get(1).at(Strength.POWER));
        } else if (notation instanceof Notation.Minus && count == 1) {
            return new Written("−" + x.get(0).at(Strength.PRODUCT), Strength.PREFIX);
        } else if (notation instanceof Notation.Superscript raised && count == 1) {
            boolean isSame = raised.text().equals("ᵀ") && x.get(0).shape().isScalar();
            return isSame ? x.get(0).written() : raised(x.get(0), raised.text());
        } else if (notation instanceof Notation.Prefix prefix && count == 1) {
            return new Written(prefix.text() + " " + x.get(0).at(Strength.PRODUCT), Strength.PREFIX);
        } else if (notation instanceof Notation.Bracket bracket && count == 1) {
            return new Written(
                    "[" + (bracket.before() + " " + x.get(0).text() + " " + bracket.condition()).strip() + "]",
                    Strength.WHOLE);
        } else if (notation instanceof Notation.Unwritten && count == 1) {
            return x.get(0).written();
        } else if (notation instanceof Notation.Symbol symbol && count == 0) {
            return new Written(symbol.text(), symbol.text().contains("·") ? Strength.PRODUCT : Strength.WHOLE);
        } else if (notation instanceof Notation.Value value && count == 0) {
            return new Written(number(value.value()), value.value() < 0 ? Strength.PREFIX : Strength.WHOLE);
        }
        return call(notation instanceof Notation.Call call ? call.text() : op.symbol(), x);
    }

    private static Written call(String function, List<FoldedFormula> arguments) {
        String inside = arguments.stream().map(FoldedFormula::text).collect(Collectors.joining(", "));
        boolean bare = function.equals("log") && LETTER_AFTER.matcher(inside).matches();
        if (bare) {
            return new Written("log " + inside, Strength.PRODUCT);
        }
        return new Written(arguments.isEmpty() ? function : function + "(" + inside + ")", Strength.WHOLE);
    }

    private static Written sum(Notation.Terms terms, List<FoldedFormula> operands) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            boolean negative = terms.negative().get(i);
            parts.add(
                    negative
                            ? "−" + operands.get(i).at(Strength.PRODUCT)
                            : operands.get(i).text());
        }
        if (terms.number() != 0) {
            boolean first = terms.number() > 0 && parts.get(0).startsWith("−");
            parts.add(first ? 0 : parts.size(), number(terms.number()));
        }
        StringBuilder sum = new StringBuilder(parts.get(0));
        for (String part : parts.subList(1, parts.size())) {
            boolean negative = part.startsWith("−");
            sum.append(negative ? " − " : " + ").append(negative ? part.substring(1) : part);
        }
        return new Written(sum.toString(), parts.size() > 1 ? Strength.SUM : Strength.PREFIX);
    }

    private static Written product(double number, List<FoldedFormula> operands) {
        boolean scalars = operands.stream().allMatch(operand -> operand.shape().isScalar());
        boolean mixed = !scalars
                && operands.stream().anyMatch(operand -> operand.shape().isScalar());
        String divisor = number(1 / Math.abs(number));
        if (operands.size() == 1 && Math.abs(number) < 1 && divisor.matches("√?[0-9]{1,5}")) {
            Written quotient = quotient(operands.get(0), divisor);
            return number > 0 ? quotient : new Written("−" + quotient.text(), Strength.PREFIX);
        }
        List<String> factors = new ArrayList<>();
        boolean minus = number == -1;
        if (number != 1 && !minus) {
            factors.add(number(number));
        }
        operands.forEach(operand -> factors.add(operand.at(factors.isEmpty() ? Strength.FACTOR : Strength.PRODUCT)));
        String sign = scalars ? " × " : mixed || operands.size() == 1 ? "·" : "∘";
        String text = String.join(sign, factors);
        return minus
                ? new Written("−" + text, Strength.PREFIX)
                : new Written(text, text.startsWith("−") ? Strength.PREFIX : Strength.PRODUCT);
    }

    /** {@code wᵀX} as on paper where every factor is a letter, else with a dot. */
    private static Written matrixProduct(FoldedFormula a, FoldedFormula b) {
        String left = a.at(Strength.FACTOR);
        String right = b.at(Strength.POWER);
        boolean letters = LETTERS_BEFORE.matcher(left).matches()
                && LETTER_AFTER.matcher(right).matches()
                && (a.strength() != Strength.WHOLE || LETTER_AFTER.matcher(left).matches());
        return new Written(left + (letters ? "" : "·") + right, Strength.FACTOR);
    }

    private static Written quotient(FoldedFormula above, String below) {
        return new Written(above.at(Strength.FACTOR) + "/" + below, Strength.PRODUCT);
    }

    private static FoldedFormula transposed(FoldedFormula x, boolean isTransposed) {
        return isTransposed ? new FoldedFormula(raised(x, "ᵀ").text(), Strength.POWER, x.shape()) : x;
    }

    private static Written raised(FoldedFormula base, String exponent) {
        return new Written(base.at(Strength.WHOLE) + exponent, Strength.POWER);
    }

    private String at(Strength needed) {
        return strength.compareTo(needed) < 0 ? "(" + text + ")" : text;
    }

    /** At most five digits; the root of a whole number as such. */
    static String number(double value) {
        double square = Math.rint(value * value);
        boolean isRoot = square >= 2
                && square <= LARGEST_ROOT
                && value != Math.rint(value)
                && Math.abs(Math.sqrt(square) - Math.abs(value)) <= 4 * Math.ulp(value);
        String text = isRoot ? "√" + (int) square : Notation.number(Math.abs(value), DIGITS);
        return value < 0 ? "−" + text : text;
    }
}
