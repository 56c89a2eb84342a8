package org.gradgraph.train;

import java.util.Arrays;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;

/**
 * What a training found.
 *
 * <pre>{@code
 * Training training = trainer.train();
 * training.cost();                  // after the last step, on all data
 * training.parameter(w);            // 30×1
 * }</pre>
 */
public final class Training {
    /** Why a training ended. */
    public enum End {
        /** All steps were made. */
        STEPS_DONE,
        /** A further step would change nothing. */
        CONVERGED,
        /** The condition of {@link Trainer#stopWhen} held. */
        CONDITION,
        /** The cost on held-out data has not become smaller for a while. */
        NO_IMPROVEMENT,
        /** The cost is infinite or no number; see {@link NonFiniteCostException}. */
        NOT_FINITE
    }

    private final Map<Node, DMatrixRMaj> parameters;
    private final double[] costs;
    private final double cost;
    private final End end;

    Training(Map<Node, DMatrixRMaj> parameters, double[] costs, double cost, End end) {
        this.parameters = parameters;
        this.costs = costs;
        this.cost = cost;
        this.end = end;
    }

    /** The value of a parameter, copied. */
    public DMatrixRMaj parameter(Node parameter) {
        DMatrixRMaj value = parameters.get(parameter);
        if (value == null) {
            throw new IllegalArgumentException(parameter.describe() + " is no parameter of this training");
        }
        return value.copy();
    }

    /** All parameters, to feed to a run or to {@link Npz#write}. */
    public Feeds parameters() {
        Feeds feeds = Feeds.none();
        for (Map.Entry<Node, DMatrixRMaj> entry : parameters.entrySet()) {
            feeds = feeds.and(entry.getKey(), entry.getValue());
        }
        return feeds;
    }

    /** The cost before each step, on the data of that step, copied. */
    public double[] costs() {
        return Arrays.copyOf(costs, costs.length);
    }

    /** The cost of the parameters found, on all data. */
    public double cost() {
        return cost;
    }

    /** The number of steps made. */
    public int steps() {
        return costs.length;
    }

    /** Why the training ended. */
    public End end() {
        return end;
    }
}
