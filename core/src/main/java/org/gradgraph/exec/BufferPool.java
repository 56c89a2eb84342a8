package org.gradgraph.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** Buffers that are free to be taken over, by number of elements. */
final class BufferPool {
    private final Map<Integer, Deque<double[]>> free = new HashMap<>();

    DMatrixRMaj take(int rows, int columns) {
        Deque<double[]> fitting = free.get(rows * columns);
        double[] data = fitting == null || fitting.isEmpty() ? new double[rows * columns] : fitting.pop();
        return DMatrixRMaj.wrap(rows, columns, data);
    }

    void giveBack(DMatrixRMaj buffer) {
        free.computeIfAbsent(buffer.data.length, size -> new ArrayDeque<>()).push(buffer.data);
    }
}
