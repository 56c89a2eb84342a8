package org.gradgraph.graph;

import org.ejml.data.DMatrixRMaj;

/**
 * Where the elements lie that are reduced together: the whole matrix, a row or a column.
 *
 * @param count how many results there are
 * @param length how many elements make one result
 * @param step how far the first elements of two neighbouring lanes are apart
 * @param stride how far two neighbouring elements of a lane are apart
 */
record Lanes(int count, int length, int step, int stride) {
    static Lanes of(DMatrixRMaj x, Over over) {
        return switch (over) {
            case ALL -> new Lanes(1, x.getNumElements(), 0, 1);
            case EACH_ROW -> new Lanes(x.numRows, x.numCols, x.numCols, 1);
            case EACH_COLUMN -> new Lanes(x.numCols, x.numRows, 1, x.numCols);
        };
    }

    /** The place of the first element of a lane. */
    int start(int lane) {
        return lane * step;
    }

    /** The place after the last element of a lane. */
    int end(int lane) {
        return start(lane) + length * stride;
    }

    /** The largest element; NaN if one is NaN. */
    double max(double[] data, int lane) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = start(lane); i < end(lane); i += stride) {
            max = Math.max(max, data[i]);
        }
        return max;
    }
}
