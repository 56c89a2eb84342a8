package org.gradgraph.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.UtilEjml;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.linsol.lu.LinearSolverLu_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * The decompositions of EJML as kernels that never throw: what is not defined is NaN.
 *
 * <p>A matrix that is not finite gives NaN everywhere: the iterative ones (singular values, eigenvalues) might not end, and
 * the others would hide an infinity by dividing by it.
 */
final class Decompositions {
    private Decompositions() {}

    static void solve(DMatrixRMaj a, boolean transposed, DMatrixRMaj b, DMatrixRMaj out) {
        DMatrixRMaj matrix = transposed ? CommonOps_DDRM.transpose(a, null) : a;
        LUDecompositionAlt_DDRM lu = new LUDecompositionAlt_DDRM();
        LinearSolverLu_DDRM solver = new LinearSolverLu_DDRM(lu);
        if (isFinite(a) && solver.setA(matrix) && !hasZeroPivot(lu)) {
            solver.solve(b, out);
        } else {
            fill(out, Double.NaN);
        }
    }

    private static boolean hasZeroPivot(LUDecompositionAlt_DDRM lu) {
        DMatrixRMaj factors = lu.getLU();
        for (int i = 0; i < factors.numRows; i++) {
            if (factors.get(i, i) == 0) {
                return true;
            }
        }
        return false;
    }

    static void inverse(DMatrixRMaj a, DMatrixRMaj out) {
        solve(a, false, CommonOps_DDRM.identity(a.numRows), out);
    }

    /** Zero is added so that the sign of an exchange of rows is not left on a determinant of 0. */
    static double determinant(DMatrixRMaj a) {
        LUDecompositionAlt_DDRM lu = new LUDecompositionAlt_DDRM();
        return isFinite(a) && lu.decompose(a) ? lu.computeDeterminant().real + 0.0 : Double.NaN;
    }

    static double logDeterminant(DMatrixRMaj a) {
        LUDecompositionAlt_DDRM lu = new LUDecompositionAlt_DDRM();
        if (!isFinite(a) || !lu.decompose(a)) {
            return Double.NaN;
        }
        double total = 0;
        for (int i = 0; i < a.numRows; i++) {
            total += StrictMath.log(Math.abs(lu.getLU().get(i, i)));
        }
        return total;
    }

    static void cholesky(DMatrixRMaj a, DMatrixRMaj out) {
        CholeskyDecompositionInner_DDRM cholesky = new CholeskyDecompositionInner_DDRM(true);
        if (isFinite(a) && cholesky.decompose(symmetric(a))) {
            cholesky.getT(out);
        } else {
            fill(out, Double.NaN);
        }
    }

    /** Writes the eigenvalues, the eigenvectors, or both, by increasing eigenvalue. */
    static void eigen(DMatrixRMaj a, @Nullable DMatrixRMaj values, @Nullable DMatrixRMaj vectors) {
        int n = a.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, vectors != null, true);
        boolean known = isFinite(a) && eigen.decompose(symmetric(a));
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        if (known) {
            Arrays.sort(order, Comparator.comparingDouble(k -> eigen.getEigenvalue(k).real));
        }
        for (int j = 0; j < n; j++) {
            if (values != null) {
                values.data[j] = known ? eigen.getEigenvalue(order[j]).real : Double.NaN;
            }
            if (vectors != null && known) {
                setColumn(vectors, j, eigen.getEigenVector(order[j]));
            }
        }
        if (vectors != null && !known) {
            fill(vectors, Double.NaN);
        }
    }

    private static void setColumn(DMatrixRMaj out, int column, DMatrixRMaj vector) {
        double largest = 0;
        for (int i = 0; i < out.numRows; i++) {
            if (Math.abs(vector.data[i]) > Math.abs(largest) * (1 + UtilEjml.TEST_F64)) {
                largest = vector.data[i];
            }
        }
        for (int i = 0; i < out.numRows; i++) {
            out.set(i, column, largest < 0 ? -vector.data[i] : vector.data[i]);
        }
    }

    static DMatrixRMaj symmetric(DMatrixRMaj a) {
        DMatrixRMaj half = new DMatrixRMaj(a.numRows, a.numCols);
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < a.numCols; j++) {
                half.set(i, j, 0.5 * a.get(i, j) + 0.5 * a.get(j, i));
            }
        }
        return half;
    }

    static boolean isFinite(DMatrixRMaj a) {
        for (int i = 0; i < a.getNumElements(); i++) {
            if (!Double.isFinite(a.data[i])) {
                return false;
            }
        }
        return true;
    }

    private static void fill(DMatrixRMaj out, double value) {
        Arrays.fill(out.data, 0, out.getNumElements(), value);
    }
}
