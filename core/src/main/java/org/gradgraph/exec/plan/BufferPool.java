package org.gradgraph.exec.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Arrays that are free to be taken over, by number of elements. */
final class BufferPool {
    private final Map<Integer, Deque<double[]>> free = new HashMap<>();
    private long allocated;

    double[] take(int elements) {
        Deque<double[]> fitting = free.get(elements);
        if (fitting != null && !fitting.isEmpty()) {
            return fitting.pop();
        }
        allocated += elements;
        return new double[elements];
    }

    void giveBack(double[] array) {
        free.computeIfAbsent(array.length, size -> new ArrayDeque<>()).push(array);
    }

    /** How many numbers all arrays together hold. */
    long allocated() {
        return allocated;
    }
}
