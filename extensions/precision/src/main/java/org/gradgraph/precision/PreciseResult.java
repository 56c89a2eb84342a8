package org.gradgraph.precision;

import java.util.Map;
import java.util.Set;
import org.gradgraph.graph.Node;

/**
 * The value and the gradients of a node, with many digits.
 *
 * <pre>{@code
 * PreciseResult result = HighPrecision.of(cost).digits(50).at(feeds);
 * result.value().decimal(0, 0);
 * result.gradient(w).rounded();
 * }</pre>
 */
public final class PreciseResult {
    private final PreciseMatrix value;
    private final Map<Node, PreciseMatrix> gradients;
    private final Set<String> inDouble;

    PreciseResult(PreciseMatrix value, Map<Node, PreciseMatrix> gradients, Set<String> inDouble) {
        this.value = value;
        this.gradients = Map.copyOf(gradients);
        this.inDouble = Set.copyOf(inDouble);
    }

    /** {@return the value of the node} */
    public PreciseMatrix value() {
        return value;
    }

    /**
     * {@return the gradient for a node}
     *
     * @param wrt the nodes to differentiate by
     * @throws IllegalArgumentException if no gradient was taken for it
     */
    public PreciseMatrix gradient(Node wrt) {
        PreciseMatrix gradient = gradients.get(wrt);
        if (gradient == null) {
            throw new IllegalArgumentException("no gradient was taken for " + wrt + "; name it in withRespectTo(…)");
        }
        return gradient;
    }

    /**
     * {@return the nodes of opaque kernels, computed in double arithmetic: what depends on them is no better than that}
     */
    public Set<String> computedInDouble() {
        return inDouble;
    }
}
