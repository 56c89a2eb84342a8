package org.gradgraph.exec.plan;

import org.gradgraph.exec.plan.FusedCode.Outside;
import org.gradgraph.exec.plan.GraphAnalysis.Phase;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;

/**
 * Moves to the forward pass what costs nearly nothing there.
 *
 * <p>The derivative of {@code softplus(z)} is {@code sigmoid(z)}; both are made of {@code exp(−|z|)}. In the forward pass
 * that exponential is there already, in the backward pass it would be computed once more. So a node of the backward pass
 * is moved if all its transcendental functions are computed by the forward pass anyway.
 */
final class CommonSubexpressions {
    private final GraphAnalysis analysis;
    private final KernelBuilder.Formulas formulas;

    /** The code of all forward nodes that have transcendental functions, as if it were one pass. */
    private final FusedCode forward = new FusedCode(0);

    private CommonSubexpressions(GraphAnalysis analysis, KernelBuilder.Formulas formulas) {
        this.analysis = analysis;
        this.formulas = formulas;
    }

    static void move(GraphAnalysis analysis, KernelBuilder.Formulas formulas) {
        CommonSubexpressions shared = new CommonSubexpressions(analysis, formulas);
        boolean isCounted = false;
        for (int i = 0; i < analysis.size(); i++) {
            if (shared.isCandidate(i)) {
                if (!isCounted) {
                    shared.countForward();
                    isCounted = true;
                }
                shared.tryToMove(i);
            }
        }
    }

    private boolean isCandidate(int i) {
        if (analysis.phase(i) != Phase.BACKWARD || !analysis.isNeeded(i) || analysis.isRoot(i) || !isFunction(i)) {
            return false;
        }
        for (int input : analysis.inputs(i)) {
            if (!isEarly(input) && !isCheap(input)) {
                return false;
            }
        }
        return true;
    }

    private void countForward() {
        for (int i = 0; i < analysis.size(); i++) {
            if (analysis.phase(i) == Phase.FORWARD && analysis.isNeeded(i) && isFunction(i)) {
                add(i);
            }
        }
    }

    private void tryToMove(int i) {
        int before = forward.instructionCount();
        add(i);
        if (forward.transcendentalsFrom(before) == 0) {
            for (int input : analysis.inputs(i)) {
                if (!isEarly(input)) {
                    analysis.moveForward(input);
                }
            }
            analysis.moveForward(i);
        }
    }

    private boolean isEarly(int i) {
        return analysis.isLeaf(i) || analysis.phase(i) != Phase.BACKWARD;
    }

    /** A sign, a sum or a product of what the forward pass knows, such as the −z of sigmoid(−z). */
    private boolean isCheap(int i) {
        if (!isElementwise(i) || isFunction(i)) {
            return false;
        }
        for (int input : analysis.inputs(i)) {
            if (!isEarly(input)) {
                return false;
            }
        }
        return true;
    }

    private boolean isElementwise(int i) {
        return !analysis.isLeaf(i) && analysis.inputs(i).length > 0 && analysis.op(i) instanceof Elementwise;
    }

    private boolean isFunction(int i) {
        return isElementwise(i)
                && formulas.of(analysis.op(i)).instructions().stream()
                        .anyMatch(step -> step.primitive().isTranscendental());
    }

    /** Goes one step down at most: what a cheap operand is made of is early. */
    private int add(int i) {
        Formula.Code code = formulas.of(analysis.op(i));
        int[] arguments = new int[analysis.operandCount(i)];
        for (int k = 0; k < arguments.length; k++) {
            Outside operand = analysis.operand(i, k);
            int node = operand.node();
            boolean isInside = operand.access() == Access.FULL && !isEarly(node);
            arguments[k] = isInside ? add(node) : forward.outside(node, operand.access());
        }
        return forward.add(code, arguments);
    }
}
