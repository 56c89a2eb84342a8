package org.gradgraph.graph;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Divided differences of a function at points in increasing order, from its derivatives there.
 *
 * <p>Of equal points they are a derivative. Of different points they are a quotient of differences, or, where that loses
 * more digits, an integral of the derivative by the formula of Hermite and Genocchi: between the outermost points the derivative
 * is taken as the cubic polynomial that has its values and slopes.
 */
final class DividedDifference {
    private static final double UNIT = 0x1p-53;

    /** Values of a function may be off by a few units; further from the quotient, the integral is not trusted. */
    private static final double TRUSTED = 64;

    private final double[] points;
    private final DMatrixRMaj derivatives;

    /**
     * A function.
     *
     * @param derivatives a row for each point and a column for each derivative
     */
    DividedDifference(double[] points, DMatrixRMaj derivatives) {
        this.points = points;
        this.derivatives = derivatives;
    }

    /** A number and how far it may be off. */
    private record Estimate(double value, double error) {
        static Estimate rounded(double value) {
            return new Estimate(value, UNIT * Math.abs(value));
        }
    }

    double of(int[] places) {
        return estimate(places).value;
    }

    private Estimate estimate(int[] places) {
        int order = places.length - 1;
        int low = places[0];
        int high = places[order];
        double gap = points[high] - points[low];
        if (gap == 0) {
            return Estimate.rounded(derivatives.get(low, order) / factorial(order));
        }
        if (order == 0) {
            return Estimate.rounded(derivatives.get(low, 0));
        }
        Estimate above = estimate(Arrays.copyOfRange(places, 1, order + 1));
        Estimate below = estimate(Arrays.copyOf(places, order));
        double value = (above.value - below.value) / gap;
        Estimate quotient = new Estimate(value, (above.error + below.error) / gap + UNIT * Math.abs(value));
        Estimate integral = integral(places, gap);
        boolean isBetter =
                integral.error < quotient.error && Math.abs(integral.value - value) <= TRUSTED * quotient.error;
        return isBetter ? integral : quotient;
    }

    private Estimate integral(int[] places, double gap) {
        int order = places.length - 1;
        double from = derivatives.get(places[0], order);
        double to = derivatives.get(places[order], order);
        double rise = (to - from) / gap;
        double first = derivatives.get(places[0], order + 1);
        double last = derivatives.get(places[order], order + 1);
        double[] cubic = {from, first, (3 * rise - 2 * first - last) / gap, (first + last - 2 * rise) / (gap * gap)};
        double[] means = means(places);
        double value = 0;
        for (int k = 0; k < cubic.length; k++) {
            value += cubic[k] * means[k];
        }
        double straight = from * means[0] + rise * means[1];
        double bend = Math.abs(value - straight);
        double rounding = UNIT * (Math.abs(from) + Math.abs(to)) * means[0];
        return new Estimate(value, rounding + (bend <= rounding ? 0 : bend * bend / Math.abs(value)));
    }

    /** The integrals of 1, u, u² and u³ for u above the first point: {@code m!/(m + order)!} times symmetric polynomials. */
    private double[] means(int[] places) {
        int order = places.length - 1;
        double[] symmetric = {1, 0, 0, 0};
        for (int place : places) {
            for (int m = 1; m < symmetric.length; m++) {
                symmetric[m] += (points[place] - points[places[0]]) * symmetric[m - 1];
            }
        }
        for (int m = 0; m < symmetric.length; m++) {
            symmetric[m] *= factorial(m) / factorial(m + order);
        }
        return symmetric;
    }

    private static double factorial(int n) {
        double product = 1;
        for (int k = 2; k <= n; k++) {
            product *= k;
        }
        return product;
    }
}
