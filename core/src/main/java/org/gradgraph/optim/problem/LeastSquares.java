package org.gradgraph.optim.problem;

import org.gradgraph.graph.Node;
import org.gradgraph.graph.Reductions;

/**
 * Least squares as a cost.
 *
 * <pre>{@code
 * Node cost = LeastSquares.cost(model.minus(y));
 * }</pre>
 */
public final class LeastSquares {
    private LeastSquares() {}

    /** Half the sum of the squares of residuals. */
    public static Node cost(Node residuals) {
        return Reductions.sum(residuals.square()).times(0.5);
    }
}
