package org.gradgraph.graph;

/**
 * Operations whose result jumps and is constant in between: comparisons, signs and rounding.
 *
 * <p>Their derivative is 0, so cotangents do not pass them. Made by {@link Ops}; the types are public so that rewriting
 * can recognise them.
 *
 * <pre>{@code
 * boolean isComparison = node.op().orElse(null) instanceof StepOps.Compare;
 * }</pre>
 */
public final class StepOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula ONE = Formula.constant(1);
    private static final Formula NOT_A_NUMBER = Formula.constant(Double.NaN);

    private StepOps() {}

    /** An operation without gradient. */
    private interface Cut extends Elementwise {
        @Override
        default GradientFlow gradientFlow() {
            return GradientFlow.CUT;
        }
    }

    /** How two numbers are compared; as IEEE 754 has it, NaN differs from everything. */
    public enum Relation {
        /** Below. */
        LESS("less", "<"),
        /** Below or equal. */
        LESS_OR_EQUAL("lessOrEqual", "≤"),
        /** Equal. */
        EQUAL("equal", "="),
        /** Not equal. */
        NOT_EQUAL("notEqual", "≠"),
        /** Above or equal. */
        GREATER_OR_EQUAL("greaterOrEqual", "≥"),
        /** Above. */
        GREATER("greater", ">");

        private final String word;
        private final String sign;

        Relation(String word, String sign) {
            this.word = word;
            this.sign = sign;
        }

        Formula of(Formula a, Formula b) {
            return switch (this) {
                case LESS -> a.lessThan(b);
                case LESS_OR_EQUAL -> Formula.of(Primitive.LESS_OR_EQUAL, a, b);
                case EQUAL -> Formula.of(Primitive.EQUAL, a, b);
                case NOT_EQUAL -> ONE.minus(Formula.of(Primitive.EQUAL, a, b));
                case GREATER_OR_EQUAL -> Formula.of(Primitive.LESS_OR_EQUAL, b, a);
                case GREATER -> b.lessThan(a);
            };
        }
    }

    /**
     * 1 where the relation holds, else 0.
     *
     * @param relation what is asked
     */
    public record Compare(Relation relation) implements Cut {
        /** Refuses null. */
        public Compare {
            Require.given(relation, "compare: the relation");
        }

        @Override
        public String name() {
            return relation.word;
        }

        @Override
        public String symbol() {
            return relation.sign;
        }

        @Override
        public Formula formula() {
            return relation.of(A, B);
        }
    }

    /**
     * 1 where the relation to a number holds, else 0.
     *
     * @param relation what is asked
     * @param number the right side
     */
    public record CompareNumber(Relation relation, double number) implements Cut {
        /** Refuses null. */
        public CompareNumber {
            Require.given(relation, "compare: the relation");
        }

        @Override
        public String name() {
            return relation.word;
        }

        @Override
        public String label() {
            return relation.word + "(" + Labels.number(number) + ")";
        }

        @Override
        public String symbol() {
            return relation.sign + Labels.signed(number, "");
        }

        @Override
        public Formula formula() {
            return relation.of(A, Formula.constant(number));
        }
    }

    /**
     * One number below 0, one at 0, one above; NaN stays NaN.
     *
     * @param below the result for negative numbers
     * @param at the result for 0
     * @param above the result for positive numbers
     */
    public record Step(double below, double at, double above) implements Cut {
        @Override
        public String name() {
            return "step";
        }

        @Override
        public String label() {
            return "step(" + Labels.number(below) + ", " + Labels.number(at) + ", " + Labels.number(above) + ")";
        }

        @Override
        public Formula formula() {
            Formula notAbove = Formula.select(A.lessThan(ZERO), Formula.constant(below), zeroOrNaN());
            return Formula.select(ZERO.lessThan(A), Formula.constant(above), notAbove);
        }

        private Formula zeroOrNaN() {
            return Formula.select(Formula.of(Primitive.EQUAL, A, ZERO), Formula.constant(at), NOT_A_NUMBER);
        }
    }

    /** −1, 0 or 1; NaN stays NaN. */
    public record Sign() implements Cut {
        @Override
        public String name() {
            return "sign";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.SIGN, A);
        }
    }

    /** The largest integer that is not above. */
    public record Floor() implements Cut {
        @Override
        public String name() {
            return "floor";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.FLOOR, A);
        }
    }

    /** The nearest integer, of two the even one. */
    public record Round() implements Cut {
        @Override
        public String name() {
            return "round";
        }

        @Override
        public Formula formula() {
            return Formula.of(Primitive.ROUND, A);
        }
    }

    /** How much of a cotangent the first operand of a maximum gets: all, half of it if both are equal, or nothing. */
    record Share() implements Cut {
        @Override
        public String name() {
            return "share";
        }

        @Override
        public Formula formula() {
            Formula tied = Formula.select(Formula.of(Primitive.EQUAL, A, B), Formula.constant(0.5), NOT_A_NUMBER);
            return Formula.select(B.lessThan(A), ONE, Formula.select(A.lessThan(B), ZERO, tied));
        }
    }

    /**
     * 1 between two bounds, which count, and 0 outside; NaN stays NaN.
     *
     * @param low the lower bound
     * @param high the upper bound
     */
    record Within(double low, double high) implements Cut {
        @Override
        public String name() {
            return "within";
        }

        @Override
        public String label() {
            return "within(" + Labels.number(low) + ", " + Labels.number(high) + ")";
        }

        @Override
        public Formula formula() {
            Formula outside = A.lessThan(Formula.constant(low))
                    .plus(Formula.constant(high).lessThan(A));
            Formula isNumber = Formula.of(Primitive.EQUAL, A, A);
            return Formula.select(isNumber, ONE.minus(outside), NOT_A_NUMBER);
        }
    }
}
