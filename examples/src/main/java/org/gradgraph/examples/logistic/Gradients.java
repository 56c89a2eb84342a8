package org.gradgraph.examples.logistic;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The gradients of the logistic cost.
 *
 * <pre>{@code
 * Gradients hand = Gradients.byHand(x, y, a);
 * }</pre>
 *
 * @param dZ dJ/dZ, a row
 * @param dw dJ/dw, a column
 * @param db dJ/db, 1×1
 */
public record Gradients(DMatrixRMaj dZ, DMatrixRMaj dw, DMatrixRMaj db) {
    /** The formulas of the course: dZ = (A − Y)/m, dw = X·dZᵀ, db = Σ dZ. */
    public static Gradients byHand(DMatrixRMaj x, DMatrixRMaj y, DMatrixRMaj a) {
        DMatrixRMaj dZ = CommonOps_DDRM.subtract(a, y, null);
        CommonOps_DDRM.divide(dZ, a.numCols);
        DMatrixRMaj dw = CommonOps_DDRM.multTransB(x, dZ, null);
        DMatrixRMaj db = new DMatrixRMaj(1, 1, true, CommonOps_DDRM.elementSum(dZ));
        return new Gradients(dZ, dw, db);
    }
}
