package org.gradgraph.graphviz;

import java.util.List;
import org.gradgraph.graph.Notation;
import org.gradgraph.graph.Op;

/** Writes one operation with its operands on one line, in the layout that the operation names. */
final class Wording {
    private Wording() {}

    static String of(Op op, List<String> operands) {
        Notation notation = op.notation();
        int count = operands.size();
        if (notation instanceof Notation.Terms terms && terms.negative().size() == count) {
            return terms(terms, operands);
        }
        if (notation instanceof Notation.Product product && count > 0) {
            String factors = String.join(" × ", operands);
            return product.number() == 1 ? factors : number(product.number()) + " × " + factors;
        }
        if (notation instanceof Notation.MatrixProduct product && count == 2) {
            return operands.get(0) + (product.transposeA() ? "ᵀ" : "") + " · " + operands.get(1)
                    + (product.transposeB() ? "ᵀ" : "");
        }
        if (notation instanceof Notation.Quotient && count == 2) {
            return operands.get(0) + " / " + operands.get(1);
        }
        if (notation instanceof Notation.Minus && count == 1) {
            return "−" + operands.get(0);
        }
        if (notation instanceof Notation.Superscript raised && count == 1) {
            return operands.get(0) + raised.text();
        }
        if (notation instanceof Notation.Prefix prefix && count == 1) {
            return prefix.text() + " " + operands.get(0);
        }
        if (notation instanceof Notation.Bracket bracket && count == 1) {
            return "[" + (bracket.before() + " " + operands.get(0) + " " + bracket.condition()).strip() + "]";
        }
        if (notation instanceof Notation.Call call) {
            return call.text() + (count == 0 ? "" : "(" + String.join(", ", operands) + ")");
        }
        return op.symbol() + (count == 0 ? "" : "(" + String.join(", ", operands) + ")");
    }

    private static String terms(Notation.Terms terms, List<String> operands) {
        StringBuilder sum = new StringBuilder();
        for (int i = 0; i < operands.size(); i++) {
            boolean negative = terms.negative().get(i);
            String sign = negative ? "−" : "+";
            if (i > 0) {
                sum.append(' ').append(sign).append(' ');
            } else if (negative) {
                sum.append(sign);
            }
            sum.append(operands.get(i));
        }
        if (terms.number() != 0) {
            boolean negative = terms.number() < 0;
            sum.append(negative ? " − " : " + ").append(number(Math.abs(terms.number())));
        }
        return sum.toString();
    }

    private static String number(double value) {
        String text = Notation.number(value);
        return text.startsWith("-") ? "−" + text.substring(1) : text;
    }

    /** The symbol in a box of its own; a raised one needs something that it is the exponent of. */
    static String alone(Op op) {
        return op.notation() instanceof Notation.Superscript ? "…" + op.symbol() : op.symbol();
    }
}
