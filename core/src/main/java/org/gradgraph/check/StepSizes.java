package org.gradgraph.check;

import org.jspecify.annotations.Nullable;

/** The differences of one line at all step sizes, each computed once; a level is a step 16 times larger. */
final class StepSizes {
    /** Reaches the smallest double, so that an entry of any size has steps that are small beside it. */
    private static final int LOWEST = -264;

    /** An entry that is 0 has no size; there the steps end at 2⁻⁶⁵. */
    private static final int LOWEST_AT_ZERO = -12;

    /** The unit of the place of 0, with a margin. */
    private static final double NO_SIZE = 0x1p-1060;

    private static final int HIGHEST = 3;

    /** Near the cube root of the unit of rounding, 2⁻⁵³, where h² and the rounding error over h balance. */
    private static final int FIRST = -17;

    private static final int BITS = 4;

    /** How much larger the step of the next level is. */
    static final double FACTOR = 1 << BITS;

    /** Sharp enough to stop, relative to the derivative. */
    private static final double GOAL = 1e-7;

    /** How sharp a finer step must be to be believed in place of a coarser one. */
    private static final double SHARP = 0.05;

    /** Steps of so many units of the place; smaller ones are rounded to other steps. */
    private static final double UNITS = 8;

    /** For a power of 1/7; what converges slower is a corner. */
    private static final double SLOWEST = 10;

    /** What a unit of the place does, beside what a large step moves. */
    private static final double SMALL = 0x1p-8;

    private final PerturbedFunction.Line line;
    private final double unit;

    /** The smallest step, as a level. */
    final int lowest;

    private final @Nullable Stencil[] levels = new Stencil[HIGHEST - LOWEST + 1];

    /**
     * The steps for one line.
     *
     * @param line the line
     * @param scale the size of what moves; rounded to a power of two, so that steps and quotients by steps are exact
     */
    StepSizes(PerturbedFunction.Line line, double scale) {
        this.line = line;
        this.unit = Math.scalb(1.0, Math.getExponent(scale));
        int level = line.resolution() < NO_SIZE ? LOWEST_AT_ZERO : LOWEST;
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

    /** 1 or −1 if the line is finite on that side alone, or 0. */
    int finiteSide() {
        boolean up = Double.isFinite(line.at(step(0)));
        boolean down = Double.isFinite(line.at(-step(0)));
        return up == down ? 0 : up ? 1 : -1;
    }

    /** The slope to one side, of second order. */
    double slopeTo(int side, int level) {
        double h = side * step(level);
        return (4 * line.at(h) - line.at(2 * h)) / (2 * h);
    }

    /** The noise of a line that is rounded to fewer digits than doubles have, or 0. */
    double measuredNoise() {
        return MeasuredNoise.of(line, unit, reach());
    }

    /** Whether one unit of the place moves the line by a sizeable part of all that it ever moves. */
    boolean unitsAreTooLong() {
        double largest = 0;
        double before = 0;
        for (int k = 1; k <= 4; k++) {
            double next = line.at(k * line.resolution());
            largest = Math.max(largest, Math.abs(next - before));
            before = next;
        }
        return largest > SMALL * reach();
    }

    /** How far the largest steps move the line. */
    private double reach() {
        double reach = 0;
        for (int level = HIGHEST - 3; level <= HIGHEST; level++) {
            reach = Math.max(reach, Math.max(movement(step(level)), movement(-step(level))));
        }
        return reach;
    }

    /** How far the line moves, if it is finite there. */
    private double movement(double t) {
        double movement = Math.abs(line.at(t));
        return Double.isFinite(movement) ? movement : 0;
    }

    /** Smaller steps while truncation dominates, larger ones while rounding does, as long as that helps. */
    Stencil best(int start, double analytic) {
        Stencil best = at(start);
        int direction = best.truncation() > best.rounding() ? -1 : 1;
        int misses = 0;
        for (int level = start + direction; level >= lowest && level <= HIGHEST && misses < 2; level += direction) {
            if (best.error() <= GOAL * Math.max(Math.abs(analytic), Math.abs(best.value()))) {
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
     * than the waves of the line say nothing.
     */
    @Nullable
    Stencil finerThan(Stencil coarse, double analytic) {
        for (int level = level(coarse) - 1; level >= lowest; level--) {
            Stencil finer = at(level);
            double size = Math.max(Math.abs(analytic), Math.abs(coarse.value()));
            boolean sharp = finer.isFinite() && finer.error() <= SHARP * size;
            boolean contradicts = Math.abs(finer.value() - coarse.value()) > finer.error() + coarse.error();
            if (sharp && contradicts && Math.abs(finer.value() - analytic) <= finer.error()) {
                return best(level, analytic);
            }
        }
        return null;
    }

    /** Whether a step sixteen times smaller moves the line as far, so that this one is longer than its waves. */
    boolean isTooLong(Stencil stencil) {
        int level = Math.max(level(stencil), lowest + 1);
        Stencil smaller = at(level - 1);
        return smaller.steepness() > Stencil.WAVE * at(level).steepness()
                && smaller.steepness() > smaller.jumpRounding() / Stencil.MARGIN;
    }

    /**
     * What a line of slow convergence adds to the truncation error, as {@code x·√|x|} at 0: where it goes with a power
     * {@code p < 1} of the step, it is {@code 1/(2ᵖ − 1)} times the difference of two steps.
     */
    double slowTruncation(Stencil best) {
        int level = level(best);
        if (best.truncation() <= best.rounding() || level == HIGHEST) {
            return 0;
        }
        double shrinks = at(level + 1).truncation() / best.truncation();
        double power = StrictMath.pow(shrinks, 1.0 / BITS);
        return power < 2 ? best.truncation() * Math.min(SLOWEST, 1 / (power - 1)) : 0;
    }

    private int level(Stencil stencil) {
        return (Math.getExponent(stencil.step() / unit) - FIRST) / BITS;
    }

    /**
     * Differences of a line at the steps {@code ±h} and {@code ±2h}.
     *
     * @param step the step {@code h}
     * @param value the derivative, extrapolated: {@code (4·D(h) − D(2h))/3}
     * @param truncation {@code |D(h) − D(2h)|}, three times the truncation error of {@code D(h)}
     * @param rounding what rounding errors of the line can do to {@code value}, with a margin
     * @param left the slope to the left, of second order
     * @param right the slope to the right, of second order
     * @param jumpRounding what rounding errors can do to {@code right − left}, with a margin
     * @param steepness the larger of the two movements, over the step
     */
    record Stencil(
            double step,
            double value,
            double truncation,
            double rounding,
            double left,
            double right,
            double jumpRounding,
            double steepness) {
        /** Standard deviations between a true rounding error and the limit. */
        private static final double MARGIN = 10;

        /** How much steeper the line may be for a step that is 16 times smaller. */
        private static final double WAVE = 4;

        /** (4/3)/√2 for D(h) and (1/3)/(2√2) for D(2h), rounded up. */
        private static final double OF_VALUE = 1;

        /** √(16+16+1+1)/2 for the four values and 3 for the one in the middle, rounded up. */
        private static final double OF_JUMP = 5;

        /** The fourth difference of independent errors has √70 times their standard deviation. */
        private static final double FOURTH = Math.sqrt(70);

        static Stencil of(PerturbedFunction.Line line, double h) {
            double up = line.at(h);
            double down = line.at(-h);
            double up2 = line.at(2 * h);
            double down2 = line.at(-2 * h);
            double near = (up - down) / (2 * h);
            double far = (up2 - down2) / (4 * h);
            double largest = Math.max(Math.max(Math.abs(up), Math.abs(down)), Math.max(Math.abs(up2), Math.abs(down2)));
            double smallest = largest > 0 ? Double.MIN_VALUE : 0;
            double model = line.noise() + RoundingError.UNIT * largest + smallest;
            double measured = Math.abs(up2 - 4 * up - 4 * down + down2) / FOURTH;
            return new Stencil(
                    h,
                    near + (near - far) / 3,
                    Math.abs(near - far),
                    MARGIN * OF_VALUE * Math.max(model, measured) / h,
                    (down2 - 4 * down) / (2 * h),
                    (4 * up - up2) / (2 * h),
                    MARGIN * OF_JUMP * model / h,
                    Math.max(Math.abs(up), Math.abs(down)) / h);
        }

        double error() {
            return truncation + rounding;
        }

        boolean isFinite() {
            return Double.isFinite(value) && Double.isFinite(truncation);
        }

        /** Whether a larger step agrees with a smaller one: no corner in between, and no agreement by chance. */
        boolean continues(Stencil smaller) {
            return (!hasJump() || smaller.hasJump()) && Math.abs(value - smaller.value) <= error() + smaller.error();
        }

        /** How far the slopes on both sides differ. */
        double jump() {
            return Math.abs(right - left);
        }

        /** Whether the jump is larger than rounding errors explain. */
        boolean hasJump() {
            return jump() > jumpRounding;
        }
    }
}
