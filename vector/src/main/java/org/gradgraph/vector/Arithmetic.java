package org.gradgraph.vector;

import static org.gradgraph.vector.Lanes.DOUBLES;
import static org.gradgraph.vector.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The four operations, comparison, choice and the sum.
 *
 * <p>Each does as many elements as fill whole vectors, and returns how many; the portable loops give the rest the same
 * bits.
 */
final class Arithmetic {
    private Arithmetic() {}

    static int add(double[] a, int ai, double[] b, int bi, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector av = DoubleVector.fromArray(DOUBLES, a, ai + i);
            DoubleVector bv = DoubleVector.fromArray(DOUBLES, b, bi + i);
            av.add(bv).intoArray(out, oi + i);
        }
        return i;
    }

    static int subtract(double[] a, int ai, double[] b, int bi, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector av = DoubleVector.fromArray(DOUBLES, a, ai + i);
            DoubleVector bv = DoubleVector.fromArray(DOUBLES, b, bi + i);
            av.sub(bv).intoArray(out, oi + i);
        }
        return i;
    }

    static int multiply(double[] a, int ai, double[] b, int bi, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector av = DoubleVector.fromArray(DOUBLES, a, ai + i);
            DoubleVector bv = DoubleVector.fromArray(DOUBLES, b, bi + i);
            av.mul(bv).intoArray(out, oi + i);
        }
        return i;
    }

    static int divide(double[] a, int ai, double[] b, int bi, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector av = DoubleVector.fromArray(DOUBLES, a, ai + i);
            DoubleVector bv = DoubleVector.fromArray(DOUBLES, b, bi + i);
            av.div(bv).intoArray(out, oi + i);
        }
        return i;
    }

    static int fma(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector av = DoubleVector.fromArray(DOUBLES, a, ai + i);
            DoubleVector bv = DoubleVector.fromArray(DOUBLES, b, bi + i);
            DoubleVector cv = DoubleVector.fromArray(DOUBLES, c, ci + i);
            av.fma(bv, cv).intoArray(out, oi + i);
        }
        return i;
    }

    static int abs(double[] a, int ai, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector av = DoubleVector.fromArray(DOUBLES, a, ai + i);
            av.lanewise(VectorOperators.ABS).intoArray(out, oi + i);
        }
        return i;
    }

    static int negate(double[] a, int ai, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector av = DoubleVector.fromArray(DOUBLES, a, ai + i);
            av.lanewise(VectorOperators.NEG).intoArray(out, oi + i);
        }
        return i;
    }

    static int sqrt(double[] a, int ai, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector av = DoubleVector.fromArray(DOUBLES, a, ai + i);
            av.lanewise(VectorOperators.SQRT).intoArray(out, oi + i);
        }
        return i;
    }

    static int less(double[] a, int ai, double[] b, int bi, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector av = DoubleVector.fromArray(DOUBLES, a, ai + i);
            DoubleVector bv = DoubleVector.fromArray(DOUBLES, b, bi + i);
            DoubleVector.zero(DOUBLES)
                    .blend(1, av.compare(VectorOperators.LT, bv))
                    .intoArray(out, oi + i);
        }
        return i;
    }

    static int select(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector av = DoubleVector.fromArray(DOUBLES, a, ai + i);
            DoubleVector bv = DoubleVector.fromArray(DOUBLES, b, bi + i);
            DoubleVector cv = DoubleVector.fromArray(DOUBLES, c, ci + i);
            cv.blend(bv, av.compare(VectorOperators.NE, 0)).intoArray(out, oi + i);
        }
        return i;
    }

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
}
