package org.gradgraph.graph;

/**
 * Whether cotangents pass an operation, as {@link Op#gradientFlow()} says.
 *
 * <p>Reverse mode does not walk into what lies behind an operation that they do not pass; gradients there are explicit
 * zeros.
 *
 * <pre>{@code
 * node.op().map(Op::gradientFlow).orElse(GradientFlow.PASSES) == GradientFlow.STOPPED
 * }</pre>
 */
public enum GradientFlow {
    /** The operation has a derivative and a vjp. */
    PASSES,
    /** The result is constant between jumps, as that of a comparison or of rounding: the derivative is 0. */
    CUT,
    /** The gradient is stopped by {@code stopGradient}. */
    STOPPED
}
