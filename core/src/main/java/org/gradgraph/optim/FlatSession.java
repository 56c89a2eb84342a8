package org.gradgraph.optim;

import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.optim.solve.Stationarity;
import org.jspecify.annotations.Nullable;

/** An optimiser that sees all parameters as one array. */
abstract class FlatSession implements Optimizer.Session {
    private final Optimizer.Problem problem;
    private Optimizer.@Nullable Ending ending;

    FlatSession(Optimizer.Problem problem) {
        this.problem = problem;
    }

    Optimizer.Problem problem() {
        return problem;
    }

    /** Refuses a start whose cost or gradient is not finite, with the operation that made it. */
    void requireFiniteStart() {
        problem.evaluate();
    }

    double[] readPoint() {
        int size =
                problem.values().stream().mapToInt(DMatrixRMaj::getNumElements).sum();
        double[] x = new double[size];
        int at = 0;
        for (DMatrixRMaj value : problem.values()) {
            System.arraycopy(value.data, 0, x, at, value.getNumElements());
            at += value.getNumElements();
        }
        return x;
    }

    void writePoint(double[] x) {
        write(x, problem.values(), 1);
    }

    /** For listeners. */
    void writeGradient(double[] gradient, double unit) {
        write(gradient, problem.gradients(), unit);
    }

    private static void write(double[] from, List<DMatrixRMaj> to, double unit) {
        int at = 0;
        for (DMatrixRMaj matrix : to) {
            for (int k = 0; k < matrix.getNumElements(); k++) {
                matrix.data[k] = from[at++] / unit;
            }
        }
    }

    void endStuck(String reason) {
        ending = Optimizer.Ending.stuck(reason);
    }

    boolean hasEnded() {
        return ending != null;
    }

    @Override
    public Optional<Optimizer.Ending> ending() {
        return Optional.ofNullable(ending);
    }

    /** The end where nothing can be gained any more: whether that is a minimum depends on the gradient. */
    void endExhausted(double measure, double cost, String tried) {
        if (measure <= Stationarity.SMALL) {
            ending = Optimizer.Ending.converged("the gradient is " + measure + " on the scale of the cost " + cost);
        } else {
            endStuck("the gradient is " + measure + " on the scale of the cost " + cost
                    + ", and no step makes the cost smaller: " + tried
                    + "; check the gradient with GradientCheck, or look for a kink or a jump there");
        }
    }
}
