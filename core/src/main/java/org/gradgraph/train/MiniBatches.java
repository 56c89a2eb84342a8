package org.gradgraph.train;

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

/**
 * The data in pieces: each epoch goes through all examples in a new, reproducible order.
 *
 * <p>Examples are the rows or columns along one symbolic dimension. The last piece of an epoch may be smaller.
 */
final class MiniBatches {
    private final Dim examples;
    private final int size;
    private final Map<Node, DMatrixRMaj> whole = new LinkedHashMap<>();
    private final Map<Node, DMatrixRMaj> piece = new LinkedHashMap<>();
    private final List<Node> nodes;
    private final int[] order;
    private final Random random;

    MiniBatches(Feeds data, Dim examples, int size, long seed) {
        this.examples = examples;
        this.size = size;
        this.random = new Random(seed);
        int count = 0;
        for (Map.Entry<Node, DMatrixRMaj> entry : data.asMap().entrySet()) {
            Node node = entry.getKey();
            DMatrixRMaj value = entry.getValue();
            if (isByRow(node) || isByColumn(node)) {
                whole.put(node, value);
                piece.put(node, new DMatrixRMaj(1, 1));
                count = isByRow(node) ? value.numRows : value.numCols;
            }
        }
        if (whole.isEmpty()) {
            throw new IllegalArgumentException("no input has " + examples
                    + " as one of its sides; name the dimension of the examples in miniBatches(…)");
        }
        this.nodes = new ArrayList<>(whole.keySet());
        this.order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
    }

    long perEpoch() {
        return (order.length + size - 1L) / size;
    }

    /** Feeds the piece of a step. */
    void feed(Run run, long step) {
        int piecesBefore = (int) (step % perEpoch());
        if (piecesBefore == 0) {
            shuffle();
        }
        int from = piecesBefore * size;
        int to = Math.min(order.length, from + size);
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            run.set(node, copyPiece(node, from, to));
        }
    }

    /** Fisher and Yates. */
    private void shuffle() {
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
            target.reshape(source.numRows, to - from);
            for (int r = 0; r < source.numRows; r++) {
                for (int i = from; i < to; i++) {
                    target.data[r * target.numCols + i - from] = source.data[r * source.numCols + order[i]];
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

    private boolean isByRow(Node node) {
        return node.shape().rows().equals(examples);
    }

    private boolean isByColumn(Node node) {
        return node.shape().columns().equals(examples);
    }
}
