package org.gradgraph.graph;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * {@code A = U·diag(σ)·Vᵀ}, and what the derivatives of the determinant are made of.
 *
 * <p>They are products of singular values with some left out, so nothing is divided by one that is 0. All are NaN for a
 * matrix that is not finite.
 */
final class SingularValues {
    private final DMatrixRMaj u;
    private final DMatrixRMaj v;
    private final double[] values;

    /** det(U)·det(V). */
    private final double sign;

    private SingularValues(DMatrixRMaj u, DMatrixRMaj v, double[] values, double sign) {
        this.u = u;
        this.v = v;
        this.values = values;
        this.sign = sign;
    }

    static SingularValues of(DMatrixRMaj a) {
        int n = a.numRows;
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(n, n, true, true, false);
        if (!Decompositions.isFinite(a) || !svd.decompose(a.copy())) {
            double[] unknown = new double[n];
            Arrays.fill(unknown, Double.NaN);
            DMatrixRMaj any = new DMatrixRMaj(n, n);
            CommonOps_DDRM.fill(any, Double.NaN);
            return new SingularValues(any, any, unknown, Double.NaN);
        }
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj v = svd.getV(null, false);
        double sign = Math.signum(Decompositions.determinant(u)) * Math.signum(Decompositions.determinant(v));
        return new SingularValues(u, v, svd.getSingularValues(), sign);
    }

    /** {@code ±U·D·Vᵀ}, where {@code D} holds for each singular value the product of the others. */
    void cofactors(DMatrixRMaj out) {
        int n = u.numRows;
        DMatrixRMaj inner = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            inner.data[i * n + i] = productWithout(i, i);
        }
        outside(inner, out);
    }

    /**
     * The change of the cofactors along a direction.
     *
     * <p>With {@code S = Uᵀ·direction·V} and the products {@code pᵢⱼ} without two singular values it is
     * {@code ±U·D·Vᵀ}, where {@code Dᵢⱼ} is {@code −pᵢⱼ·Sⱼᵢ} and {@code Dᵢᵢ} the sum of {@code pᵢⱼ·Sⱼⱼ}.
     */
    void cofactorSlope(DMatrixRMaj direction, DMatrixRMaj out) {
        int n = u.numRows;
        DMatrixRMaj left = new DMatrixRMaj(n, n);
        DMatrixRMaj s = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransA(u, direction, left);
        CommonOps_DDRM.mult(left, v, s);
        DMatrixRMaj inner = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    double others = productWithout(i, j);
                    inner.data[i * n + j] = -others * s.data[j * n + i];
                    inner.data[i * n + i] += others * s.data[j * n + j];
                }
            }
        }
        outside(inner, out);
    }

    private double productWithout(int i, int j) {
        double product = sign;
        for (int k = 0; k < u.numRows; k++) {
            product *= k == i || k == j ? 1 : values[k];
        }
        return product;
    }

    private void outside(DMatrixRMaj inner, DMatrixRMaj out) {
        DMatrixRMaj left = new DMatrixRMaj(u.numRows, u.numRows);
        CommonOps_DDRM.mult(u, inner, left);
        CommonOps_DDRM.multTransB(left, v, out);
    }
}
