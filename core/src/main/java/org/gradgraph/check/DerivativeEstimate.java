package org.gradgraph.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.gradgraph.check.StepSizes.Stencil;

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
record DerivativeEstimate(
        double value, double error, boolean kink, double left, double right, double steepness, boolean resolved) {
    /** The smallest double over the first step, with a margin: below that, slopes are differences of nothing. */
    static final double SMALLEST = 0x1p-1050;

    /** Differences say nothing, for example because the line is not finite around the point. */
    private static final DerivativeEstimate UNKNOWN =
            new DerivativeEstimate(Double.NaN, Double.NaN, false, Double.NaN, Double.NaN, 0, false);

    /**
     * Estimates the derivative.
     *
     * @param line the line
     * @param scale the size of what moves
     * @param analytic the derivative that will be compared
     */
    static DerivativeEstimate of(PerturbedFunction.Line line, double scale, double analytic) {
        DerivativeEstimate first = once(line, scale, analytic);
        if (!first.isKnown() || (!first.kink && first.agreesWith(analytic, first.error))) {
            return first;
        }
        StepSizes steps = new StepSizes(line, scale);
        double noise = steps.measuredNoise();
        if (noise > 0) {
            line.raiseNoise(noise);
            return once(line, scale, analytic);
        }
        return first.agreesWith(analytic, first.error) || !steps.unitsAreTooLong() ? first : first.unresolved();
    }

    private static DerivativeEstimate once(PerturbedFunction.Line line, double scale, double analytic) {
        StepSizes steps = new StepSizes(line, scale);
        int level = 0;
        while (!steps.at(level).isFinite()) {
            if (--level < steps.lowest) {
                return steps.finiteSide() == 0 ? UNKNOWN : edge(steps, steps.finiteSide());
            }
        }
        double steepness = steps.at(level).steepness();
        KinkDetector kinks = new KinkDetector(steps, level);
        if (kinks.isKink) {
            KinkDetector.Side left = kinks.side(Stencil::left);
            KinkDetector.Side right = kinks.side(Stencil::right);
            double error = Math.max(left.error(), right.error());
            double mean = kinks.finest().value();
            boolean decides = Double.isFinite(left.slope()) || Double.isFinite(right.slope());
            return new DerivativeEstimate(mean, error, true, left.slope(), right.slope(), steepness, decides);
        }
        Stencil best = steps.best(kinks.finestLevel(), analytic);
        double error = best.error() + steps.slowTruncation(best) + kinks.unexplained();
        if (Math.abs(best.value() - analytic) <= error) {
            return smooth(best, error, steepness, true);
        }
        Stencil finer = steps.finerThan(best, analytic);
        return finer == null
                ? smooth(best, error, steepness, !steps.isTooLong(best))
                : smooth(finer, finer.error(), steepness, true);
    }

    /** Finite on one side only, as the square root at 0: that side's slope, where it changes least, if it has one. */
    private static DerivativeEstimate edge(StepSizes steps, int side) {
        double before = steps.slopeTo(side, 0);
        double slope = before;
        double error = Double.POSITIVE_INFINITY;
        boolean grows = false;
        for (int level = -1; level >= steps.lowest; level--) {
            double next = steps.slopeTo(side, level);
            grows = Math.abs(next) > KinkDetector.CORNER * Math.abs(before);
            if (Math.abs(next - before) < error) {
                slope = next;
                error = Math.abs(next - before);
            }
            before = next;
        }
        double end = grows ? side * Double.POSITIVE_INFINITY : slope;
        double other = -side * Double.POSITIVE_INFINITY;
        return new DerivativeEstimate(
                Double.NaN, grows ? 0 : error, true, side > 0 ? other : end, side > 0 ? end : other, 0, !grows);
    }

    private DerivativeEstimate unresolved() {
        return new DerivativeEstimate(value, error, kink, left, right, steepness, false);
    }

    /** A derivative that is known without differences. */
    static DerivativeEstimate exactly(double value) {
        return new DerivativeEstimate(value, 0, false, value, value, Math.abs(value), true);
    }

    private static DerivativeEstimate smooth(Stencil best, double error, double steepness, boolean resolved) {
        return new DerivativeEstimate(best.value(), error, false, best.value(), best.value(), steepness, resolved);
    }

    /**
     * Whether a derivative agrees with this estimate; at a kink, anything between both sides does. An infinite slope is no
     * end of an interval: beside it only the finite slope agrees, and a convention of 0 where both are infinite.
     */
    boolean agreesWith(double analytic, double tolerance) {
        if (kink && (Double.isInfinite(left) || Double.isInfinite(right))) {
            boolean neither = Double.isInfinite(left) && Double.isInfinite(right);
            return (neither && analytic == 0)
                    || Math.abs(analytic - left) <= tolerance
                    || Math.abs(analytic - right) <= tolerance;
        }
        if (kink) {
            return analytic >= Math.min(left, right) - tolerance && analytic <= Math.max(left, right) + tolerance;
        }
        return Math.abs(analytic - value) <= Math.max(tolerance, SMALLEST);
    }

    boolean isKnown() {
        return kink || !Double.isNaN(value);
    }

    /**
     * What the two sides of a line do when the step shrinks.
     *
     * <p>The slopes on both sides of a smooth line differ by h². At a corner their difference stays, at a jump it grows
     * by the factor of the steps.
     */
    private static final class KinkDetector {
        /** Curvature divides the difference by 16² or more. */
        private static final double LEAST_GROWTH = 0.7;

        private static final double CORNER = 1.4;
        private static final double STEADY_CORNER = 0.25;

        /** A wave that is shorter than the steps grows as a jump does, but not steadily. */
        private static final double STEADY_JUMP = 0.05;

        private static final int STEADY_FOR = 3;

        /** D(h) − D(2h) beside the derivative; at a jump it is 3/7 of it. */
        private static final double UNSETTLED = 0.25;

        /** The differences from the largest step to the last one that rounding errors do not hide. */
        private final List<Stencil> stencils = new ArrayList<>();

        private final List<Double> growths = new ArrayList<>();
        private final int start;

        /** Whether the line has a corner, a jump or an edge. */
        final boolean isKink;

        KinkDetector(StepSizes steps, int start) {
            this.start = start;
            Stencil last = steps.at(start);
            stencils.add(last);
            for (int level = start - 1; level >= steps.lowest && last.hasJump(); level--) {
                Stencil next = steps.at(level);
                if (!next.isFinite() || next.jumpRounding() > last.jump() / 4) {
                    break;
                }
                growths.add(next.jump() / last.jump());
                stencils.add(next);
                last = next;
            }
            this.isKink = (last.hasJump() && isSteady()) || jumpsAlike(steps);
        }

        /** Whether the line jumps by the same on both sides, as the sign at 0, so that both slopes grow with 1/h. */
        private boolean jumpsAlike(StepSizes steps) {
            List<Stencil> smaller = new ArrayList<>();
            Stencil last = steps.at(start);
            if (last.truncation() < UNSETTLED * Math.abs(last.value())) {
                return false;
            }
            for (int level = start - 1; level >= Math.max(steps.lowest, start - STEADY_FOR); level--) {
                Stencil next = steps.at(level);
                if (!growsAsJump(last.left(), next.left(), next) || !growsAsJump(last.right(), next.right(), next)) {
                    return false;
                }
                smaller.add(next);
                last = next;
            }
            stencils.addAll(smaller);
            return smaller.size() == STEADY_FOR;
        }

        private static boolean growsAsJump(double before, double slope, Stencil at) {
            double growth = slope / before / StepSizes.FACTOR;
            return Math.abs(growth - 1) <= STEADY_JUMP && Math.abs(slope) > at.jumpRounding();
        }

        private boolean isSteady() {
            int n = growths.size();
            if (n == 0) {
                return false;
            }
            double last = growths.get(n - 1);
            if (last <= CORNER) {
                double before = growths.get(Math.max(0, n - 2));
                return last >= LEAST_GROWTH && Math.abs(last - before) <= STEADY_CORNER * before;
            }
            return n >= STEADY_FOR
                    && growths.subList(n - STEADY_FOR, n).stream()
                            .allMatch(growth -> Math.abs(growth - last) <= STEADY_JUMP * last);
        }

        int finestLevel() {
            return start - growths.size();
        }

        Stencil finest() {
            return stencils.get(stencils.size() - 1);
        }

        /** The difference of both sides at the finest level, if it is neither a kink nor gone. */
        double unexplained() {
            return isKink || !finest().hasJump() ? 0 : finest().jump();
        }

        /**
         * The slope to one side.
         *
         * @param slope the slope, or infinite if it grows without end
         * @param error how far it may be off; 0 if infinite
         */
        record Side(double slope, double error) {}

        /** The slope to one side, from the level where it changes least. */
        Side side(ToDoubleFunction<Stencil> slope) {
            double last = slope.applyAsDouble(finest());
            double before = slope.applyAsDouble(stencils.get(stencils.size() - 2));
            if (Math.abs(last) > CORNER * Math.abs(before) && Math.abs(last) > finest().jumpRounding()) {
                return new Side(Math.copySign(Double.POSITIVE_INFINITY, last), 0);
            }
            Side best = new Side(last, Double.POSITIVE_INFINITY);
            for (int i = 0; i + 1 < stencils.size(); i++) {
                double here = slope.applyAsDouble(stencils.get(i));
                double error = Math.abs(here - slope.applyAsDouble(stencils.get(i + 1)))
                        + stencils.get(i).jumpRounding();
                if (error < best.error()) {
                    best = new Side(here, error);
                }
            }
            return best;
        }
    }
}
