package org.gradgraph.vector;

import static org.gradgraph.vector.Lanes.DOUBLES;
import static org.gradgraph.vector.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;

/** Sums of elements, in a fixed order. */
final class Sums {
    private Sums() {}

    /** Two running vectors, added at the end lane by lane, then the rest; the order depends on {@code n} alone. */
    static double sum(double[] x, int from, int n) {
        DoubleVector first = DoubleVector.zero(DOUBLES);
        DoubleVector second = DoubleVector.zero(DOUBLES);
        int i = 0;
        for (; i <= n - 2 * WIDTH; i += 2 * WIDTH) {
            first = first.add(DoubleVector.fromArray(DOUBLES, x, from + i));
            second = second.add(DoubleVector.fromArray(DOUBLES, x, from + i + WIDTH));
        }
        double total = ordered(first.add(second));
        for (; i < n; i++) {
            total += x[from + i];
        }
        return total;
    }

    /** {@code reduceLanes} may add in any order; this one is always the same. */
    static double ordered(DoubleVector vector) {
        double total = vector.lane(0);
        for (int lane = 1; lane < WIDTH; lane++) {
            total += vector.lane(lane);
        }
        return total;
    }

    static void add(double[] x, int from, double[] sum, int to, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector total = DoubleVector.fromArray(DOUBLES, sum, to + i);
            total.add(DoubleVector.fromArray(DOUBLES, x, from + i)).intoArray(sum, to + i);
        }
        for (; i < n; i++) {
            sum[to + i] += x[from + i];
        }
    }
}
