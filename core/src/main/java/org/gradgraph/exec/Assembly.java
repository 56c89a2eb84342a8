package org.gradgraph.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradgraph.exec.FusedCode.Outside;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.FormulaCode;
import org.gradgraph.graph.Op;

/** Turns the nodes of one group into code for a fused pass. */
final class Assembly {
    /** Compiled formulas by operation: a graph of many nodes has few different operations. */
    static final class Formulas {
        private static final FormulaCode COPY = FormulaCode.of(Formula.argument(0));
        private final Map<Op, FormulaCode> known = new HashMap<>();

        FormulaCode of(Op op) {
            if (!(op instanceof Elementwise elementwise)) {
                return COPY;
            }
            FormulaCode code = known.get(op);
            if (code == null) {
                code = FormulaCode.of(elementwise.formula());
                known.put(op, code);
            }
            return code;
        }
    }

    /** A node whose value leaves the pass, and the number of that value. */
    record Result(int node, int value) {}

    private final FusedCode code = new FusedCode();
    private final List<Result> written = new ArrayList<>();
    private final List<Result> summed = new ArrayList<>();

    /**
     * Assembles a group.
     *
     * @param escapes which values are read outside of their group, or asked for
     */
    Assembly(Group group, Outline outline, Schedule schedule, Formulas formulas, boolean[] escapes) {
        Map<Integer, Integer> valueOf = new HashMap<>();
        Map<Integer, Integer> targets = new HashMap<>();
        for (int i : group.members()) {
            int[] arguments = new int[outline.operandCount(i)];
            for (int k = 0; k < arguments.length; k++) {
                Outside operand = outline.operand(i, k);
                Integer inside = schedule.together(i, operand.node()) ? valueOf.get(operand.node()) : null;
                arguments[k] = inside == null ? code.outside(operand.node(), operand.access()) : inside;
            }
            if (outline.isReduction(i)) {
                summed.add(new Result(i, arguments[0]));
            } else {
                int value = code.add(formulas.of(outline.op(i)), arguments);
                valueOf.put(i, value);
                if (escapes[i]) {
                    boolean takesOver = code.isComputed(value) && targets.putIfAbsent(value, i) == null;
                    written.add(new Result(i, takesOver ? value : code.copy(value)));
                }
            }
        }
    }

    FusedCode code() {
        return code;
    }

    /** The values that are written to buffers, in the order in which they are computed. */
    List<Result> written() {
        return written;
    }

    /** The reductions and what they sum. */
    List<Result> summed() {
        return summed;
    }
}
