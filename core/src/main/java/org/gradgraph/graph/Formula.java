package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scalar formula of an elementwise operation, built from numerical {@link Primitive}s.
 *
 * <p>It is the one declaration from which the loops over a matrix come. A formula is immutable and may be used several
 * times in a larger one; it is then computed once.
 *
 * <pre>{@code
 * Formula x = Formula.argument(0);
 * Formula e = x.abs().negate().exp();
 * Formula sigmoid = Formula.select(x.lessThan(Formula.constant(0)), e, Formula.constant(1))
 *         .dividedBy(e.plus(Formula.constant(1)));
 * }</pre>
 */
@CheckReturnValue
public final class Formula {
    /** An argument or a constant has no primitive. */
    private final @Nullable Primitive primitive;

    private final List<Formula> operands;
    private final int argument;
    private final double constant;
    private final int arity;

    private Formula(@Nullable Primitive primitive, List<Formula> operands, int argument, double constant, int arity) {
        this.primitive = primitive;
        this.operands = operands;
        this.argument = argument;
        this.constant = constant;
        this.arity = arity;
    }

    /**
     * {@return the element of operand {@code index}, counted from 0}
     *
     * @param index which operand, from 0
     */
    public static Formula argument(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("argument " + index + ": operands are counted from 0");
        }
        return new Formula(null, List.of(), index, 0, index + 1);
    }

    /**
     * {@return a number that is the same for every element}
     *
     * @param value any number
     */
    public static Formula constant(double value) {
        return new Formula(null, List.of(), -1, value, 0);
    }

    /**
     * {@return a primitive applied to formulas, as many as it takes}
     *
     * @param primitive what is computed
     * @param operands as many as the primitive takes
     */
    public static Formula of(Primitive primitive, Formula... operands) {
        Require.given(primitive, "the primitive of a formula");
        Require.given(operands, "the list of operands of a primitive");
        if (operands.length != primitive.arity()) {
            throw new IllegalArgumentException(primitive + " takes " + primitive.arity()
                    + (primitive.arity() == 1 ? " operand" : " operands") + ", not " + operands.length);
        }
        int arity = 0;
        for (Formula operand : operands) {
            Require.given(operand, "an operand of a primitive");
            arity = Math.max(arity, operand.arity);
        }
        return new Formula(primitive, List.of(operands), -1, 0, arity);
    }

    /**
     * {@return {@code ifTrue} where the condition is not 0, else {@code ifFalse}; the other one never leaks, not even a
     * NaN}
     *
     * @param condition a formula whose value 0 means no
     * @param ifTrue the value where the condition is not 0
     * @param ifFalse the value where it is 0
     */
    public static Formula select(Formula condition, Formula ifTrue, Formula ifFalse) {
        return of(Primitive.SELECT, condition, ifTrue, ifFalse);
    }

    /**
     * {@return the sum}
     *
     * @param other the right operand
     */
    public Formula plus(Formula other) {
        return of(Primitive.ADD, this, other);
    }

    /**
     * {@return the difference}
     *
     * @param other the right operand
     */
    public Formula minus(Formula other) {
        return of(Primitive.SUBTRACT, this, other);
    }

    /**
     * {@return the product}
     *
     * @param other the right operand
     */
    public Formula times(Formula other) {
        return of(Primitive.MULTIPLY, this, other);
    }

    /**
     * {@return the quotient}
     *
     * @param other the right operand
     */
    public Formula dividedBy(Formula other) {
        return of(Primitive.DIVIDE, this, other);
    }

    /** {@return the negative} */
    public Formula negate() {
        return of(Primitive.NEGATE, this);
    }

    /** {@return the absolute value} */
    public Formula abs() {
        return of(Primitive.ABS, this);
    }

    /** {@return e to the power of this} */
    public Formula exp() {
        return of(Primitive.EXP, this);
    }

    /** {@return the natural logarithm} */
    public Formula log() {
        return of(Primitive.LOG, this);
    }

    /**
     * {@return 1 where this is less than the other, else 0; 0 if one of them is NaN}
     *
     * @param other the right operand
     */
    public Formula lessThan(Formula other) {
        return of(Primitive.LESS, this, other);
    }

    /** {@return how many operands the formula uses: one more than its highest argument} */
    public int arity() {
        return arity;
    }

    boolean isArgument() {
        return argument >= 0;
    }

    boolean isConstant() {
        return primitive == null && argument < 0;
    }

    int argumentIndex() {
        return argument;
    }

    double constantValue() {
        return constant;
    }

    Primitive primitive() {
        if (primitive == null) {
            throw new IllegalStateException("an argument or a constant has no primitive");
        }
        return primitive;
    }

    List<Formula> operands() {
        return operands;
    }

    /**
     * A {@link Formula} as a list of primitives, in an order in which they can run.
     *
     * <p>Values are numbered: first the arguments, then the constants, then the result of each instruction. What a formula
     * uses several times is computed once.
     *
     * <pre>{@code
     * Code code = Code.of(Formula.argument(0).exp().plus(Formula.constant(1)));
     * code.instructions();       // [EXP of value 0, ADD of values 2 and 1]
     * code.result();             // 3
     * }</pre>
     */
    public static final class Code {
        /**
         * One primitive and the values it is applied to; operands that it does not take repeat the first.
         *
         * @param primitive what is computed
         * @param a the number of the first operand
         * @param b the number of the second operand
         * @param c the number of the third operand
         */
        public record Instruction(Primitive primitive, int a, int b, int c) {
            /**
             * Refuses null.
             *
             * @param primitive what is computed
             * @param a the number of the first operand
             * @param b the number of the second operand
             * @param c the number of the third operand
             */
            public Instruction {
                Require.given(primitive, "Formula.Code.Instruction: the primitive");
            }
        }

        private final int arity;
        private final List<Double> constants;
        private final List<Instruction> instructions;
        private final int result;

        private Code(Formula root) {
            this.arity = root.arity();
            List<Formula> order = bottomUp(root);
            List<Double> numbers = new ArrayList<>();
            List<Instruction> steps = new ArrayList<>();
            IdentityHashMap<Formula, Integer> number = new IdentityHashMap<>();
            for (Formula formula : order) {
                if (formula.isArgument()) {
                    number.put(formula, formula.argumentIndex());
                } else if (formula.isConstant()) {
                    number.put(formula, arity + numbers.size());
                    numbers.add(formula.constantValue());
                }
            }
            for (Formula formula : order) {
                if (!formula.isArgument() && !formula.isConstant()) {
                    int[] read = new int[formula.operands().size()];
                    for (int k = 0; k < read.length; k++) {
                        read[k] = number.getOrDefault(formula.operands().get(k), -1);
                    }
                    number.put(formula, arity + numbers.size() + steps.size());
                    steps.add(new Instruction(
                            formula.primitive(),
                            read[0],
                            read[read.length > 1 ? 1 : 0],
                            read[read.length > 2 ? 2 : 0]));
                }
            }
            this.constants = List.copyOf(numbers);
            this.instructions = List.copyOf(steps);
            this.result = number.getOrDefault(root, -1);
        }

        /**
         * {@return the code of a formula}
         *
         * @param formula any formula
         */
        public static Code of(Formula formula) {
            return new Code(Require.given(formula, "the formula to take apart"));
        }

        /** {@return how many arguments there are; they are the values from 0} */
        public int arity() {
            return arity;
        }

        /** {@return the constants; they are the values from {@link #arity()}} */
        public List<Double> constants() {
            return constants;
        }

        /** {@return the instructions in order; their results are the values after the constants} */
        public List<Instruction> instructions() {
            return instructions;
        }

        /** {@return the number of the value that the formula computes} */
        public int result() {
            return result;
        }

        private static List<Formula> bottomUp(Formula root) {
            List<Formula> order = new ArrayList<>();
            IdentityHashMap<Formula, Boolean> done = new IdentityHashMap<>();
            Deque<Formula> stack = new ArrayDeque<>();
            stack.push(root);
            while (!stack.isEmpty()) {
                Formula formula = stack.peek();
                int waiting = stack.size();
                for (Formula operand : formula.operands()) {
                    if (!done.containsKey(operand)) {
                        stack.push(operand);
                    }
                }
                if (stack.size() == waiting) {
                    stack.pop();
                    if (done.put(formula, true) == null) {
                        order.add(formula);
                    }
                }
            }
            return order;
        }
    }
}
