package org.gradgraph.graph;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.FormulaCode.Instruction;

/**
 * A {@link Formula} made ready to run over matrices, block by block.
 *
 * <p>Each primitive is one loop over a block that stays in the first-level cache. Programs fuse several formulas into
 * one pass; this is the plain way for one operation on its own.
 */
final class FormulaKernel {
    private static final int BLOCK = 256;

    private final FormulaCode code;
    private final double[][] values;
    private final int block;

    /** At most {@code elements} elements will be computed by a run; scratch memory is not larger than that. */
    FormulaKernel(Formula formula, int elements) {
        Require.given(formula, "the formula of a kernel");
        boolean computes = !formula.isArgument() && !formula.isConstant();
        this.code = FormulaCode.of(computes ? formula : Formula.of(Primitive.COPY, formula));
        this.block = Math.max(1, Math.min(BLOCK, elements));
        this.values = new double[code.result() + 1][];
        for (int i = code.arity(); i < values.length; i++) {
            values[i] = new double[block];
        }
        for (int i = 0; i < code.constants().size(); i++) {
            Arrays.fill(values[code.arity() + i], code.constants().get(i));
        }
    }

    /** Computes every element of {@code out} from operands of as many elements. */
    void run(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
        Require.given(inputs, "the list of operands of a kernel");
        Require.given(out, "the result of a kernel");
        int arity = code.arity();
        if (inputs.size() < arity) {
            throw new IllegalArgumentException("a formula of " + arity + (arity == 1 ? " argument" : " arguments")
                    + " was given " + inputs.size() + "; give one matrix for each argument");
        }
        for (int i = 0; i < arity; i++) {
            DMatrixRMaj input = Require.given(inputs.get(i), "an operand of a kernel");
            if (input.getNumElements() != out.getNumElements()) {
                throw new ShapeException(
                        "operand " + (i + 1) + " is " + input.numRows + "×" + input.numCols + ", the result "
                                + out.numRows + "×" + out.numCols,
                        "a formula runs over matrices of equal size");
            }
            values[i] = input.data;
        }
        int elements = out.getNumElements();
        for (int from = 0; from < elements; from += block) {
            runBlock(from, Math.min(block, elements - from), out.data);
        }
    }

    private void runBlock(int from, int n, double[] out) {
        int next = code.arity() + code.constants().size();
        for (Instruction step : code.instructions()) {
            boolean last = next == code.result();
            step.primitive()
                    .run(
                            values[step.a()],
                            offset(step.a(), from),
                            values[step.b()],
                            offset(step.b(), from),
                            values[step.c()],
                            offset(step.c(), from),
                            last ? out : values[next],
                            last ? from : 0,
                            n);
            next++;
        }
    }

    /** Scratch memory holds one block only. */
    private int offset(int value, int from) {
        return value < code.arity() ? from : 0;
    }
}
