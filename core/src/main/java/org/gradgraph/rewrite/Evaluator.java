package org.gradgraph.rewrite;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;

/**
 * Computes operations on constants, for constant folding.
 *
 * <p>Whoever runs programs gives it to the {@link Rewriter}, so that a folded value has the bits of the program.
 *
 * <pre>{@code
 * Evaluator evaluator = node -> Program.of(node).rewrite(Rewriting.OFF).newRun().forward().value(node);
 * }</pre>
 */
@FunctionalInterface
public interface Evaluator {
    /**
     * The value of a node whose operands are constants.
     *
     * @throws RuntimeException if it cannot be computed; the node is then not folded
     */
    DMatrixRMaj evaluate(Node node);
}
