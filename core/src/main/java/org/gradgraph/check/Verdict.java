package org.gradgraph.check;

/**
 * What a gradient check says of an entry, or of everything.
 *
 * <pre>{@code
 * report.verdict() == Verdict.NOT_DIFFERENTIABLE        // at a kink; the check passes
 * }</pre>
 */
public enum Verdict {
    /** The derivative agrees with the differences. */
    RIGHT("right"),
    /** The point is a corner, a jump or an edge, and the derivative lies between the slopes of both sides. */
    NOT_DIFFERENTIABLE("not differentiable here"),
    /** The differences cannot decide: their error is too large. A failure. */
    INCONCLUSIVE("inconclusive"),
    /** The derivative disagrees with the differences. */
    WRONG("wrong"),
    /** A value or a derivative is NaN or infinite. */
    NOT_FINITE("not finite"),
    /** Computing the same twice gave different bits. */
    NOT_REPEATABLE("not repeatable");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** {@return whether the check passes} */
    public boolean passes() {
        return this == RIGHT || this == NOT_DIFFERENTIABLE;
    }

    Verdict orWorse(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The verdict in words. */
    @Override
    public String toString() {
        return words;
    }
}
