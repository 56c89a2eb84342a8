package org.gradgraph.optim.solve;

/**
 * A cost in units in which squares of its gradient neither overflow nor vanish.
 *
 * <p>The unit is a power of two, so it changes no bit of a direction.
 *
 * <pre>{@code
 * double cost = new CostFunction(n, objective::valueAndGradient).evaluate(x, gradient);
 * }</pre>
 */
public final class CostFunction {
    private final int size;
    private final Evaluation evaluation;
    private double unit = 1;

    /** Cost and gradient at a point. */
    @FunctionalInterface
    public interface Evaluation {
        /** The cost; the gradient is written to the second array. */
        double valueAndGradient(double[] x, double[] gradient);
    }

    public CostFunction(int size, Evaluation evaluation) {
        this.size = size;
        this.evaluation = evaluation;
    }

    /** Chooses the unit in which the largest entry of a gradient is between 1 and 2. */
    public void chooseUnit(double[] gradient) {
        double largest = Vectors.largest(gradient);
        unit = largest == 0 ? 1 : Math.scalb(1.0, Math.max(-1000, Math.min(1000, -Math.getExponent(largest))));
    }

    public double unit() {
        return unit;
    }

    public void unit(double known) {
        this.unit = known;
    }

    public int size() {
        return size;
    }

    /** The cost at a point, and its gradient there, both in units. */
    public double evaluate(double[] x, double[] gradient) {
        double cost = evaluation.valueAndGradient(x, gradient);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= unit;
        }
        return cost * unit;
    }
}
