package org.gradgraph.optim.problem;

import java.util.Arrays;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.jspecify.annotations.Nullable;

/**
 * Value and gradient of a cost at the point that was asked for last; neither is computed twice.
 *
 * <pre>{@code
 * double cost = new Evaluation(cost, program, fixed, layout, execution).value(x);
 * }</pre>
 */
public final class Evaluation {
    private final Node cost;
    private final Flattening layout;
    private final Run run;
    private double @Nullable [] point;
    private boolean hasGradient;
    private long count;

    public Evaluation(Node cost, Program program, Feeds fixed, Flattening layout, Execution execution) {
        this.cost = cost;
        this.layout = layout;
        this.run = program.newRun(execution).set(fixed.readBy(program));
    }

    /** At how many points the cost was computed. */
    public long count() {
        return count;
    }

    public double value(double[] x) {
        moveTo(x);
        return run.scalar(cost);
    }

    public void gradient(double[] x, double[] gradient) {
        moveTo(x);
        if (!hasGradient) {
            run.backward();
            hasGradient = true;
        }
        layout.read((place, out) -> run.gradient(layout.parameters().get(place), out), gradient);
    }

    /** The bits are compared: 1/x differs at 0 and −0. */
    private void moveTo(double[] x) {
        if (point == null || !Arrays.equals(point, x)) {
            point = null;
            hasGradient = false;
            layout.feed(run, x, layout.parameters());
            run.forward();
            count++;
            point = x.clone();
        }
    }

    public double[][] each(MiniBatches examples, double[] x) {
        double[][] gradients = new double[Math.toIntExact(examples.perEpoch())][x.length];
        for (int k = 0; k < gradients.length; k++) {
            examples.feed(run, k);
            point = null;
            gradient(x, gradients[k]);
        }
        return gradients;
    }
}
