package org.gradgraph.spark;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.gradgraph.batch.TreeSum;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/** The program of one virtual machine, which its tasks share; each uses a run of its own. */
final class ShareProgram {
    private final ComposedModel model;
    private final Program program;
    private final Queue<Run> idle = new ConcurrentLinkedQueue<>();

    ShareProgram(ComposedModel model) {
        this.model = model;
        this.program = Program.of(model.sum().share()).withGradients();
    }

    ComposedModel model() {
        return model;
    }

    /** The parameters whose gradients follow the share in a sum, in this order. */
    List<Node> parameters() {
        return program.wrt();
    }

    /** How many numbers a sum has. */
    int length() {
        return 1 + parameters().stream().mapToInt(Leaves::elements).sum();
    }

    /**
     * Adds the shares of blocks and their gradients.
     *
     * @param blocks consecutive ones
     * @param pass at which point
     */
    TreeSum sum(Iterator<Block> blocks, PassPoint pass) {
        Run run = idle.poll();
        if (run == null) {
            run = program.newRun(Execution.standard().withThreads(1));
        }
        Feeds feeds = Feeds.of(model.sum().total(), pass.total());
        run.set(feeds.and(RowFeeder.fixed(model.leaves(), pass.point())).readBy(program));
        TreeSum sum = new TreeSum(length());
        double[] share = new double[length()];
        while (blocks.hasNext()) {
            Block block = blocks.next();
            compute(run, block, pass.weight(block.number()), share);
            sum.add(block.number(), share);
        }
        idle.add(run.release());
        return sum;
    }

    private void compute(Run run, Block block, double weight, double[] share) {
        Arrays.fill(share, 0);
        if (weight == 0) {
            return;
        }
        RowFeeder.feed(run, model.leaves(), block);
        run.forwardAndBackward();
        share[0] = weight * run.scalar(model.sum().share());
        int at = 1;
        for (Node parameter : parameters()) {
            for (double slope : run.gradientElements(parameter)) {
                share[at++] = weight * slope;
            }
        }
    }
}
