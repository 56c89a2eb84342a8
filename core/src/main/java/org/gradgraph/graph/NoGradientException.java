package org.gradgraph.graph;

/**
 * A gradient was asked for through an operation that has none, or of something that is no 1×1 output.
 *
 * <p>It is thrown when the gradient graph is built, never when it runs; the message names the operation and the line
 * that made the node.
 *
 * <pre>{@code
 * Node x = Node.parameter("x", 2, 3);
 * Derivatives.gradient(x.square(), x);             // NoGradientException: square 2×3 … is not 1×1; …
 * Derivatives.gradient(x.square().sum(), x);       // 2x
 * }</pre>
 */
public final class NoGradientException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * An error of differentiation.
     *
     * @param message the place and the remedy in one sentence
     */
    public NoGradientException(String message) {
        super(Require.given(message, "NoGradientException: the message"));
    }
}
