package org.gradgraph.check;

/**
 * What a gradient check says of an entry, or of everything.
 *
 * <pre>{@code
 * report.verdict() == Verdict.NOT_DIFFERENTIABLE        // at a kink; no failure
 * }</pre>
 */
public enum Verdict {
    /** The derivative agrees with the differences. */
    RIGHT("right"),
    /** The point is a corner, a jump or an edge, and the derivative lies between the slopes of both sides. */
    NOT_DIFFERENTIABLE("not differentiable here"),
    /** The differences cannot tell: their error is larger than what they should tell apart. A failure. */
    INCONCLUSIVE("inconclusive"),
    /** The derivative disagrees. */
    WRONG("wrong"),
    /** A value or a derivative is NaN or infinite. */
    NOT_FINITE("not finite"),
    /** Computing the same twice gave different bits. */
    NOT_REPEATABLE("not repeatable");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** Whether this is no failure. */
    public boolean passes() {
        return this == RIGHT || this == NOT_DIFFERENTIABLE;
    }

    /** The verdict in words. */
    @Override
    public String toString() {
        return words;
    }
}
