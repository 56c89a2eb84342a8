package org.gradgraph.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A {@link Formula} as a list of primitives, in an order in which they can run.
 *
 * <p>Values are numbered: first the arguments, then the constants, then the result of each instruction. What a formula
 * uses several times is computed once.
 *
 * <pre>{@code
 * FormulaCode code = FormulaCode.of(Formula.argument(0).exp().plus(Formula.constant(1)));
 * code.instructions();       // [EXP of value 0, ADD of values 2 and 1]
 * code.result();             // 3
 * }</pre>
 */
public final class FormulaCode {
    /**
     * One primitive and the values it is applied to; operands that it does not take repeat the first.
     *
     * @param primitive what is computed
     * @param a the number of the first operand
     * @param b the number of the second operand
     * @param c the number of the third operand
     */
    public record Instruction(Primitive primitive, int a, int b, int c) {}

    private final int arity;
    private final List<Double> constants;
    private final List<Instruction> instructions;
    private final int result;

    private FormulaCode(Formula root) {
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
                int[] read = formula.operands().stream().mapToInt(number::get).toArray();
                number.put(formula, arity + numbers.size() + steps.size());
                steps.add(new Instruction(
                        formula.primitive(), read[0], read[read.length > 1 ? 1 : 0], read[read.length > 2 ? 2 : 0]));
            }
        }
        this.constants = List.copyOf(numbers);
        this.instructions = List.copyOf(steps);
        this.result = number.getOrDefault(root, -1);
    }

    /** The code of a formula. */
    public static FormulaCode of(Formula formula) {
        return new FormulaCode(Require.given(formula, "the formula to take apart"));
    }

    /** How many arguments there are; they are the values from 0. */
    public int arity() {
        return arity;
    }

    /** The constants; they are the values from {@link #arity()}. */
    public List<Double> constants() {
        return constants;
    }

    /** The instructions in order; their results are the values after the constants. */
    public List<Instruction> instructions() {
        return instructions;
    }

    /** The number of the value that the formula computes. */
    public int result() {
        return result;
    }

    private static List<Formula> bottomUp(Formula root) {
        List<Formula> order = new ArrayList<>();
        IdentityHashMap<Formula, Boolean> done = new IdentityHashMap<>();
        Deque<Formula> stack = new ArrayDeque<>();
        stack.push(root);
        while (!stack.isEmpty()) {
            Formula formula = stack.pop();
            List<Formula> missing = formula.operands().stream()
                    .filter(operand -> !done.containsKey(operand))
                    .toList();
            if (missing.isEmpty()) {
                if (done.put(formula, true) == null) {
                    order.add(formula);
                }
            } else {
                stack.push(formula);
                missing.forEach(stack::push);
            }
        }
        return order;
    }
}
