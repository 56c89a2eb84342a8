package org.gradgraph.train;

import java.util.Arrays;

/** The costs so far; its memory doubles now and then, so that most steps allocate nothing. */
final class CostLog {
    private double[] costs = new double[1024];
    private int size;

    void add(double cost) {
        if (size == costs.length) {
            costs = Arrays.copyOf(costs, 2 * size);
        }
        costs[size++] = cost;
    }

    int size() {
        return size;
    }

    double[] toArray() {
        return Arrays.copyOf(costs, size);
    }
}
