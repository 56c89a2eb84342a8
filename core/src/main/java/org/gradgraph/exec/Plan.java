package org.gradgraph.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.FormulaKernel;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.Sizes;

/**
 * The schedule of a program for one set of sizes: which step writes to which buffer.
 *
 * <p>A buffer is taken over by a later value once its last reader has run. What somebody may still ask for is never
 * taken over: outputs, kept values, gradients, and forward values that the backward pass reads, because it may run
 * twice.
 */
final class Plan {
    private final Graph graph;
    private final DMatrixRMaj[] buffers;
    private final Map<Op, FormulaKernel> kernels = new HashMap<>();
    private final Step[] forward;
    private final Step[] backward;

    /**
     * Schedules and allocates; what has no operands is computed here, once.
     *
     * @param compiled what is computed
     * @param leaves the buffers of inputs and parameters, shared with the run
     * @param sizes what the symbolic dimensions stand for
     * @param poison whether a buffer that is given up is filled with NaN, to make a wrong reuse visible
     */
    Plan(Compiled compiled, Map<Node, DMatrixRMaj> leaves, Sizes sizes, boolean poison) {
        this.graph = compiled.everything();
        List<Node> nodes = graph.nodes();
        this.buffers = new DMatrixRMaj[nodes.size()];
        boolean[] inForward = ancestors(compiled.forward());
        int[] lastReader = lastReaders(compiled, inForward);
        BufferPool pool = new BufferPool();
        List<Step> forwardSteps = new ArrayList<>();
        List<Step> backwardSteps = new ArrayList<>();
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < nodes.size(); i++) {
                if (inForward[i] == (pass == 0)) {
                    schedule(i, leaves, sizes, pool, lastReader, poison, pass == 0 ? forwardSteps : backwardSteps);
                }
            }
        }
        this.forward = forwardSteps.toArray(Step[]::new);
        this.backward = backwardSteps.toArray(Step[]::new);
    }

    void forward() {
        for (Step step : forward) {
            step.run();
        }
    }

    void backward() {
        for (Step step : backward) {
            step.run();
        }
    }

    DMatrixRMaj buffer(Node node) {
        return buffers[graph.indexOf(node)];
    }

    private void schedule(
            int i,
            Map<Node, DMatrixRMaj> leaves,
            Sizes sizes,
            BufferPool pool,
            int[] lastReader,
            boolean poison,
            List<Step> steps) {
        Node node = graph.nodes().get(i);
        if (node.op().isEmpty()) {
            buffers[i] = leaves.get(node);
            return;
        }
        Shape shape;
        Op op;
        try {
            shape = node.shape().bind(sizes);
            op = node.op().get().bind(sizes);
        } catch (ShapeException tooLarge) {
            throw new ShapeException(
                    node.describe() + ", made at " + node.source() + ", cannot be computed with " + sizes + ": "
                            + tooLarge.problem(),
                    tooLarge.hint());
        }
        int rows = shape.rows().size();
        int columns = shape.columns().size();
        if (node.inputs().isEmpty()) {
            buffers[i] = new DMatrixRMaj(rows, columns);
            op.forward(List.of(), buffers[i]);
            return;
        }
        buffers[i] = pool.take(rows, columns);
        List<DMatrixRMaj> inputs = node.inputs().stream()
                .map(input -> buffers[graph.indexOf(input)])
                .toList();
        steps.add(Step.of(op, inputs, buffers[i], kernels));
        for (Node input : new LinkedHashSet<>(node.inputs())) {
            int k = graph.indexOf(input);
            if (lastReader[k] == i) {
                pool.giveBack(buffers[k]);
                if (poison) {
                    DMatrixRMaj dead = buffers[k];
                    steps.add(() -> Arrays.fill(dead.data, Double.NaN));
                }
            }
        }
    }

    private boolean[] ancestors(Graph outputs) {
        boolean[] member = new boolean[graph.nodes().size()];
        outputs.nodes().forEach(node -> member[graph.indexOf(node)] = true);
        return member;
    }

    /** The node that reads a value last, or −1 if the value must stay. */
    private int[] lastReaders(Compiled compiled, boolean[] inForward) {
        int[] last = new int[inForward.length];
        Arrays.fill(last, -1);
        boolean[] stays = new boolean[inForward.length];
        for (int i = 0; i < last.length; i++) {
            for (Node input : graph.nodes().get(i).inputs()) {
                int k = graph.indexOf(input);
                stays[k] |= inForward[k] && !inForward[i];
                last[k] = i;
            }
        }
        for (int i = 0; i < last.length; i++) {
            stays[i] |= graph.nodes().get(i).inputs().isEmpty();
        }
        for (Iterable<Node> wanted : List.of(compiled.forward().roots(), compiled.gradients())) {
            wanted.forEach(node -> stays[graph.indexOf(node)] = true);
        }
        for (int i = 0; i < last.length; i++) {
            last[i] = stays[i] ? -1 : last[i];
        }
        return last;
    }
}
