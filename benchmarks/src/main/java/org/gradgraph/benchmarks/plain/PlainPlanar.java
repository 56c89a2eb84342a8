package org.gradgraph.benchmarks.plain;

import java.util.List;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Data;

/** A network of two inputs and four units: one loop over the points does both passes. */
final class PlainPlanar implements Contestant {
    private final double[] x = Data.planarX();
    private final double[] y = Data.planarY();
    private final double[] w1 = Data.planarW1();
    private final double[] b1 = Data.planarB1();
    private final double[] w2 = Data.planarW2();
    private final double[] b2 = new double[1];
    private final double[] dw1 = new double[Data.UNITS * 2];
    private final double[] db1 = new double[Data.UNITS];
    private final double[] dw2 = new double[Data.UNITS];
    private final double[] hidden = new double[Data.UNITS];

    @Override
    public double step() {
        int m = Data.POINTS;
        double cost = 0;
        double db2 = 0;
        for (int j = 0; j < m; j++) {
            double z2 = b2[0];
            for (int i = 0; i < Data.UNITS; i++) {
                hidden[i] = Math.tanh(w1[2 * i] * x[j] + w1[2 * i + 1] * x[m + j] + b1[i]);
                z2 += w2[i] * hidden[i];
            }
            double p = 1 / (1 + Math.exp(-z2));
            cost -= (y[j] * Math.log(p) + (1 - y[j]) * Math.log(1 - p)) / m;
            double dz2 = (p - y[j]) / m;
            db2 += dz2;
            for (int i = 0; i < Data.UNITS; i++) {
                dw2[i] += dz2 * hidden[i];
                double dz1 = dz2 * w2[i] * (1 - hidden[i] * hidden[i]);
                dw1[2 * i] += dz1 * x[j];
                dw1[2 * i + 1] += dz1 * x[m + j];
                db1[i] += dz1;
            }
        }
        descend(w1, dw1);
        descend(b1, db1);
        descend(w2, dw2);
        b2[0] -= Data.PLANAR_RATE * db2;
        return cost;
    }

    private static void descend(double[] value, double[] gradient) {
        for (int i = 0; i < value.length; i++) {
            value[i] -= Data.PLANAR_RATE * gradient[i];
            gradient[i] = 0;
        }
    }

    @Override
    public List<double[]> results() {
        return List.of(w1, b1, w2, b2);
    }
}
