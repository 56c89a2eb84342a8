package org.gradgraph.optim.solve;

/**
 * How small a gradient is, on scales of the problem alone: the size of the cost, and the way each variable has gone.
 *
 * <p>The measure is the largest relative change of the cost that a change of one variable by its own size promises. It
 * is the same in any units of the cost or of the variables.
 *
 * <pre>{@code
 * double measure = new Stationarity(origin, firstCost).of(x, gradient, cost);
 * }</pre>
 */
public final class Stationarity {
    /** Where nothing can be gained any more, below this a point is called a minimum. */
    public static final double SMALL = 1e-6;

    /** Below this there is nothing left that doubles could show. */
    public static final double NEGLIGIBLE = 1e-15;

    private final double[] origin;
    private final double firstCost;

    public Stationarity(double[] origin, double firstCost) {
        this.origin = origin.clone();
        this.firstCost = firstCost;
    }

    public double[] origin() {
        return origin;
    }

    public double firstCost() {
        return firstCost;
    }

    /** The measure; 0 for a gradient of 0, and infinite where there is no scale. */
    public double of(double[] x, double[] gradient, double cost) {
        double largestSize = 0;
        for (int i = 0; i < x.length; i++) {
            largestSize = Math.max(largestSize, size(x, i));
        }
        double scale = Math.max(Math.abs(cost), firstCost - cost);
        double measure = 0;
        for (int i = 0; i < x.length; i++) {
            if (gradient[i] != 0) {
                double size = size(x, i) == 0 ? largestSize : size(x, i);
                double change = Math.abs(gradient[i]) / scale * size;
                measure = Math.max(measure, size == 0 || Double.isNaN(change) ? Double.POSITIVE_INFINITY : change);
            }
        }
        return measure;
    }

    private double size(double[] x, int i) {
        return Math.max(Math.abs(x[i]), Math.abs(x[i] - origin[i]));
    }
}
