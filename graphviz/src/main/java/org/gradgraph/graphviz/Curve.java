package org.gradgraph.graphviz;

/** A named line through points; its arrays are not shared. */
final class Curve {
    private final String name;
    private final double[] x;
    private final double[] y;

    Curve(String name, double[] x, double[] y) {
        this.name = name;
        this.x = x;
        this.y = y;
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
}
