package org.gradgraph.train;

/**
 * A step length that satisfies the strong Wolfe conditions.
 *
 * <p>Nocedal and Wright, Numerical Optimization (2nd edition), algorithms 3.5 and 3.6, with cubic interpolation (equation
 * 3.59) kept away from the ends of the bracket.
 */
final class LineSearch {
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final int EVALUATIONS = 25;
    private static final double GROWTH = 2;
    private static final double MARGIN = 0.1;

    private final CostFunction function;
    private final double[] point;
    private final double[] gradient;
    private double cost;

    /** A trial: step length, cost, and slope along the direction. */
    private record Trial(double length, double cost, double slope) {}

    LineSearch(CostFunction function) {
        this.function = function;
        this.point = new double[function.size()];
        this.gradient = new double[function.size()];
    }

    /**
     * Searches along a direction of descent.
     *
     * @return whether a step was found; then {@link #point}, {@link #gradient} and {@link #cost} are those after it
     */
    boolean search(double[] from, double[] direction, double cost0, double slope0, double firstLength) {
        Trial start = new Trial(0, cost0, slope0);
        Trial before = start;
        double length = firstLength;
        for (int k = 0; k < EVALUATIONS; k++) {
            Trial trial = evaluate(from, direction, length);
            if (!Double.isFinite(trial.cost())) {
                return zoom(from, direction, start, before, trial, EVALUATIONS - k);
            }
            if (tooHigh(trial, start) || (k > 0 && trial.cost() >= before.cost())) {
                return zoom(from, direction, start, before, trial, EVALUATIONS - k);
            }
            if (flatEnough(trial, start)) {
                return true;
            }
            if (trial.slope() >= 0) {
                return zoom(from, direction, start, trial, before, EVALUATIONS - k);
            }
            before = trial;
            length *= GROWTH;
        }
        return before.cost() < cost0;
    }

    private boolean zoom(double[] from, double[] direction, Trial start, Trial low, Trial high, int evaluations) {
        Trial best = low;
        Trial worst = high;
        for (int k = 0; k < evaluations; k++) {
            Trial trial = evaluate(from, direction, between(best, worst));
            if (!Double.isFinite(trial.cost()) || tooHigh(trial, start) || trial.cost() >= best.cost()) {
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

    private static boolean tooHigh(Trial trial, Trial start) {
        return trial.cost() > start.cost() + SUFFICIENT_DECREASE * trial.length() * start.slope();
    }

    private static boolean flatEnough(Trial trial, Trial start) {
        return Math.abs(trial.slope()) <= -CURVATURE * start.slope();
    }

    private static double between(Trial a, Trial b) {
        double width = b.length() - a.length();
        double length = a.length() + width / 2;
        if (Double.isFinite(b.cost()) && Double.isFinite(b.slope())) {
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
            point[i] = from[i] + length * direction[i];
        }
        cost = function.evaluate(point, gradient);
        return new Trial(length, cost, Vectors.dot(gradient, direction));
    }

    double[] point() {
        return point;
    }

    double[] gradient() {
        return gradient;
    }

    double cost() {
        return cost;
    }
}
