package org.gradgraph.exec.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradgraph.exec.plan.FusedCode.Outside;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Op;

/** Turns the nodes of one group into code for a fused pass. */
final class KernelBuilder {
    /** Compiled formulas by operation: a graph of many nodes has few different operations. */
    static final class Formulas {
        private static final Formula.Code COPY = Formula.Code.of(Formula.argument(0));
        private final Map<Op, Formula.Code> known = new HashMap<>();

        /** The value of each node in the code that was assembled last. */
        private final int[] valueOf;

        Formulas(int nodes) {
            this.valueOf = new int[nodes];
        }

        Formula.Code of(Op op) {
            if (!(op instanceof Elementwise elementwise)) {
                return COPY;
            }
            Formula.Code code = known.get(op);
            if (code == null) {
                code = Formula.Code.of(elementwise.formula());
                known.put(op, code);
            }
            return code;
        }
    }

    /** A node whose value leaves the pass, the number of that value, and whether only fallbacks need it. */
    record Result(int node, int value, boolean isRare) {}

    private final FusedCode code;
    private final List<Result> written = new ArrayList<>();
    private final List<Result> summed = new ArrayList<>();

    /** The values of fallbacks, which are their usual operands while conditions hold. */
    private final List<Integer> choices = new ArrayList<>();

    /**
     * Assembles a group.
     *
     * @param guards which values only fallbacks need
     * @param escapes which values are read outside of their group, or asked for
     */
    KernelBuilder(
            Group group,
            GraphAnalysis analysis,
            Guards guards,
            Schedule schedule,
            Formulas formulas,
            boolean[] escapes) {
        this.code = new FusedCode(group.size());
        int[] valueOf = formulas.valueOf;
        Set<Integer> targets = new HashSet<>();
        for (int place = 0; place < group.size(); place++) {
            int i = group.member(place);
            int[] arguments = new int[analysis.operandCount(i)];
            for (int k = 0; k < arguments.length; k++) {
                Outside operand = analysis.operand(i, k);
                arguments[k] = schedule.together(i, operand.node())
                        ? valueOf[operand.node()]
                        : code.outside(operand.node(), operand.access());
            }
            if (analysis.isReduction(i)) {
                summed.add(new Result(i, arguments[0], guards.isRare(i)));
            } else {
                int value = code.add(formulas.of(analysis.op(i)), arguments);
                valueOf[i] = value;
                if (guards.isChoice(i)) {
                    choices.add(value);
                }
                if (escapes[i]) {
                    boolean takesOver = code.isComputed(value) && targets.add(value);
                    written.add(new Result(i, takesOver ? value : code.copy(value), guards.isRare(i)));
                }
            }
        }
        code.keepOnly(results(true));
    }

    private List<Integer> results(boolean withRare) {
        List<Integer> values = new ArrayList<>();
        for (List<Result> results : List.of(written, summed)) {
            for (Result result : results) {
                if (withRare || !result.isRare()) {
                    values.add(result.value());
                }
            }
        }
        return values;
    }

    /** The code while conditions hold: without what only fallbacks need. */
    FusedCode usualCode() {
        return code.choosing(choices, results(false));
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
