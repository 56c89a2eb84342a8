package org.gradgraph.optim.problem;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/**
 * A cost of data in memory.
 *
 * <pre>{@code
 * double cost = new Evaluation(cost, program, fixed, layout, execution).value(x);
 * }</pre>
 */
public final class Evaluation extends PointEvaluation {
    private final Node cost;
    private final Flattening layout;
    private final Run run;

    public Evaluation(Node cost, Program program, Feeds fixed, Flattening layout, Execution execution) {
        super(layout);
        this.cost = cost;
        this.layout = layout;
        this.run = program.newRun(execution).set(fixed.readBy(program));
    }

    @Override
    void forward(double[] x) {
        layout.feed(run::set, x, layout.parameters());
        run.forward();
    }

    @Override
    void backward() {
        run.backward();
    }

    @Override
    double cost() {
        return run.scalar(cost);
    }

    @Override
    void readGradient(int place, DMatrixRMaj out) {
        run.gradient(layout.parameters().get(place), out);
    }

    public double[][] each(MiniBatches examples, double[] x) {
        double[][] gradients = new double[Math.toIntExact(examples.perEpoch())][x.length];
        for (int k = 0; k < gradients.length; k++) {
            examples.feed(run, k);
            forget();
            gradient(x, gradients[k]);
        }
        return gradients;
    }
}
