package org.gradgraph.vector;

import static org.gradgraph.vector.Lanes.DOUBLES;
import static org.gradgraph.vector.Lanes.WIDTH;

import jdk.incubator.vector.DoubleVector;
import org.gradgraph.exec.kernel.MatrixProduct;

/**
 * A matrix times the transpose of another, one of which has few rows: a dot product for each two rows.
 *
 * <p>One row at a time: the processor fetches ahead best what is read as it lies in memory.
 */
final class RowDots implements MatrixProduct {
    private static final int STRIP = 4;

    private final int many;
    private final int few;
    private final int inner;
    private final boolean manyAreRight;

    /** Running sums end up here: a vector that is passed on to another method may end up on the heap. */
    private final double[] lanes = new double[WIDTH];

    RowDots(int rows, int columns, int inner) {
        this.manyAreRight = columns > rows;
        this.many = Math.max(rows, columns);
        this.few = Math.min(rows, columns);
        this.inner = inner;
    }

    @Override
    public String name() {
        return Lanes.NAME;
    }

    @Override
    public int strips() {
        return -Math.floorDiv(-many, STRIP);
    }

    @Override
    public void run(double[] a, double[] b, double[] c, int from, int to) {
        double[] matrix = manyAreRight ? b : a;
        double[] other = manyAreRight ? a : b;
        int end = Math.min(many, to * STRIP);
        for (int i = from * STRIP; i < end; i++) {
            for (int j = 0; j < few; j++) {
                c[manyAreRight ? j * many + i : i * few + j] = dot(matrix, i * inner, other, j * inner);
            }
        }
    }

    private double dot(double[] matrix, int at, double[] x, int from) {
        DoubleVector even = DoubleVector.zero(DOUBLES);
        DoubleVector odd = even;
        int k = 0;
        for (; k <= inner - 2 * WIDTH; k += 2 * WIDTH) {
            DoubleVector x0 = DoubleVector.fromArray(DOUBLES, x, from + k);
            even = x0.fma(DoubleVector.fromArray(DOUBLES, matrix, at + k), even);
            DoubleVector x1 = DoubleVector.fromArray(DOUBLES, x, from + k + WIDTH);
            odd = x1.fma(DoubleVector.fromArray(DOUBLES, matrix, at + k + WIDTH), odd);
        }
        for (; k <= inner - WIDTH; k += WIDTH) {
            DoubleVector x0 = DoubleVector.fromArray(DOUBLES, x, from + k);
            even = x0.fma(DoubleVector.fromArray(DOUBLES, matrix, at + k), even);
        }
        even.add(odd).intoArray(lanes, 0);
        return withRest(matrix, at, x, from, k);
    }

    /** Lane by lane: {@code reduceLanes} may add in any order. */
    private double withRest(double[] matrix, int at, double[] x, int from, int start) {
        double total = lanes[0];
        for (int i = 1; i < WIDTH; i++) {
            total += lanes[i];
        }
        for (int k = start; k < inner; k++) {
            total += matrix[at + k] * x[from + k];
        }
        return total;
    }
}
