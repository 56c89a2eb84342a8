package org.gradgraph.optim.solve;

/**
 * A step length that satisfies the strong Wolfe conditions.
 *
 * <p>Nocedal and Wright, Numerical Optimization (2nd edition), algorithms 3.5 and 3.6, with cubic interpolation (equation
 * 3.59) kept away from the ends of the bracket.
 *
 * <pre>{@code
 * boolean found = new LineSearch(function, box).search(x, direction, cost, slope, 1, longest);
 * }</pre>
 */
public final class LineSearch {
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final int EVALUATIONS = 40;
    private static final double GROWTH = 4;
    private static final double MARGIN = 0.1;

    private final CostFunction function;
    private final Box domain;
    private final double[] point;
    private final double[] gradient;
    private double cost;
    private double shortest;
    private double longest;
    private int tried;
    private int notFinite;
    private double lowest;

    /** A trial: step length, cost, and slope along the direction. */
    private record Trial(double length, double cost, double slope) {}

    public LineSearch(CostFunction function, Box domain) {
        this.function = function;
        this.domain = domain;
        this.point = new double[function.size()];
        this.gradient = new double[function.size()];
    }

    /**
     * Searches along a direction of descent.
     *
     * @param firstLength the first length to try
     * @param mostLength the largest length that is allowed
     * @return whether a step was found; then {@link #point}, {@link #gradient} and {@link #cost} are those after it
     */
    public boolean search(
            double[] from, double[] direction, double cost0, double slope0, double firstLength, double mostLength) {
        forgetTrials();
        Trial start = new Trial(0, cost0, slope0);
        Trial before = start;
        double length = Math.min(firstLength, mostLength);
        for (int k = 0; k < EVALUATIONS; k++) {
            Trial trial = evaluate(from, direction, length);
            if (isWorse(trial, before, start)) {
                return zoom(from, direction, start, before, trial, EVALUATIONS - k);
            }
            if (flatEnough(trial, start)) {
                return true;
            }
            if (trial.slope() >= 0) {
                return zoom(from, direction, start, trial, before, EVALUATIONS - k);
            }
            if (length == mostLength) {
                return true;
            }
            before = trial;
            length = Math.min(mostLength, GROWTH * length);
        }
        return before.cost() < cost0;
    }

    private boolean zoom(double[] from, double[] direction, Trial start, Trial low, Trial high, int evaluations) {
        Trial best = low;
        Trial worst = high;
        for (int k = 0; k < evaluations; k++) {
            Trial trial = evaluate(from, direction, between(best, worst));
            if (isWorse(trial, best, start)) {
                worst = trial;
            } else {
                if (flatEnough(trial, start)) {
                    return true;
                }
                if (trial.slope() * (worst.length() - best.length()) >= 0) {
                    worst = best;
                }
                best = trial;
            }
        }
        if (best.length() > 0 && best.cost() < start.cost()) {
            evaluate(from, direction, best.length());
            return true;
        }
        return false;
    }

    /** Where costs differ by roundings only, an equal cost with a flatter slope is a step forward. */
    private static boolean isWorse(Trial trial, Trial best, Trial start) {
        if (!isFinite(trial) || tooHigh(trial, start) || trial.cost() > best.cost()) {
            return true;
        }
        return trial.cost() == best.cost() && !flatEnough(trial, start);
    }

    private static boolean isFinite(Trial trial) {
        return Double.isFinite(trial.cost()) && Double.isFinite(trial.slope());
    }

    private static boolean tooHigh(Trial trial, Trial start) {
        return trial.cost() > start.cost() + SUFFICIENT_DECREASE * trial.length() * start.slope();
    }

    private static boolean flatEnough(Trial trial, Trial start) {
        return Math.abs(trial.slope()) <= -CURVATURE * start.slope();
    }

    private static double between(Trial a, Trial b) {
        double width = b.length() - a.length();
        if (!isFinite(b)) {
            return a.length() + MARGIN * width;
        }
        double length = a.length() + width / 2;
        if (width != 0) {
            double d1 = a.slope() + b.slope() - 3 * (a.cost() - b.cost()) / (a.length() - b.length());
            double root = Math.sqrt(d1 * d1 - a.slope() * b.slope());
            double d2 = Math.signum(width) * root;
            double cubic = b.length() - width * (b.slope() + d2 - d1) / (b.slope() - a.slope() + 2 * d2);
            double share = (cubic - a.length()) / width;
            if (share >= MARGIN && share <= 1 - MARGIN) {
                length = cubic;
            }
        }
        return length;
    }

    private Trial evaluate(double[] from, double[] direction, double length) {
        for (int i = 0; i < point.length; i++) {
            point[i] = domain.nearest(i, from[i] + length * direction[i]);
        }
        cost = function.evaluate(point, gradient);
        Trial trial = new Trial(length, cost, Vectors.dot(gradient, direction));
        tried++;
        notFinite += isFinite(trial) ? 0 : 1;
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
        lowest = Double.isFinite(cost) ? Math.min(lowest, cost) : lowest;
        return trial;
    }

    private void forgetTrials() {
        tried = 0;
        notFinite = 0;
        shortest = Double.POSITIVE_INFINITY;
        longest = 0;
        lowest = Double.POSITIVE_INFINITY;
    }

    /** What the last search tried, with costs in the units of the user. */
    public String report(double unit) {
        if (tried == 0) {
            return "no direction of descent was found";
        }
        return tried + " step lengths from " + shortest + " to " + longest + " were tried, the lowest cost was "
                + lowest / unit + (notFinite == 0 ? "" : ", and " + notFinite + " costs or slopes were not finite");
    }

    public double[] point() {
        return point;
    }

    public double[] gradient() {
        return gradient;
    }

    public double cost() {
        return cost;
    }
}
