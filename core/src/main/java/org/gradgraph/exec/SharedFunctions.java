package org.gradgraph.exec;

import org.gradgraph.exec.FusedCode.Outside;
import org.gradgraph.exec.Outline.Phase;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.FormulaCode;

/**
 * Moves to the forward pass what costs nearly nothing there.
 *
 * <p>The derivative of {@code softplus(z)} is {@code sigmoid(z)}; both are made of {@code exp(−|z|)}. In the forward pass
 * that exponential is there already, in the backward pass it would be computed once more. So a node of the backward pass
 * is moved if all its transcendental functions are computed by the forward pass anyway.
 */
final class SharedFunctions {
    private final Outline outline;
    private final Assembly.Formulas formulas;

    /** The code of all forward nodes that have transcendental functions, as if it were one pass. */
    private final FusedCode forward = new FusedCode(0);

    private SharedFunctions(Outline outline, Assembly.Formulas formulas) {
        this.outline = outline;
        this.formulas = formulas;
    }

    static void move(Outline outline, Assembly.Formulas formulas) {
        SharedFunctions shared = new SharedFunctions(outline, formulas);
        boolean isCounted = false;
        for (int i = 0; i < outline.size(); i++) {
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
        if (outline.phase(i) != Phase.BACKWARD || !outline.isNeeded(i) || outline.isRoot(i) || !isFunction(i)) {
            return false;
        }
        for (int input : outline.inputs(i)) {
            if (!isEarly(input) && !isCheap(input)) {
                return false;
            }
        }
        return true;
    }

    private void countForward() {
        for (int i = 0; i < outline.size(); i++) {
            if (outline.phase(i) == Phase.FORWARD && outline.isNeeded(i) && isFunction(i)) {
                add(i);
            }
        }
    }

    private void tryToMove(int i) {
        int before = forward.instructionCount();
        add(i);
        if (forward.transcendentalsFrom(before) == 0) {
            for (int input : outline.inputs(i)) {
                if (!isEarly(input)) {
                    outline.moveForward(input);
                }
            }
            outline.moveForward(i);
        }
    }

    private boolean isEarly(int i) {
        return outline.isLeaf(i) || outline.phase(i) != Phase.BACKWARD;
    }

    /** A sign, a sum or a product of what the forward pass knows, such as the −z of sigmoid(−z). */
    private boolean isCheap(int i) {
        if (!isElementwise(i) || isFunction(i)) {
            return false;
        }
        for (int input : outline.inputs(i)) {
            if (!isEarly(input)) {
                return false;
            }
        }
        return true;
    }

    private boolean isElementwise(int i) {
        return !outline.isLeaf(i) && outline.inputs(i).length > 0 && outline.op(i) instanceof Elementwise;
    }

    private boolean isFunction(int i) {
        return isElementwise(i)
                && formulas.of(outline.op(i)).instructions().stream()
                        .anyMatch(step -> step.primitive().isTranscendental());
    }

    /** Goes one step down at most: what a cheap operand is made of is early. */
    private int add(int i) {
        FormulaCode code = formulas.of(outline.op(i));
        int[] arguments = new int[outline.operandCount(i)];
        for (int k = 0; k < arguments.length; k++) {
            Outside operand = outline.operand(i, k);
            int node = operand.node();
            boolean isInside = operand.access() == Access.FULL && !isEarly(node);
            arguments[k] = isInside ? add(node) : forward.outside(node, operand.access());
        }
        return forward.add(code, arguments);
    }
}
