package org.gradgraph.exec.plan;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.ShapeException;

/** An opaque operation, which runs by its own kernel. */
final class KernelStep implements Step {
    private final Kernel op;
    private final List<DMatrixRMaj> inputs;
    private final DMatrixRMaj out;

    /** Whose value it computes, for errors. */
    private final Node node;

    KernelStep(Kernel op, List<DMatrixRMaj> inputs, DMatrixRMaj out, Node node) {
        this.op = op;
        this.inputs = inputs;
        this.out = out;
        this.node = node;
    }

    /** The error of a kernel is rethrown with the node and the line that made it, which a kernel cannot know. */
    @Override
    public void run() {
        int rows = out.numRows;
        int columns = out.numCols;
        double[] data = out.data;
        try {
            op.forward(inputs, out);
        } catch (ShapeException wrong) {
            ShapeException placed = new ShapeException(place() + ": " + wrong.problem(), wrong.hint());
            placed.initCause(wrong);
            throw placed;
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(place() + ": " + wrong.getMessage(), wrong);
        } catch (RuntimeException bug) {
            throw new IllegalStateException(
                    "the kernel of " + place() + ", failed with " + bug + "; fix forward(…) of " + op.name(), bug);
        }
        requireSame(rows, columns, data);
    }

    /** Readers of the result have its array and its sides. */
    private void requireSame(int rows, int columns, double[] data) {
        if (out.numRows != rows || out.numCols != columns || out.data != data) {
            String now = out.numRows + "×" + out.numCols;
            out.data = data;
            out.numRows = rows;
            out.numCols = columns;
            throw new IllegalStateException("the kernel of " + place() + ", replaced its result of " + rows + "×"
                    + columns + " by one of " + now + "; fill the given matrix in forward(…) of " + op.name());
        }
    }

    private String place() {
        return node.describe() + ", made at " + node.source();
    }

    @Override
    public String describe() {
        return op.label() + ", its own kernel";
    }
}
