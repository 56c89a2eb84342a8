package org.gradgraph.optim.problem;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.BlockedRun;
import org.gradgraph.graph.Node;

/**
 * A cost of examples that are read block by block: one pass over them gives the value and the gradient.
 *
 * <pre>{@code
 * double cost = new BlockedEvaluation(cost, run, layout).value(x);
 * }</pre>
 */
public final class BlockedEvaluation extends PointEvaluation {
    private final Node cost;
    private final BlockedRun run;
    private final Flattening layout;

    public BlockedEvaluation(Node cost, BlockedRun run, Flattening layout) {
        super(layout);
        this.cost = cost;
        this.run = run;
        this.layout = layout;
    }

    @Override
    void forward(double[] x) {
        layout.feed(run::set, x, layout.parameters());
        run.forwardAndBackward();
    }

    /** Done with the forward pass. */
    @Override
    void backward() {}

    @Override
    double cost() {
        return run.scalar(cost);
    }

    @Override
    void readGradient(int place, DMatrixRMaj out) {
        run.gradient(layout.parameters().get(place), out);
    }
}
