package org.gradgraph.graph;

import static org.gradgraph.graph.Op.GradientFlow.CUT;
import static org.gradgraph.graph.Op.GradientFlow.STOPPED;
import static org.gradgraph.graph.ScalarFunction.function;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.gradgraph.graph.Op.GradientFlow;

/**
 * Choices between elements, the product in which a chosen zero wins, and what jumps: comparisons, signs and rounding.
 *
 * <p>What jumps is constant in between, so cotangents do not pass it.
 *
 * <pre>{@code
 * boolean isClipped = node.op().orElse(null) instanceof ChoiceOps.Clip;
 * }</pre>
 */
public final class ChoiceOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula C = Formula.argument(2);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula ONE = Formula.constant(1);
    private static final Formula NOT_A_NUMBER = Formula.constant(Double.NaN);

    private ChoiceOps() {}

    /** The larger one; NaN if one is NaN. */
    public static final Elementwise MAXIMUM = function(
                    "maximum", Formula.of(Primitive.MAX, A, B), (a, b, y, dy) -> shares(a, b, dy))
            .symbol("max");

    /** The smaller one; NaN if one is NaN. */
    public static final Elementwise MINIMUM = function(
                    "minimum", Formula.of(Primitive.MIN, A, B), (a, b, y, dy) -> shares(b, a, dy))
            .symbol("min");

    private static List<Node> shares(Node a, Node b, Node dy) {
        return List.of(Comparisons.mask(dy, Node.apply(SHARE, a, b)), Comparisons.mask(dy, Node.apply(SHARE, b, a)));
    }

    /** How much of a cotangent the first operand of a maximum gets: all, half of it if both are equal, or nothing. */
    static final Elementwise SHARE = function(
                    "share",
                    Formula.select(
                            B.lessThan(A),
                            ONE,
                            Formula.select(
                                    A.lessThan(B),
                                    ZERO,
                                    Formula.select(
                                            Formula.of(Primitive.EQUAL, A, B), Formula.constant(0.5), NOT_A_NUMBER))),
                    CUT)
            .textbook(in -> Comparisons.greater(in.get(0), in.get(1))
                    .plus(Comparisons.equal(in.get(0), in.get(1)).times(0.5)));

    /** The second operand where the first is not 0, else the third. */
    public static final Elementwise WHERE = function(
            "where",
            Formula.select(A, B, C),
            (condition, a, b, y, dy) -> List.of(
                    Constants.zeros(y.shape()),
                    Comparisons.mask(dy, Comparisons.notEqual(condition, 0)),
                    Comparisons.mask(dy, Comparisons.equal(condition, 0))));

    /** {@code x·weight}, and an exact 0 where the weight is 0, whatever {@code x} is. */
    static final Elementwise MASK = function(
                    "mask",
                    Formula.select(B, A.times(B), ZERO),
                    (x, weight, y, dy) -> List.of(Comparisons.mask(dy, weight), dy.times(x)))
            .textbook(in -> in.get(0).times(in.get(1)))
            .symbol("×");

    /** The operand itself, taken as a constant by differentiation. */
    static final Elementwise STOP_GRADIENT = function("stopGradient", A, STOPPED);

    /** −1, 0 or 1; NaN stays NaN. */
    static final Elementwise SIGN = function("sign", Formula.of(Primitive.SIGN, A), CUT);

    /** Rounds down to an integer. */
    static final Elementwise FLOOR = function("floor", Formula.of(Primitive.FLOOR, A), CUT);

    /** Rounds to the nearest integer, ties to even. */
    static final Elementwise ROUND = function("round", Formula.of(Primitive.ROUND, A), CUT);

    /** How two numbers are compared; as IEEE 754 has it, NaN differs from everything. */
    static final class Relation {
        static final Relation LESS = new Relation("less", "<", Formula::lessThan);
        static final Relation LESS_OR_EQUAL = new Relation("lessOrEqual", "≤", Relation::lessOrEqual);
        static final Relation EQUAL = new Relation("equal", "=", Relation::equal);
        static final Relation NOT_EQUAL = new Relation("notEqual", "≠", (a, b) -> ONE.minus(equal(a, b)));
        static final Relation GREATER_OR_EQUAL = new Relation("greaterOrEqual", "≥", (a, b) -> lessOrEqual(b, a));
        static final Relation GREATER = new Relation("greater", ">", (a, b) -> b.lessThan(a));

        /** Each relation, and its opposite at the mirrored place. */
        private static final List<Relation> ALL =
                List.of(LESS, LESS_OR_EQUAL, EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL);

        private final String word;
        private final String sign;
        private final BinaryOperator<Formula> formula;

        /** 1 where the relation holds between two operands, else 0. */
        final Elementwise ofTwo;

        private Relation(String word, String sign, BinaryOperator<Formula> formula) {
            this.word = word;
            this.sign = sign;
            this.formula = formula;
            this.ofTwo = function(word, formula.apply(A, B), CUT).symbol(sign).notation(new Notation.Bracket(sign));
        }

        Relation opposite() {
            return ALL.get(ALL.size() - 1 - ALL.indexOf(this));
        }

        private Notation notation(String number) {
            return new Notation.Bracket(sign + " " + number);
        }

        private static Formula equal(Formula a, Formula b) {
            return Formula.of(Primitive.EQUAL, a, b);
        }

        private static Formula lessOrEqual(Formula a, Formula b) {
            return Formula.of(Primitive.LESS_OR_EQUAL, a, b);
        }
    }

    /** An operation with attributes that cotangents do not pass. */
    private interface Jump extends Elementwise {
        @Override
        default GradientFlow gradientFlow() {
            return CUT;
        }
    }

    /**
     * 1 where the relation to a number holds, else 0.
     *
     * @param relation what is asked
     * @param number the right side
     */
    record CompareNumber(Relation relation, double number) implements Jump {
        @Override
        public String name() {
            return relation.word;
        }

        @Override
        public String label() {
            return Labels.call(relation.word, number);
        }

        @Override
        public String symbol() {
            return relation.sign + Labels.signed(number, "");
        }

        @Override
        public Notation notation() {
            return relation.notation(Labels.signed(number, ""));
        }

        /** {@code [c] ≠ 0} is c for a condition c, and {@code [c] = 0} its opposite. */
        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node condition = inputs.get(0);
            boolean asksForTruth = number == 0 && (relation == Relation.EQUAL || relation == Relation.NOT_EQUAL);
            if (!asksForTruth) {
                return Optional.empty();
            }
            if (condition.op().orElse(null) instanceof CompareNumber inner) {
                Relation asked = relation == Relation.EQUAL ? inner.relation.opposite() : inner.relation;
                return Optional.of(Node.apply(new CompareNumber(asked, inner.number), condition.inputs()));
            }
            return Relation.ALL.stream()
                    .filter(known -> condition.op().filter(known.ofTwo::equals).isPresent())
                    .findFirst()
                    .map(known -> relation == Relation.EQUAL ? known.opposite() : known)
                    .map(asked -> Node.apply(asked.ofTwo, condition.inputs()));
        }

        @Override
        public Formula formula() {
            return relation.formula.apply(A, Formula.constant(number));
        }
    }

    /**
     * One number below 0, one at 0, one above; NaN stays NaN.
     *
     * @param below the result for negative numbers
     * @param at the result for 0
     * @param above the result for positive numbers
     */
    record Step(double below, double at, double above) implements Jump {
        @Override
        public String name() {
            return "step";
        }

        @Override
        public String label() {
            return Labels.call("step", below, at, above);
        }

        /** Sums of comparisons, as {@code [x > 0]}. */
        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node x = inputs.get(0);
            if (below == at && above == at) {
                return Optional.of(Layout.broadcast(Node.constant(at), x.shape()));
            }
            Node up = Comparisons.greater(x, 0).times(above);
            Node down = (below == at ? Comparisons.lessOrEqual(x, 0) : Comparisons.less(x, 0)).times(below);
            Node sum = below == 0 ? up : above == 0 ? down : down.plus(up);
            return Optional.of(
                    below == at || at == 0
                            ? sum
                            : sum.plus(Comparisons.equal(x, 0).times(at)));
        }

        @Override
        public Formula formula() {
            Formula zeroOrNaN =
                    Formula.select(Formula.of(Primitive.EQUAL, A, ZERO), Formula.constant(at), NOT_A_NUMBER);
            Formula notAbove = Formula.select(A.lessThan(ZERO), Formula.constant(below), zeroOrNaN);
            return Formula.select(ZERO.lessThan(A), Formula.constant(above), notAbove);
        }
    }

    /**
     * 1 between two bounds, which count, and 0 outside; NaN stays NaN.
     *
     * @param low the lower bound
     * @param high the upper bound
     */
    public record Within(double low, double high) implements Jump {
        @Override
        public String name() {
            return "within";
        }

        @Override
        public String label() {
            return Labels.call("within", low, high);
        }

        /** {@code [0 ≤ x ≤ 1]}; an infinite bound is not written. */
        @Override
        public Notation notation() {
            String atLeast = Labels.signed(low, "");
            String atMost = "≤ " + Labels.signed(high, "");
            return Double.isInfinite(low)
                    ? new Notation.Bracket(atMost)
                    : Double.isInfinite(high)
                            ? new Notation.Bracket("≥ " + atLeast)
                            : new Notation.Bracket(atLeast + " ≤", atMost);
        }

        @Override
        public Formula formula() {
            Formula outside = A.lessThan(Formula.constant(low))
                    .plus(Formula.constant(high).lessThan(A));
            Formula isNumber = Formula.of(Primitive.EQUAL, A, A);
            return Formula.select(isNumber, ONE.minus(outside), NOT_A_NUMBER);
        }
    }

    /**
     * The nearest number between two bounds; NaN stays NaN.
     *
     * @param low the lower bound
     * @param high the upper bound, not below the lower one
     */
    public record Clip(double low, double high) implements Elementwise {
        /**
         * Refuses bounds between which there is no number.
         *
         * @param low the lower bound
         * @param high the upper bound, not below the lower one
         */
        public Clip {
            Operands.requireBounds("clip", low, high);
        }

        @Override
        public String name() {
            return "clip";
        }

        @Override
        public String label() {
            return Labels.call("clip", low, high);
        }

        @Override
        public Formula formula() {
            Formula raised = Formula.of(Primitive.MAX, A, Formula.constant(low));
            return Formula.of(Primitive.MIN, raised, Formula.constant(high));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Comparisons.mask(dy, Node.apply(new Within(low, high), inputs.get(0))));
        }
    }
}
