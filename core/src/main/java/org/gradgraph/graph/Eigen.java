package org.gradgraph.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** The eigenvalues and eigenvectors of a symmetric matrix, and what is done with them where eigenvalues coincide. */
final class Eigen {
    /** Half the digits: closer than this, a quotient of differences is less exact than taking both as equal. */
    private static final double NEAR = 0x1p-26;

    private final DMatrixRMaj values;
    private final DMatrixRMaj vectors;

    private Eigen(DMatrixRMaj values, DMatrixRMaj vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    static Eigen of(DMatrixRMaj a) {
        DMatrixRMaj values = new DMatrixRMaj(a.numRows, 1);
        DMatrixRMaj vectors = new DMatrixRMaj(a.numRows, a.numRows);
        Decompositions.eigen(a, values, vectors);
        return new Eigen(values, vectors);
    }

    /** The error of the eigenvalues that a decomposition computes. */
    private static double rounding(int n, double[] values) {
        return n * 0x1p-50 * largest(n, values);
    }

    private static double largest(int n, double[] numbers) {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(numbers[i]));
        }
        return largest;
    }

    /** For each eigenvalue the number of its group: neighbours that lie together, and whose weights do. */
    static int[] groups(int n, double[] values, double[] weights) {
        return groups(n, values, NEAR * largest(n, values), weights, NEAR * largest(n, weights));
    }

    private static int[] groups(int n, double[] values, double near, double[] weights, double alike) {
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        int[] groups = new int[n];
        for (int k = 1; k < n; k++) {
            int before = order[k - 1];
            int here = order[k];
            boolean together = Math.abs(values[here] - values[before]) <= near
                    && Math.abs(weights[here] - weights[before]) <= alike;
            groups[here] = groups[before] + (together ? 0 : 1);
        }
        return groups;
    }

    /** What {@link SymmetricOps#ROTATIONS} computes. */
    static void rotations(double[] values, DMatrixRMaj r, DMatrixRMaj out) {
        int n = out.numRows;
        double near = rounding(n, values);
        double nothing = rounding(n * n, r.data);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double gap = values[j] - values[i];
                double twist = r.data[i * n + j] - r.data[j * n + i];
                boolean counts = !(Math.max(Math.abs(r.data[i * n + j]), Math.abs(r.data[j * n + i])) <= nothing);
                double ofEqual = i == j || !counts ? 0 : Double.NaN;
                out.data[i * n + j] = Math.abs(gap) <= near ? ofEqual : twist / (2 * gap);
            }
        }
    }

    /** Whether eigenvalues that are equal to their rounding error have different weights. */
    boolean hasTieOfDifferent(DMatrixRMaj weights) {
        int n = values.numRows;
        double near = rounding(n, values.data);
        double[] any = new double[n];
        int[] equal = groups(n, values.data, near, any, 0);
        int[] alike = groups(n, values.data, near, weights.data, NEAR * largest(n, weights.data));
        return !Arrays.equals(equal, alike);
    }

    /** The same with other eigenvectors within each group: those that diagonalise the direction, too. */
    Eigen along(DMatrixRMaj weights, DMatrixRMaj direction) {
        int n = values.numRows;
        int[] groups = groups(n, values.data, weights.data);
        DMatrixRMaj turned = vectors.copy();
        int from = 0;
        for (int to = 1; to <= n; to++) {
            if (to == n || groups[to] != groups[from]) {
                if (to - from > 1) {
                    DMatrixRMaj group = CommonOps_DDRM.extract(vectors, 0, n, from, to);
                    CommonOps_DDRM.insert(diagonalising(group, direction), turned, 0, from);
                }
                from = to;
            }
        }
        return new Eigen(values, turned);
    }

    private static DMatrixRMaj diagonalising(DMatrixRMaj group, DMatrixRMaj direction) {
        DMatrixRMaj moved = new DMatrixRMaj(group.numRows, group.numCols);
        DMatrixRMaj block = new DMatrixRMaj(group.numCols, group.numCols);
        CommonOps_DDRM.mult(direction, group, moved);
        CommonOps_DDRM.multTransA(group, moved, block);
        DMatrixRMaj result = new DMatrixRMaj(group.numRows, group.numCols);
        CommonOps_DDRM.mult(group, of(block).vectors, result);
        return result;
    }

    DMatrixRMaj values() {
        return values;
    }

    /** {@code Vᵀ·M·V} for the symmetric part of M. */
    DMatrixRMaj turned(DMatrixRMaj m) {
        int n = values.numRows;
        DMatrixRMaj moved = new DMatrixRMaj(n, n);
        DMatrixRMaj result = new DMatrixRMaj(n, n);
        CommonOps_DDRM.mult(Decompositions.symmetric(m), vectors, moved);
        CommonOps_DDRM.multTransA(vectors, moved, result);
        return result;
    }

    /** {@code V·M·Vᵀ}. */
    void turnedBack(DMatrixRMaj m, DMatrixRMaj out) {
        DMatrixRMaj moved = new DMatrixRMaj(values.numRows, values.numRows);
        CommonOps_DDRM.mult(vectors, m, moved);
        CommonOps_DDRM.multTransB(moved, vectors, out);
    }

    /** {@code V·diag(weights)·Vᵀ}. */
    void compose(DMatrixRMaj weights, DMatrixRMaj out) {
        int n = values.numRows;
        DMatrixRMaj scaled = vectors.copy();
        for (int k = 0; k < n * n; k++) {
            scaled.data[k] *= weights.data[k % n];
        }
        CommonOps_DDRM.multTransB(scaled, vectors, out);
    }

    /** The diagonal of {@code Vᵀ·M·V} as a column. */
    void diagonal(DMatrixRMaj m, DMatrixRMaj out) {
        int n = values.numRows;
        DMatrixRMaj moved = new DMatrixRMaj(n, n);
        CommonOps_DDRM.mult(m, vectors, moved);
        Arrays.fill(out.data, 0, n, 0);
        for (int k = 0; k < n * n; k++) {
            out.data[k % n] += vectors.data[k] * moved.data[k];
        }
    }
}
