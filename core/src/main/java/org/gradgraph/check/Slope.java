package org.gradgraph.check;

/**
 * The derivative of a line at the point, from differences, and how far it may be off.
 *
 * @param value the derivative; the mean of both sides at a kink
 * @param error how far the true derivative may be away; at a kink, how far the slopes may be off
 * @param kink whether the line has a corner, a jump or an edge at the point
 * @param left the slope to the left; infinite at a jump
 * @param right the slope to the right; infinite at a jump
 * @param steepness how far the line moves for the first step, over that step
 * @param resolved whether the steps are shorter than the waves of the line
 */
record Slope(double value, double error, boolean kink, double left, double right, double steepness, boolean resolved) {
    /** What no difference can tell, for example because the line is not finite around the point. */
    private static final Slope UNKNOWN = new Slope(Double.NaN, Double.NaN, false, Double.NaN, Double.NaN, 0, false);

    /**
     * Measures the slope.
     *
     * @param line the line
     * @param scale the size of what moves
     * @param magnitude the size of the derivatives that matter here
     * @param analytic the derivative that will be compared
     */
    static Slope of(Line line, double scale, double magnitude, double analytic) {
        Ladder ladder = new Ladder(line, scale);
        int level = 0;
        while (!ladder.at(level).isFinite()) {
            if (--level < ladder.lowest) {
                return edge(ladder);
            }
        }
        double steepness = ladder.at(level).steepness();
        Jump jump = Jump.of(ladder, level);
        if (jump.isKink()) {
            return kink(jump, ladder, steepness);
        }
        Stencil best = ladder.best(jump.finest(), magnitude);
        double error = best.error() + jump.unexplained();
        if (Math.abs(best.value() - analytic) <= error) {
            return smooth(best, error, steepness, true);
        }
        Stencil finer = ladder.finerThan(best, analytic);
        return finer == null
                ? smooth(best, error, steepness, !ladder.isTooLong(best))
                : smooth(finer, finer.error(), steepness, true);
    }

    private static Slope kink(Jump jump, Ladder ladder, double steepness) {
        Stencil finest = ladder.at(jump.finest());
        Jump.Side left = jump.side(Stencil::left);
        Jump.Side right = jump.side(Stencil::right);
        return new Slope(
                finest.value(),
                Math.max(left.error(), right.error()),
                true,
                left.slope(),
                right.slope(),
                steepness,
                true);
    }

    /** Finite on one side only, as the square root at 0. */
    private static Slope edge(Ladder ladder) {
        if (ladder.isFiniteOnOneSide()) {
            return new Slope(Double.NaN, 0, true, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, true);
        }
        return UNKNOWN;
    }

    private static Slope smooth(Stencil best, double error, double steepness, boolean resolved) {
        return new Slope(best.value(), error, false, best.value(), best.value(), steepness, resolved);
    }

    /** Whether a derivative agrees with this one; between both sides is right at a kink. */
    boolean agreesWith(double analytic, double tolerance) {
        if (kink) {
            return analytic >= Math.min(left, right) - tolerance && analytic <= Math.max(left, right) + tolerance;
        }
        return Math.abs(analytic - value) <= tolerance;
    }

    boolean isKnown() {
        return kink || !Double.isNaN(value);
    }
}
