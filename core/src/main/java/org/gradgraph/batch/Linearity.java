package org.gradgraph.batch;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Formula.Code.Instruction;

/** How the formula of an elementwise operation depends on some of its arguments. */
enum Linearity {
    /** The formula is 0. */
    ZERO,
    /** The formula does not depend on them. */
    INDEPENDENT,
    /** A factor of each is added. */
    LINEAR,
    /** A linear formula, and something that does not depend on them. */
    AFFINE,
    /** Anything else. */
    OTHER;

    /**
     * The dependence on the chosen arguments, all others fixed.
     *
     * @param formula any formula
     * @param chosen whether each operand is chosen
     */
    static Linearity of(Formula formula, boolean[] chosen) {
        Formula.Code code = Formula.Code.of(formula);
        List<Linearity> values = new ArrayList<>();
        for (int k = 0; k < code.arity(); k++) {
            values.add(chosen[k] ? LINEAR : INDEPENDENT);
        }
        for (double constant : code.constants()) {
            values.add(constant == 0 ? ZERO : INDEPENDENT);
        }
        for (Instruction step : code.instructions()) {
            values.add(of(step, values.get(step.a()), values.get(step.b()), values.get(step.c())));
        }
        return values.get(code.result());
    }

    private static Linearity of(Instruction step, Linearity a, Linearity b, Linearity c) {
        return switch (step.primitive()) {
            case COPY, NEGATE -> a;
            case ADD, SUBTRACT -> sum(a, b);
            case MULTIPLY -> product(a, b);
            case DIVIDE -> b.isFixed() ? a : OTHER;
            case FMA -> sum(product(a, b), c);
            case SELECT -> a.isFixed() ? sum(b, c) : OTHER;
            default -> a.isFixed() && b.isFixed() && c.isFixed() ? INDEPENDENT : OTHER;
        };
    }

    private boolean isFixed() {
        return this == ZERO || this == INDEPENDENT;
    }

    private static Linearity sum(Linearity a, Linearity b) {
        if (a == ZERO || b == ZERO || a == b) {
            return a == ZERO ? b : a;
        }
        return a == OTHER || b == OTHER ? OTHER : AFFINE;
    }

    private static Linearity product(Linearity a, Linearity b) {
        if (a == ZERO || b == ZERO) {
            return ZERO;
        }
        return a == INDEPENDENT ? b : b == INDEPENDENT ? a : OTHER;
    }
}
