package org.gradgraph.spark;

import java.io.Serializable;

/** Where a pass over the data computes: the values of all leaves without examples, and the weights of the blocks. */
final class PassPoint implements Serializable {
    private static final long serialVersionUID = 1;
    private final double[] point;
    private final double total;
    private final double[] weights;

    PassPoint(double[] point, double total, double[] weights) {
        this.point = point;
        this.total = total;
        this.weights = weights;
    }

    double[] point() {
        return point;
    }

    double total() {
        return total;
    }

    double weight(long block) {
        return weights[Math.toIntExact(block)];
    }
}
