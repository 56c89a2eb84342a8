package org.gradgraph.train;

/**
 * An objective in units in which squares of its gradient neither overflow nor vanish.
 *
 * <p>The unit is a power of two, so it changes no bit of a direction.
 */
final class CostFunction {
    private final Objective objective;
    private double unit = 1;
    private int evaluations;

    CostFunction(Objective objective) {
        this.objective = objective;
    }

    /** Chooses the unit in which the largest entry of a gradient is between 1 and 2. */
    void chooseUnit(double[] gradient) {
        double largest = Vectors.largest(gradient);
        unit = largest == 0 ? 1 : Math.scalb(1.0, Math.max(-1000, Math.min(1000, -Math.getExponent(largest))));
    }

    double unit() {
        return unit;
    }

    void unit(double known) {
        this.unit = known;
    }

    int size() {
        return objective.size();
    }

    int evaluations() {
        return evaluations;
    }

    /** The cost at a point, and its gradient there, both in units. */
    double evaluate(double[] x, double[] gradient) {
        evaluations++;
        double cost = objective.valueAndGradient(x, gradient);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= unit;
        }
        return cost * unit;
    }
}
