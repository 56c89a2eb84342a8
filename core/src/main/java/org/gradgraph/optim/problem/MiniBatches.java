package org.gradgraph.optim.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.ShapeException;
import org.jspecify.annotations.Nullable;

/**
 * The data in pieces: each epoch goes through all examples in a new, reproducible order.
 *
 * <p>Examples are the rows or columns along one symbolic dimension m. Where a side is m·T, the m
 * examples of each step of a loop are neighbours. The last piece of an epoch may be smaller.
 *
 * <pre>{@code
 * MiniBatches.shuffled(data, m, 32, seed).feed(run, step);
 * }</pre>
 */
public final class MiniBatches {
    private final Dim examples;
    private final int size;
    private final Map<Node, DMatrixRMaj> whole = new LinkedHashMap<>();
    private final Map<Node, DMatrixRMaj> piece = new LinkedHashMap<>();
    private final List<Node> nodes;
    private final int[] order;
    private final @Nullable Random random;
    private long epochsShuffled;

    private MiniBatches(String method, Feeds data, Dim examples, int size, @Nullable Random random) {
        this.examples = examples;
        this.size = size;
        this.random = random;
        Node first = null;
        int count = 0;
        List<Node> inSteps = new ArrayList<>();
        for (Map.Entry<Node, DMatrixRMaj> entry : data.asMap().entrySet()) {
            Node node = entry.getKey();
            DMatrixRMaj value = entry.getValue();
            if (isByRow(node) || isByColumn(node)) {
                requireCut(method, node);
                whole.put(node, value);
                int own = isByRow(node) ? value.numRows : value.numCols;
                if (first != null && own != count) {
                    throw new IllegalArgumentException(method + ": " + first.describe() + " has " + count
                            + " examples, but " + node.describe() + " has " + own + "; give both the same number");
                }
                first = node;
                count = own;
            } else if (depends(node.shape().rows()) || depends(node.shape().columns())) {
                requireCut(method, node);
                whole.put(node, value);
                inSteps.add(node);
            }
        }
        if (first == null) {
            throw new IllegalArgumentException(
                    "no input has " + examples + " as one of its sides; name the dimension of" + " the examples in "
                            + method.substring(method.indexOf('.') + 1) + "(…)");
        }
        for (Node node : inSteps) {
            int columns = value(whole, node).numCols;
            if (columns % count != 0) {
                throw new IllegalArgumentException(method + ": " + node.describe() + " was given " + columns
                        + " columns, which is no multiple of the " + count + " examples of " + first.describe());
            }
        }
        if (size > count) {
            throw new IllegalArgumentException(method + ": a mini-batch of " + size
                    + " examples is larger than the data, " + count + " examples; choose a smaller size");
        }
        this.nodes = new ArrayList<>(whole.keySet());
        nodes.forEach(node -> piece.put(node, new DMatrixRMaj(1, 1)));
        this.order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
    }

    /** Pieces of some examples, in another order in each epoch. */
    public static MiniBatches shuffled(Feeds data, Dim examples, int size, long seed) {
        return new MiniBatches("Trainer.miniBatches", data, examples, size, new Random(seed));
    }

    /** Each example alone, in the order of the data. */
    public static MiniBatches inOrder(String method, Feeds data, Dim examples) {
        return new MiniBatches(method, data, examples, 1, null);
    }

    public long perEpoch() {
        return (order.length + size - 1L) / size;
    }

    /** The number of examples in a piece. */
    public int examplesIn(long number) {
        int from = (int) (number % perEpoch()) * size;
        return Math.min(order.length, from + size) - from;
    }

    /**
     * Feeds a piece, counted from 0 over all epochs.
     *
     * <p>A training that goes on from a checkpoint makes the shuffles of the epochs before it once more.
     */
    public void feed(Run run, long number) {
        while (random != null && epochsShuffled <= number / perEpoch()) {
            shuffle(random);
            epochsShuffled++;
        }
        int from = (int) (number % perEpoch()) * size;
        int to = from + examplesIn(number);
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            run.set(node, copyPiece(node, from, to));
        }
    }

    /** Fisher and Yates. */
    private void shuffle(Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int k = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[k];
            order[k] = swapped;
        }
    }

    private DMatrixRMaj copyPiece(Node node, int from, int to) {
        DMatrixRMaj source = value(whole, node);
        DMatrixRMaj target = value(piece, node);
        if (isByRow(node)) {
            target.reshape(to - from, source.numCols);
            for (int i = from; i < to; i++) {
                int at = order[i] * source.numCols;
                System.arraycopy(source.data, at, target.data, (i - from) * source.numCols, source.numCols);
            }
        } else {
            int steps = source.numCols / order.length;
            int length = to - from;
            target.reshape(source.numRows, steps * length);
            for (int block = 0; block < source.numRows * steps; block++) {
                for (int i = 0; i < length; i++) {
                    target.data[block * length + i] = source.data[block * order.length + order[from + i]];
                }
            }
        }
        return target;
    }

    private static DMatrixRMaj value(Map<Node, DMatrixRMaj> values, Node node) {
        DMatrixRMaj value = values.get(node);
        if (value == null) {
            throw new IllegalStateException("no data for " + node.describe());
        }
        return value;
    }

    /** Refuses a matrix of which it is not known what belongs to one example. */
    private void requireCut(String method, Node node) {
        Dim rows = node.shape().rows();
        Dim columns = node.shape().columns();
        boolean isCut = isByRow(node) ? !depends(columns) : !depends(rows) && isMultiple(columns);
        if (!isCut) {
            throw new IllegalArgumentException(method + " cannot cut " + node.describe() + ", made at " + node.source()
                    + ", into examples; give it " + examples + " rows, " + examples + " columns, or " + examples
                    + " columns for each step of a loop");
        }
    }

    private boolean depends(Dim dim) {
        return dim.symbols().stream().anyMatch(examples.symbols()::contains);
    }

    private boolean isMultiple(Dim dim) {
        try {
            return !depends(dim.dividedBy(examples));
        } catch (ShapeException notAFactor) {
            return false;
        }
    }

    private boolean isByRow(Node node) {
        return node.shape().rows().equals(examples);
    }

    private boolean isByColumn(Node node) {
        return node.shape().columns().equals(examples);
    }
}
