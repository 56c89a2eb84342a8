package org.gradgraph.benchmarks.plain;

import java.util.List;
import org.gradgraph.benchmarks.step.Contestant;

/** A dozen flops. */
final class PlainScalar implements Contestant {
    private final double[] values = {5, 3, 2};
    private final double[] gradients = new double[3];

    @Override
    public double step() {
        double u = values[1] * values[2];
        double v = values[0] + u;
        double dv = 3;
        gradients[0] = dv;
        gradients[1] = dv * values[2];
        gradients[2] = dv * values[1];
        return 3 * v;
    }

    @Override
    public List<double[]> results() {
        return List.of(gradients);
    }
}
