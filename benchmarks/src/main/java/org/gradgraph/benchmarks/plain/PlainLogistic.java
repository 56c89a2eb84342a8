package org.gradgraph.benchmarks.plain;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Data;

/** Logistic regression: two of EJML's products and a loop over the examples. */
final class PlainLogistic implements Contestant {
    private final DMatrixRMaj x = new DMatrixRMaj(Data.FEATURES, Data.PICTURES, true, Data.logisticX());
    private final double[] y = Data.logisticY();
    private final DMatrixRMaj w = new DMatrixRMaj(Data.FEATURES, 1);
    private final double[] b = new double[1];
    private final DMatrixRMaj z = new DMatrixRMaj(1, Data.PICTURES);
    private final DMatrixRMaj dz = new DMatrixRMaj(1, Data.PICTURES);
    private final DMatrixRMaj dw = new DMatrixRMaj(Data.FEATURES, 1);

    @Override
    public double step() {
        CommonOps_DDRM.multTransA(w, x, z);
        double cost = 0;
        double db = 0;
        for (int j = 0; j < y.length; j++) {
            double p = 1 / (1 + Math.exp(-(z.data[j] + b[0])));
            cost -= (y[j] * Math.log(p) + (1 - y[j]) * Math.log(1 - p)) / y.length;
            dz.data[j] = (p - y[j]) / y.length;
            db += dz.data[j];
        }
        CommonOps_DDRM.multTransB(x, dz, dw);
        CommonOps_DDRM.addEquals(w, -Data.LOGISTIC_RATE, dw);
        b[0] -= Data.LOGISTIC_RATE * db;
        return cost;
    }

    @Override
    public List<double[]> results() {
        return List.of(w.data, b);
    }
}
