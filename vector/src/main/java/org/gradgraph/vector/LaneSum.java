package org.gradgraph.vector;

import static org.gradgraph.vector.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;

/** The sum of the elements of one vector. */
final class LaneSum {
    private LaneSum() {}

    /** {@code reduceLanes} may add in any order; this one is always the same. */
    static double of(DoubleVector vector) {
        double total = vector.lane(0);
        for (int lane = 1; lane < WIDTH; lane++) {
            total += vector.lane(lane);
        }
        return total;
    }
}
