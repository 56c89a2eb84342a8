package org.gradgraph.benchmarks.plain;

import java.util.List;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Data;

/** One loop that does both passes for an element at a time. */
final class PlainChain implements Contestant {
    private final double[] z = Data.chainZ();
    private final double[] dz = new double[z.length];

    @Override
    public double step() {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            double s = 1 / (1 + Math.exp(-z[i]));
            double t = Math.tanh(z[i]);
            double e = Math.exp(-z[i] * z[i]);
            double u = s * t + e;
            sum += Math.log1p(u);
            dz[i] = (s * (1 - s) * t + s * (1 - t * t) - 2 * z[i] * e) / ((1 + u) * z.length);
        }
        return sum / z.length;
    }

    @Override
    public List<double[]> results() {
        return List.of(dz);
    }
}
