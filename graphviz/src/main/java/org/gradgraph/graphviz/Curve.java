package org.gradgraph.graphviz;

import java.util.Arrays;

/** A named line through points; its arrays are not shared. */
final class Curve {
    private final String name;
    private final double[] x;
    private final double[] y;
    private final boolean dots;

    Curve(String name, double[] x, double[] y, boolean dots) {
        this.name = name;
        this.x = x;
        this.y = y;
        this.dots = dots;
    }

    String name() {
        return name;
    }

    double[] x() {
        return x;
    }

    double[] y() {
        return y;
    }

    /** Whether each point is a dot. */
    boolean dots() {
        return dots;
    }

    /** The running mean of the values that can be drawn; the others stay as they are. */
    Curve smoothed(double weight, Scale scale) {
        double[] means = Arrays.copyOf(y, y.length);
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < y.length; i++) {
            if (scale.canDraw(y[i])) {
                sum = weight * sum + (1 - weight) * y[i];
                weights = weight * weights + (1 - weight);
                means[i] = sum / weights;
            }
        }
        return new Curve(name, x, means, dots);
    }
}
