package org.gradgraph.optim.solve;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on each element of an array.
 *
 * <pre>{@code
 * Box box = Box.of(parameters, values, lower, upper);
 * box.moveInside(x);
 * }</pre>
 */
public final class Box {
    private final double[] lower;
    private final double[] upper;

    private Box(double[] lower, double[] upper) {
        this.lower = lower;
        this.upper = upper;
    }

    public static Box everything(int size) {
        double[] lower = new double[size];
        double[] upper = new double[size];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        return new Box(lower, upper);
    }

    /** The bounds of some parameters; what is not named is not bounded. */
    public static Box of(List<Node> parameters, List<DMatrixRMaj> values, Feeds lower, Feeds upper) {
        int size = values.stream().mapToInt(DMatrixRMaj::getNumElements).sum();
        Box box = everything(size);
        requireKnown(parameters, lower);
        requireKnown(parameters, upper);
        int at = 0;
        for (int i = 0; i < parameters.size(); i++) {
            DMatrixRMaj value = values.get(i);
            fill(parameters.get(i), value, lower.asMap().get(parameters.get(i)), box.lower, at);
            fill(parameters.get(i), value, upper.asMap().get(parameters.get(i)), box.upper, at);
            for (int k = at; k < at + value.getNumElements(); k++) {
                if (!(box.lower[k] <= box.upper[k])) {
                    throw new IllegalArgumentException("lbfgsB: the lower bound of "
                            + parameters.get(i).describe() + ", " + box.lower[k] + ", is not below the upper one, "
                            + box.upper[k] + "; give bounds with lower ≤ upper");
                }
            }
            at += value.getNumElements();
        }
        return box;
    }

    private static void requireKnown(List<Node> parameters, Feeds bounds) {
        for (Node node : bounds.asMap().keySet()) {
            if (!parameters.contains(node)) {
                throw new IllegalArgumentException("lbfgsB: " + node.describe() + ", made at " + node.source()
                        + ", has a bound and is not trained; give bounds for parameters only");
            }
        }
    }

    private static void fill(Node node, DMatrixRMaj value, @Nullable DMatrixRMaj bound, double[] bounds, int at) {
        if (bound == null) {
            return;
        }
        if (bound.numRows != value.numRows || bound.numCols != value.numCols) {
            throw new IllegalArgumentException("lbfgsB: the bound of " + node.describe() + " is " + bound.numRows + "×"
                    + bound.numCols + ", its value is " + value.numRows + "×" + value.numCols
                    + "; give one bound for each element");
        }
        System.arraycopy(bound.data, 0, bounds, at, value.getNumElements());
    }

    public double lower(int i) {
        return lower[i];
    }

    public double upper(int i) {
        return upper[i];
    }

    public double nearest(int i, double value) {
        return value < lower[i] ? lower[i] : value > upper[i] ? upper[i] : value;
    }

    public void moveInside(double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = nearest(i, x[i]);
        }
    }

    /** Whether a whole step stays inside. */
    public boolean allows(double[] x, double[] step) {
        for (int i = 0; i < x.length; i++) {
            if (!(x[i] + step[i] >= lower[i] && x[i] + step[i] <= upper[i])) {
                return false;
            }
        }
        return true;
    }

    /** How far one may go along a direction. */
    public double longest(double[] x, double[] direction) {
        double longest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            if (direction[i] > 0) {
                longest = Math.min(longest, (upper[i] - x[i]) / direction[i]);
            } else if (direction[i] < 0) {
                longest = Math.min(longest, (lower[i] - x[i]) / direction[i]);
            }
        }
        return longest;
    }

    /** The gradient without what leads out of the box. */
    public double[] projected(double[] x, double[] gradient) {
        double[] projected = gradient.clone();
        for (int i = 0; i < x.length; i++) {
            if ((x[i] <= lower[i] && gradient[i] > 0) || (x[i] >= upper[i] && gradient[i] < 0)) {
                projected[i] = 0;
            }
        }
        return projected;
    }
}
