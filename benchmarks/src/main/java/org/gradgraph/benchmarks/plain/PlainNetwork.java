package org.gradgraph.benchmarks.plain;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Data;

/** The larger network: EJML's products, loops between them. */
final class PlainNetwork implements Contestant {
    private final int[] classes = Data.networkClasses();
    private final DMatrixRMaj x = new DMatrixRMaj(Data.PIXELS, Data.BATCH, true, Data.networkX());
    private final DMatrixRMaj w1 = new DMatrixRMaj(Data.HIDDEN, Data.PIXELS, true, Data.networkW1());
    private final DMatrixRMaj b1 = new DMatrixRMaj(Data.HIDDEN, 1);
    private final DMatrixRMaj w2 = new DMatrixRMaj(Data.CLASSES, Data.HIDDEN, true, Data.networkW2());
    private final DMatrixRMaj b2 = new DMatrixRMaj(Data.CLASSES, 1);
    private final DMatrixRMaj hidden = new DMatrixRMaj(Data.HIDDEN, Data.BATCH);
    private final DMatrixRMaj dHidden = new DMatrixRMaj(Data.HIDDEN, Data.BATCH);
    private final DMatrixRMaj scores = new DMatrixRMaj(Data.CLASSES, Data.BATCH);
    private final DMatrixRMaj dw1 = new DMatrixRMaj(Data.HIDDEN, Data.PIXELS);
    private final DMatrixRMaj db1 = new DMatrixRMaj(Data.HIDDEN, 1);
    private final DMatrixRMaj dw2 = new DMatrixRMaj(Data.CLASSES, Data.HIDDEN);
    private final DMatrixRMaj db2 = new DMatrixRMaj(Data.CLASSES, 1);

    @Override
    public double step() {
        CommonOps_DDRM.mult(w1, x, hidden);
        addToRows(hidden, b1);
        for (int i = 0; i < hidden.data.length; i++) {
            hidden.data[i] = Math.max(0, hidden.data[i]);
        }
        CommonOps_DDRM.mult(w2, hidden, scores);
        addToRows(scores, b2);
        double cost = 0;
        for (int j = 0; j < Data.BATCH; j++) {
            cost += intoSlopes(j) / Data.BATCH;
        }
        CommonOps_DDRM.multTransB(scores, hidden, dw2);
        CommonOps_DDRM.sumRows(scores, db2);
        CommonOps_DDRM.multTransA(w2, scores, dHidden);
        for (int i = 0; i < hidden.data.length; i++) {
            dHidden.data[i] = hidden.data[i] > 0 ? dHidden.data[i] : 0;
        }
        CommonOps_DDRM.multTransB(dHidden, x, dw1);
        CommonOps_DDRM.sumRows(dHidden, db1);
        CommonOps_DDRM.addEquals(w1, -Data.NETWORK_RATE, dw1);
        CommonOps_DDRM.addEquals(b1, -Data.NETWORK_RATE, db1);
        CommonOps_DDRM.addEquals(w2, -Data.NETWORK_RATE, dw2);
        CommonOps_DDRM.addEquals(b2, -Data.NETWORK_RATE, db2);
        return cost;
    }

    /** Puts the gradient of an example's cross entropy in the place of its scores; returns the cross entropy. */
    private double intoSlopes(int j) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < Data.CLASSES; k++) {
            largest = Math.max(largest, scores.data[k * Data.BATCH + j]);
        }
        double sum = 0;
        double right = scores.data[classes[j] * Data.BATCH + j];
        for (int k = 0; k < Data.CLASSES; k++) {
            double e = Math.exp(scores.data[k * Data.BATCH + j] - largest);
            scores.data[k * Data.BATCH + j] = e;
            sum += e;
        }
        for (int k = 0; k < Data.CLASSES; k++) {
            double p = scores.data[k * Data.BATCH + j] / sum;
            scores.data[k * Data.BATCH + j] = (k == classes[j] ? p - 1 : p) / Data.BATCH;
        }
        return Math.log(sum) + largest - right;
    }

    private static void addToRows(DMatrixRMaj matrix, DMatrixRMaj column) {
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < matrix.numCols; j++) {
                matrix.data[i * matrix.numCols + j] += column.data[i];
            }
        }
    }

    @Override
    public List<double[]> results() {
        return List.of(w1.data, b1.data, w2.data, b2.data);
    }
}
