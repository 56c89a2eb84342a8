package org.gradgraph.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/**
 * A {@link Formula} made ready to run over matrices, block by block.
 *
 * <p>Each primitive is one loop over a block that stays in the first-level cache; a value that is used several times is
 * computed once. A kernel has scratch memory of its own: it allocates nothing when it runs, and one thread at a time
 * may use it.
 *
 * <pre>{@code
 * FormulaKernel kernel = new FormulaKernel(Formula.argument(0).exp(), out.getNumElements());
 * kernel.run(List.of(x), out);                       // out = exp(x)
 * }</pre>
 */
public final class FormulaKernel {
    private static final int BLOCK = 256;

    /** A primitive and the slots of its operands and result; unused operands repeat the first. */
    private record Step(Primitive primitive, int a, int b, int c, int out) {}

    /** The arrays of the arguments, then that of the target, then blocks of scratch memory. */
    private final double[][] slots;

    private final Step[] steps;
    private final int target;
    private final int block;

    /**
     * Makes a formula ready to run.
     *
     * @param formula what to compute
     * @param elements how many elements a run will have at most; scratch memory is not larger than that
     */
    public FormulaKernel(Formula formula, int elements) {
        Require.given(formula, "the formula of a kernel");
        boolean computes = !formula.isArgument() && !formula.isConstant();
        this.target = formula.arity();
        this.block = Math.max(1, Math.min(BLOCK, elements));
        List<double[]> memory = new ArrayList<>(Collections.nCopies(target + 1, new double[0]));
        this.steps = steps(bottomUp(computes ? formula : Formula.of(Primitive.COPY, formula)), memory);
        this.slots = memory.toArray(double[][]::new);
    }

    /**
     * Computes every element of {@code out}.
     *
     * @param inputs the operands, each with as many elements as {@code out}; not modified
     * @param out the result; it may be one of the operands
     */
    public void run(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
        Require.given(inputs, "the list of operands of a kernel");
        Require.given(out, "the result of a kernel");
        if (inputs.size() < target) {
            throw new IllegalArgumentException("a formula of " + target + (target == 1 ? " argument" : " arguments")
                    + " was given " + inputs.size() + "; give one matrix for each argument");
        }
        for (int i = 0; i < target; i++) {
            DMatrixRMaj input = Require.given(inputs.get(i), "an operand of a kernel");
            if (input.getNumElements() != out.getNumElements()) {
                throw new ShapeException(
                        "operand " + (i + 1) + " is " + input.numRows + "×" + input.numCols + ", the result "
                                + out.numRows + "×" + out.numCols,
                        "a formula runs over matrices of equal size");
            }
            slots[i] = input.data;
        }
        slots[target] = out.data;
        int elements = out.getNumElements();
        for (int from = 0; from < elements; from += block) {
            runBlock(from, Math.min(block, elements - from));
        }
    }

    private void runBlock(int from, int n) {
        for (Step step : steps) {
            step.primitive()
                    .run(
                            slots[step.a()],
                            offset(step.a(), from),
                            slots[step.b()],
                            offset(step.b(), from),
                            slots[step.c()],
                            offset(step.c(), from),
                            slots[step.out()],
                            offset(step.out(), from),
                            n);
        }
    }

    /** Scratch memory holds one block only. */
    private int offset(int slot, int from) {
        return slot <= target ? from : 0;
    }

    private static List<Formula> bottomUp(Formula root) {
        List<Formula> order = new ArrayList<>();
        Set<Formula> done = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Formula> stack = new ArrayDeque<>();
        stack.push(root);
        while (!stack.isEmpty()) {
            Formula formula = stack.pop();
            List<Formula> missing = formula.operands().stream()
                    .filter(operand -> !done.contains(operand))
                    .toList();
            if (missing.isEmpty()) {
                if (done.add(formula)) {
                    order.add(formula);
                }
            } else {
                stack.push(formula);
                missing.forEach(stack::push);
            }
        }
        return order;
    }

    /** The last step writes to the target; other scratch memory is taken over as soon as nobody reads it any more. */
    private Step[] steps(List<Formula> order, List<double[]> memory) {
        IdentityHashMap<Formula, Integer> slotOf = new IdentityHashMap<>();
        IdentityHashMap<Formula, Integer> readers = new IdentityHashMap<>();
        order.forEach(formula -> formula.operands().forEach(operand -> readers.merge(operand, 1, Integer::sum)));
        Deque<Integer> free = new ArrayDeque<>();
        List<Step> result = new ArrayList<>();
        for (Formula formula : order) {
            if (formula.isArgument()) {
                slotOf.put(formula, formula.argumentIndex());
            } else if (formula.isConstant()) {
                slotOf.put(formula, memory.size());
                double[] repeated = new double[block];
                Arrays.fill(repeated, formula.constantValue());
                memory.add(repeated);
            } else {
                int[] read = formula.operands().stream().mapToInt(slotOf::get).toArray();
                for (int k = 0; k < read.length; k++) {
                    Formula operand = formula.operands().get(k);
                    boolean scratch = !operand.isArgument() && !operand.isConstant();
                    if (readers.merge(operand, -1, Integer::sum) == 0 && scratch) {
                        free.push(read[k]);
                    }
                }
                boolean last = formula.equals(order.get(order.size() - 1));
                int out = last ? target : scratchSlot(free, memory);
                slotOf.put(formula, out);
                result.add(new Step(
                        formula.primitive(),
                        read[0],
                        read[read.length > 1 ? 1 : 0],
                        read[read.length > 2 ? 2 : 0],
                        out));
            }
        }
        return result.toArray(Step[]::new);
    }

    private int scratchSlot(Deque<Integer> free, List<double[]> memory) {
        if (free.isEmpty()) {
            memory.add(new double[block]);
            return memory.size() - 1;
        }
        return free.pop();
    }
}
