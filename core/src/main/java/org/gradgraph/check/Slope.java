package org.gradgraph.check;

/**
 * The derivative of a line at the point, from differences, and how far it may be off.
 *
 * @param value the derivative; the mean of both sides at a kink
 * @param error how far the true derivative may be away
 * @param kink whether the line has a corner, a jump or an edge at the point
 * @param left the slope to the left, if there is a kink
 * @param right the slope to the right, if there is a kink
 */
record Slope(double value, double error, boolean kink, double left, double right) {
    /** Near the cube root of the unit of rounding, 2⁻⁵³, where h² and the rounding error over h balance. */
    private static final int FIRST = -17;

    /** A level is a step 16 times larger. */
    private static final int BITS = 4;

    private static final int LOWEST = -12;
    private static final int HIGHEST = 3;

    /** Good enough to stop, relative to the derivatives around. */
    private static final double GOAL = 1e-7;

    /** A corner keeps its jump when the step shrinks, a discontinuity multiplies it; curvature divides it by 16³. */
    private static final double LEAST_GROWTH = 0.7;

    /** What no difference can tell, for example because the line is not finite around the point. */
    private static final Slope UNKNOWN = new Slope(Double.NaN, Double.NaN, false, Double.NaN, Double.NaN);

    /**
     * Measures the slope.
     *
     * @param line the line
     * @param scale the size of what moves
     * @param magnitude the size of the derivatives that matter here
     */
    static Slope of(Line line, double scale, double magnitude) {
        Ladder ladder = new Ladder(line, scale);
        int level = 0;
        while (!ladder.at(level).isFinite()) {
            if (--level < LOWEST) {
                return edge(line, scale);
            }
        }
        Stencil first = ladder.at(level);
        if (!first.hasJump()) {
            return smooth(ladder.best(level, magnitude), 0);
        }
        int finest = level;
        double growth = 0;
        boolean steady = true;
        for (int lower = level - 1; lower >= LOWEST; lower--) {
            Stencil next = ladder.at(lower);
            if (!next.isFinite() || next.jumpRounding() > first.jump() / 4) {
                break;
            }
            if (!next.hasJump()) {
                return smooth(ladder.best(lower, magnitude), 0);
            }
            double ratio = next.jump() / ladder.at(finest).jump();
            steady = growth == 0 || Math.abs(ratio - growth) <= growth / 4;
            growth = ratio;
            finest = lower;
        }
        return growth >= LEAST_GROWTH && steady
                ? kink(ladder.at(finest))
                : smooth(ladder.best(finest, magnitude), ladder.at(finest).jump());
    }

    private static Slope kink(Stencil finest) {
        return new Slope(finest.value(), finest.error() + finest.jumpRounding(), true, finest.left(), finest.right());
    }

    /** Finite on one side only, as the square root at 0. */
    private static Slope edge(Line line, double scale) {
        double h = Math.scalb(Ladder.unit(scale), FIRST);
        if (Double.isFinite(line.at(h)) || Double.isFinite(line.at(-h))) {
            return new Slope(Double.NaN, 0, true, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        return UNKNOWN;
    }

    private static Slope smooth(Stencil best, double unexplainedJump) {
        return new Slope(best.value(), best.error() + unexplainedJump, false, best.value(), best.value());
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

    /** The stencils of one line at all step sizes, each computed once. */
    private static final class Ladder {
        private final Line line;
        private final double unit;
        private final Stencil[] levels = new Stencil[HIGHEST - LOWEST + 1];

        Ladder(Line line, double scale) {
            this.line = line;
            this.unit = unit(scale);
        }

        /** A power of two, so that steps and quotients by steps are exact. */
        static double unit(double scale) {
            return Math.scalb(1.0, Math.getExponent(scale));
        }

        Stencil at(int level) {
            Stencil known = levels[level - LOWEST];
            if (known == null) {
                known = Stencil.of(line, Math.scalb(unit, FIRST + BITS * level));
                levels[level - LOWEST] = known;
            }
            return known;
        }

        /** Smaller steps while truncation dominates, larger ones while rounding does, as long as that helps. */
        Stencil best(int start, double magnitude) {
            Stencil best = at(start);
            int direction = best.truncation() > best.rounding() ? -1 : 1;
            int misses = 0;
            for (int level = start + direction; level >= LOWEST && level <= HIGHEST && misses < 2; level += direction) {
                if (best.error() <= GOAL * Math.max(magnitude, Math.abs(best.value()))) {
                    break;
                }
                Stencil next = at(level);
                if (!next.isFinite() || (direction > 0 && !next.continues(best))) {
                    break;
                }
                if (next.error() < best.error()) {
                    best = next;
                    misses = 0;
                } else {
                    misses++;
                }
            }
            return best;
        }
    }
}
