package org.gradgraph.examples.logistic;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Cost and gradients of logistic regression as the course first writes them: accumulators for one example after the
 * other, divided by m at the end.
 *
 * <pre>{@code
 * ExampleLoop loop = ExampleLoop.of(x, y, w, b);
 * loop.dw();
 * }</pre>
 *
 * @param cost the mean cross entropy
 * @param dw dJ/dw, a column
 * @param db dJ/db
 */
public record ExampleLoop(double cost, DMatrixRMaj dw, double db) {
    /**
     * Runs the loop; nothing is modified.
     *
     * @param x the features, examples in columns
     * @param y the labels, a row
     * @param w the weights, a column
     * @param b the bias
     */
    public static ExampleLoop of(DMatrixRMaj x, DMatrixRMaj y, DMatrixRMaj w, double b) {
        // tag::java[]
        int m = x.numCols;
        double cost = 0;
        DMatrixRMaj dw = new DMatrixRMaj(x.numRows, 1);
        double db = 0;
        for (int j = 0; j < m; j++) {
            double z = b;
            for (int i = 0; i < x.numRows; i++) {
                z += w.get(i) * x.get(i, j);
            }
            double a = 1 / (1 + Math.exp(-z));
            cost -= y.get(j) * Math.log(a) + (1 - y.get(j)) * Math.log(1 - a);
            double dz = a - y.get(j);
            for (int i = 0; i < x.numRows; i++) {
                dw.data[i] += x.get(i, j) * dz;
            }
            db += dz;
        }
        CommonOps_DDRM.divide(dw, m);
        // end::java[]
        return new ExampleLoop(cost / m, dw, db / m);
    }
}
