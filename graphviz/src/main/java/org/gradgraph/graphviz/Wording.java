package org.gradgraph.graphviz;

import java.util.List;

/** Writes one operation with its operands on one line, by the looks of its symbol alone. */
final class Wording {
    private Wording() {}

    static String of(String symbol, List<String> operands) {
        if (operands.isEmpty()) {
            return symbol;
        }
        if (operands.size() == 1) {
            return unary(symbol, operands.get(0));
        }
        if (operands.size() == 2) {
            String a = operands.get(0);
            String b = operands.get(1);
            if (symbol.matches("aᵀ?·bᵀ?")) {
                int dot = symbol.indexOf('·');
                return a + symbol.substring(1, dot) + " · " + b + symbol.substring(dot + 2);
            }
            if (isSign(symbol)) {
                return a + " " + symbol + " " + b;
            }
        }
        return symbol + "(" + String.join(", ", operands) + ")";
    }

    /** The symbol in a box of its own; a raised one needs something that it is the exponent of. */
    static String alone(String symbol) {
        return isRaised(symbol) ? "…" + symbol : symbol;
    }

    private static boolean isRaised(String symbol) {
        int type = symbol.isEmpty() ? Character.UNASSIGNED : Character.getType(symbol.codePointAt(0));
        return type == Character.OTHER_NUMBER || type == Character.MODIFIER_LETTER;
    }

    private static String unary(String symbol, String operand) {
        if (symbol.isEmpty()) {
            return operand;
        }
        int first = symbol.codePointAt(0);
        if (isRaised(symbol)) {
            return operand + symbol;
        }
        int second = symbol.offsetByCodePoints(0, 1);
        if (!Character.isLetterOrDigit(first) && symbol.substring(second).matches("−?(\\d.*|Infinity|NaN)")) {
            return operand + " " + symbol.substring(0, second) + " " + symbol.substring(second);
        }
        return isSign(symbol) ? symbol + operand : symbol + "(" + operand + ")";
    }

    private static boolean isSign(String symbol) {
        return symbol.codePoints().noneMatch(Character::isLetterOrDigit);
    }
}
