package org.gradgraph.spark;

import java.io.Serializable;

/** Consecutive examples as matrices, one for each input of the model. */
final class Block implements Serializable {
    private static final long serialVersionUID = 1;
    private final long number;
    private final int size;
    private final double[][] inputs;

    /**
     * Examples.
     *
     * @param number of the block, from 0 over all examples; of the first example in a part of a block
     * @param size how many examples it has
     * @param inputs the matrices, row by row
     */
    Block(long number, int size, double[][] inputs) {
        this.number = number;
        this.size = size;
        this.inputs = inputs;
    }

    long number() {
        return number;
    }

    int size() {
        return size;
    }

    double[] input(int place) {
        return inputs[place];
    }
}
