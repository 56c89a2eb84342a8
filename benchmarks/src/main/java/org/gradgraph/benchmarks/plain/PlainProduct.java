package org.gradgraph.benchmarks.plain;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Data;

/** EJML's product. */
final class PlainProduct implements Contestant {
    private final DMatrixRMaj a;
    private final DMatrixRMaj b;
    private final DMatrixRMaj c;

    PlainProduct(int n) {
        a = new DMatrixRMaj(n, n, true, Data.factorA(n));
        b = new DMatrixRMaj(n, n, true, Data.factorB(n));
        c = new DMatrixRMaj(n, n);
    }

    @Override
    public double step() {
        CommonOps_DDRM.mult(a, b, c);
        return 0;
    }

    @Override
    public List<double[]> results() {
        return List.of(c.data);
    }
}
