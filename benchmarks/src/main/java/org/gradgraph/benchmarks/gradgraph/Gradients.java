package org.gradgraph.benchmarks.gradgraph;

import java.util.List;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/** Forward and backward. */
final class Gradients implements Contestant {
    private final Program program;
    private final Node cost;
    private final Run run;

    Gradients(Program program, Feeds feeds, Execution execution) {
        this.program = program;
        this.cost = program.outputs().get(0);
        this.run = program.newRun(execution).set(feeds);
    }

    @Override
    public double step() {
        return run.forwardAndBackward().scalar(cost);
    }

    @Override
    public List<double[]> results() {
        return program.wrt().stream().map(node -> run.gradient(node).data).toList();
    }
}
