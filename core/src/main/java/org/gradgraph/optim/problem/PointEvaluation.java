package org.gradgraph.optim.problem;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Value and gradient of a cost at the point that was asked for last; neither is computed twice.
 *
 * <pre>{@code
 * double cost = new Evaluation(cost, program, fixed, layout, execution).value(x);
 * }</pre>
 */
public abstract class PointEvaluation {
    private final Flattening layout;
    private double @Nullable [] point;
    private boolean hasGradient;
    private long count;

    PointEvaluation(Flattening layout) {
        this.layout = layout;
    }

    /** At how many points the cost was computed. */
    public long count() {
        return count;
    }

    public double value(double[] x) {
        moveTo(x);
        return cost();
    }

    public void gradient(double[] x, double[] gradient) {
        moveTo(x);
        if (!hasGradient) {
            backward();
            hasGradient = true;
        }
        layout.read(this::readGradient, gradient);
    }

    /** The bits are compared: 1/x differs at 0 and −0. */
    private void moveTo(double[] x) {
        if (point == null || !Arrays.equals(point, x)) {
            forget();
            forward(x);
            count++;
            point = x.clone();
        }
    }

    /** What is known of the last point no longer holds. */
    void forget() {
        point = null;
        hasGradient = false;
    }

    abstract void forward(double[] x);

    abstract void backward();

    abstract double cost();

    abstract void readGradient(int place, DMatrixRMaj out);
}
