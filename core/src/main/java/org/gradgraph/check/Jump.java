package org.gradgraph.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the two sides of a line do when the step shrinks.
 *
 * <p>The slopes on both sides of a smooth line differ by h². At a corner their difference stays, at a jump it grows by
 * the factor of the steps.
 *
 * @param levels the levels looked at, with their differences, the largest step first
 * @param finest the last level
 * @param isKink whether the line has a corner, a jump or an edge
 * @param unexplained the difference at the last level, if it is neither a kink nor gone
 */
record Jump(List<Stencil> levels, int finest, boolean isKink, double unexplained) {
    /** Curvature divides the difference by 16² or more. */
    private static final double LEAST_GROWTH = 0.7;

    private static final double CORNER = 1.4;
    private static final double STEADY_CORNER = 0.25;

    /** A wave that is shorter than the steps grows as a jump does, but not steadily. */
    private static final double STEADY_JUMP = 0.05;

    private static final int STEADY_FOR = 3;

    /**
     * The slope to one side.
     *
     * @param slope the slope, or infinite if it grows without end
     * @param error how far it may be off; 0 if infinite
     */
    record Side(double slope, double error) {}

    static Jump of(Ladder ladder, int start) {
        List<Stencil> levels = new ArrayList<>(List.of(ladder.at(start)));
        List<Double> growths = new ArrayList<>();
        if (!ladder.at(start).hasJump()) {
            return new Jump(levels, start, false, 0);
        }
        for (int level = start - 1; level >= ladder.lowest; level--) {
            Stencil last = levels.get(levels.size() - 1);
            Stencil next = ladder.at(level);
            if (!next.isFinite() || next.jumpRounding() > last.jump() / 4) {
                break;
            }
            levels.add(next);
            if (!next.hasJump()) {
                return new Jump(levels, level, false, 0);
            }
            growths.add(next.jump() / last.jump());
        }
        int finest = start - growths.size();
        boolean kink = isSteady(growths);
        return new Jump(levels, finest, kink, kink ? 0 : ladder.at(finest).jump());
    }

    private static boolean isSteady(List<Double> growths) {
        if (growths.isEmpty()) {
            return false;
        }
        double last = growths.get(growths.size() - 1);
        if (last <= CORNER) {
            double before = growths.get(Math.max(0, growths.size() - 2));
            return last >= LEAST_GROWTH && Math.abs(last - before) <= STEADY_CORNER * before;
        }
        return growths.size() >= STEADY_FOR
                && growths.subList(growths.size() - STEADY_FOR, growths.size()).stream()
                        .allMatch(growth -> Math.abs(growth - last) <= STEADY_JUMP * last);
    }

    /** The slope to one side, from the level where it changes least. */
    Side side(ToDoubleFunction<Stencil> slope) {
        Stencil last = levels.get(levels.size() - 1);
        double finestSlope = slope.applyAsDouble(last);
        double before = slope.applyAsDouble(levels.get(levels.size() - 2));
        if (Math.abs(finestSlope) > CORNER * Math.abs(before) && Math.abs(finestSlope) > last.jumpRounding()) {
            return new Side(Math.copySign(Double.POSITIVE_INFINITY, finestSlope), 0);
        }
        Side best = new Side(finestSlope, Double.POSITIVE_INFINITY);
        for (int i = 0; i + 1 < levels.size(); i++) {
            double here = slope.applyAsDouble(levels.get(i));
            double error = Math.abs(here - slope.applyAsDouble(levels.get(i + 1)))
                    + levels.get(i).jumpRounding();
            if (error < best.error()) {
                best = new Side(here, error);
            }
        }
        return best;
    }
}
