package org.gradgraph.exec;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradgraph.batch.ExampleSum;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/**
 * A cost and its gradients, computed in blocks of examples.
 *
 * <p>Each block goes forward and backward while it is in the cache, so memory does not grow with the number of examples, and threads
 * take whole blocks. The examples are fed like any values, or come from an {@link ExampleSource}, which may be larger than the
 * memory.
 *
 * <pre>{@code
 * BlockedProgram blocked = Program.of(cost).withGradients(w, b).inBlocks(m);
 * BlockedRun run = blocked.newRun().set(w, w0).set(b, 0).from(source);
 * double j = run.forwardAndBackward().scalar(cost);
 * }</pre>
 *
 * <p>Immutable and safe to share between threads; each thread takes a {@link #newRun() run} of its own.
 */
@CheckReturnValue
public final class BlockedProgram {
    /** A block fills about as much as a second-level cache holds. */
    private static final long CACHE = 1 << 20;

    /** A block reads so many times more than its gradients hold, so that adding them does not take most of the time. */
    private static final long MORE_THAN_GRADIENTS = 4;

    private static final int LARGEST = 1 << 16;

    /** Rows of a matrix that are shorter are slow to go through; the examples of such a block are kept in rows. */
    private static final int NARROW = 64;

    private final ExampleSum sum;
    private final List<Node> wrt;
    private final Program share;

    /** Inputs with an example in each column, and what is fed in their place: its transpose. */
    private final Map<Node, Node> inRows = new LinkedHashMap<>();

    private final Program rest;
    private final int size;
    private final boolean isChosen;

    /** Blocks of a size, or of a size that is found from the shapes if that is 0. */
    BlockedProgram(ExampleSum sum, List<Node> wrt, Rewriting rewriting, int size) {
        this.sum = sum;
        this.wrt = wrt;
        for (Node node : wrt) {
            if (!Program.isLeaf(node) || ExampleBlocks.belong(node, sum.examples())) {
                throw new IllegalArgumentException("inBlocks: the gradient of " + node.describe() + ", made at "
                        + node.source() + ", is not a sum over blocks; take those of inputs and parameters without "
                        + sum.examples() + " in their shape");
            }
        }
        this.rest = withGradients(sum.rest(), rewriting);
        this.isChosen = size > 0;
        Program wide = withGradients(sum.share(), rewriting);
        this.size = isChosen ? size : sizeOfShapes(wide);
        this.share = this.size < NARROW ? withGradients(shareOfRows(), rewriting) : wide;
    }

    private Node shareOfRows() {
        Graph graph = Graph.of(sum.share());
        for (Node node : graph.nodes(Node.Kind.INPUT)) {
            Dim features = node.shape().rows();
            if (node.shape().columns().equals(sum.examples()) && features.isFixed() && features.size() > size) {
                inRows.put(node, Node.input(node.describe() + "ᵀ", node.shape().transposed()));
            }
        }
        return graph.rebuilt((node, copy) -> {
                    Node rows = inRows.get(node);
                    return rows == null ? copy : rows.transpose();
                })
                .get(0);
    }

    private Program withGradients(Node node, Rewriting rewriting) {
        Program program = Program.of(node).rewrite(rewriting);
        return wrt.isEmpty() ? program : program.withGradients(wrt);
    }

    private int sizeOfShapes(Program wide) {
        long ofExample = 0;
        long ofGradients = 0;
        Dim m = sum.examples();
        for (Node node : wide.compiled().everything().nodes()) {
            Dim elements = node.shape().elements();
            if (ExampleBlocks.belong(node, m) && elements.dividedBy(m).isFixed()) {
                ofExample += elements.dividedBy(m).size();
            }
        }
        for (Node node : wrt) {
            ofGradients += node.shape().isFixed() ? node.shape().elements().size() : 0;
        }
        long bytes = Math.max(CACHE, MORE_THAN_GRADIENTS * Double.BYTES * ofGradients);
        long fitting = Math.min(LARGEST, bytes / (Double.BYTES * Math.max(1, ofExample)));
        return (int) Math.max(1, fitting < 64 ? fitting : fitting / 64 * 64);
    }

    /** {@return how many examples make a block} */
    public int blockSize() {
        return size;
    }

    /** {@return the cost as a sum over examples} */
    public ExampleSum sum() {
        return sum;
    }

    /** {@return a new workspace, for one thread, which is helped by others} */
    public BlockedRun newRun() {
        return newRun(Execution.standard());
    }

    /**
     * {@return a new workspace that computes in a chosen way}
     *
     * @param execution how to compute; its threads take blocks
     */
    public BlockedRun newRun(Execution execution) {
        return new BlockedRun(this, Require.given(execution, "newRun: the execution"));
    }

    /** {@return the size of the blocks, why it was chosen, and the steps for one of them} */
    public String explain() {
        String reason =
                isChosen ? "as asked for" : "about " + (CACHE >> 10) + " KiB each, or more if gradients are large";
        return sum + ": blocks of " + size + " examples, " + reason + "\n" + share.explain();
    }

    /** What is fed for an input: itself, or its transpose. */
    Node fed(Node input) {
        return inRows.getOrDefault(input, input);
    }

    Program share() {
        return share;
    }

    Program rest() {
        return rest;
    }

    List<Node> wrt() {
        return wrt;
    }

    /** The cost and the size of a block, for example {@code "J" 1×1 as a sum over the examples of m, in blocks of 1024}. */
    @Override
    public String toString() {
        return sum + ", in blocks of " + size;
    }
}
