package org.gradgraph.exec;

import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.batch.TreeSum;
import org.gradgraph.graph.Node;

/** What one thread needs to compute blocks of one number of examples. */
final class BlockWorker {
    private final BlockedProgram program;
    private final Run run;
    private final Node share;
    private final List<DMatrixRMaj> buffers;
    private final double[] cost = new double[1];
    private double[] costAndGradients = {};

    BlockWorker(BlockedProgram program, Execution execution, List<DMatrixRMaj> buffers) {
        this.program = program;
        this.run = program.share().newRun(execution.alone());
        this.share = program.share().outputs().get(0);
        this.buffers = buffers;
    }

    /** Where the source writes to. */
    List<DMatrixRMaj> buffers() {
        return buffers;
    }

    /** Gives it what no block changes. */
    void share(Map<Node, DMatrixRMaj> values) {
        for (Map.Entry<Node, DMatrixRMaj> entry : values.entrySet()) {
            if (program.share().reads(entry.getKey())) {
                run.share(entry.getKey(), entry.getValue());
            }
        }
        run.release();
    }

    /** Computes a block and adds its cost, and its gradients if the sum has room for them. */
    void add(ExampleBlocks blocks, int block, TreeSum sum) {
        try {
            blocks.feed(run, block, buffers);
            if (sum.length() == 1) {
                cost[0] = run.forward().scalar(share);
                sum.add(block, cost);
            } else {
                if (costAndGradients.length != sum.length()) {
                    costAndGradients = new double[sum.length()];
                }
                read(run.forwardAndBackward(), share, program.wrt(), costAndGradients);
                sum.add(block, costAndGradients);
            }
        } finally {
            run.release();
        }
    }

    /** Reads a cost and gradients into one array. */
    static void read(Run run, Node cost, List<Node> wrt, double[] out) {
        out[0] = run.scalar(cost);
        int next = 1;
        for (int k = 0; k < wrt.size(); k++) {
            DMatrixRMaj gradient = run.sharedGradient(wrt.get(k));
            System.arraycopy(gradient.data, 0, out, next, gradient.getNumElements());
            next += gradient.getNumElements();
        }
    }
}
