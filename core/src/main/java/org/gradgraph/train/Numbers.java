package org.gradgraph.train;

import java.util.Arrays;

/** Numbers that come one by one; its memory doubles now and then, so that most steps allocate nothing. */
final class Numbers {
    private double[] numbers = new double[64];
    private int size;

    void add(double number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    double last() {
        return numbers[size - 1];
    }

    double[] toArray() {
        return Arrays.copyOf(numbers, size);
    }
}
