package org.gradgraph.check;

import org.jspecify.annotations.Nullable;

/** The differences of one line at all step sizes, each computed once; a level is a step 16 times larger. */
final class Ladder {
    private static final int LOWEST = -12;
    private static final int HIGHEST = 3;

    /** Near the cube root of the unit of rounding, 2⁻⁵³, where h² and the rounding error over h balance. */
    private static final int FIRST = -17;

    private static final int BITS = 4;

    /** Good enough to stop, relative to the derivatives around. */
    private static final double GOAL = 1e-7;

    /** How sharp a finer step must be to be believed in place of a coarser one. */
    private static final double SHARP = 0.05;

    /** Steps of so many units of the place; smaller ones are rounded to other steps. */
    private static final double UNITS = 8;

    private final Line line;
    private final double unit;

    /** The smallest step, as a level. */
    final int lowest;

    private final @Nullable Stencil[] levels = new Stencil[HIGHEST - LOWEST + 1];

    /**
     * A ladder.
     *
     * @param line the line
     * @param scale the size of what moves; rounded to a power of two, so that steps and quotients by steps are exact
     */
    Ladder(Line line, double scale) {
        this.line = line;
        this.unit = Math.scalb(1.0, Math.getExponent(scale));
        int level = LOWEST;
        while (level < 0 && step(level) < UNITS * line.resolution()) {
            level++;
        }
        this.lowest = level;
    }

    Stencil at(int level) {
        Stencil known = levels[level - LOWEST];
        if (known == null) {
            known = Stencil.of(line, step(level));
            levels[level - LOWEST] = known;
        }
        return known;
    }

    private double step(int level) {
        return Math.scalb(unit, FIRST + BITS * level);
    }

    boolean isFiniteOnOneSide() {
        double h = step(0);
        return Double.isFinite(line.at(h)) || Double.isFinite(line.at(-h));
    }

    /** Smaller steps while truncation dominates, larger ones while rounding does, as long as that helps. */
    Stencil best(int start, double magnitude) {
        Stencil best = at(start);
        int direction = best.truncation() > best.rounding() ? -1 : 1;
        int misses = 0;
        for (int level = start + direction; level >= lowest && level <= HIGHEST && misses < 2; level += direction) {
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

    /**
     * A finer level that contradicts a coarser one and agrees with the analytic value, or null: steps that are longer
     * than the waves of the line tell nothing.
     */
    @Nullable
    Stencil finerThan(Stencil coarse, double analytic) {
        for (int level = level(coarse) - 1; level >= lowest; level--) {
            Stencil finer = at(level);
            double size = Math.max(Math.abs(analytic), Math.abs(coarse.value()));
            boolean sharp = finer.isFinite() && finer.error() <= SHARP * size;
            boolean contradicts = Math.abs(finer.value() - coarse.value()) > finer.error() + coarse.error();
            if (sharp && contradicts && Math.abs(finer.value() - analytic) <= finer.error()) {
                return best(level, Math.abs(analytic));
            }
        }
        return null;
    }

    /** Whether the steps are too long to tell anything. */
    boolean isTooLong(Stencil stencil) {
        int level = Math.max(level(stencil), lowest + 1);
        return at(level).isTooLongGiven(at(level - 1));
    }

    private int level(Stencil stencil) {
        return (Math.getExponent(stencil.step() / unit) - FIRST) / BITS;
    }
}
