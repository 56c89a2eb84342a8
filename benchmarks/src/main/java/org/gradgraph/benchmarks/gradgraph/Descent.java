package org.gradgraph.benchmarks.gradgraph;

import java.util.List;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/** Forward, backward and a step of gradient descent. */
final class Descent implements Contestant {
    private final Program program;
    private final Node cost;
    private final Run run;
    private final Run.Update update;

    Descent(Program program, Feeds feeds, double rate, Execution execution) {
        this.program = program;
        this.cost = program.outputs().get(0);
        this.run = program.newRun(execution).set(feeds);
        this.update = (parameter, value, gradient) -> {
            double[] theta = value.data;
            double[] slope = gradient.data;
            for (int i = 0; i < value.getNumElements(); i++) {
                theta[i] -= rate * slope[i];
            }
        };
    }

    @Override
    public double step() {
        double j = run.forwardAndBackward().scalar(cost);
        run.update(update);
        return j;
    }

    @Override
    public List<double[]> results() {
        return program.wrt().stream().map(node -> run.value(node).data).toList();
    }
}
