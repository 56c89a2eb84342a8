package org.gradgraph.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.Sizes;
import org.jspecify.annotations.Nullable;

/** The examples of one run: matrices that are kept block by block, and what a source reads. */
final class ExampleBlocks {
    private final BlockedProgram program;
    private final Dim m;
    private final int size;
    private final Map<Node, DMatrixRMaj[]> kept = new LinkedHashMap<>();
    private final Map<Node, Long> counts = new LinkedHashMap<>();
    private @Nullable ExampleSource source;
    private long examples;

    ExampleBlocks(BlockedProgram program) {
        this.program = program;
        this.m = program.sum().examples();
        this.size = program.blockSize();
    }

    /** Whether the rows or columns of a node belong to examples. */
    boolean belong(Node node) {
        return belong(node, m);
    }

    static boolean belong(Node node, Dim m) {
        return dependsOn(node.shape().rows(), m) || dependsOn(node.shape().columns(), m);
    }

    /** Whether rows of a node belong to examples. */
    static boolean inRows(Node node, Dim m) {
        return dependsOn(node.shape().rows(), m);
    }

    private static boolean dependsOn(Dim side, Dim m) {
        return !side.isFixed() && side.symbols().containsAll(m.symbols());
    }

    /** Refuses a node without examples. */
    static void requireExamples(String method, Node node, Dim m) {
        if (!belong(node, m)) {
            throw new IllegalArgumentException(method + ": " + node.describe() + ", made at " + node.source()
                    + ", has no side that counts examples of " + m + "; set it for the run");
        }
    }

    boolean has(Node node) {
        ExampleSource from = source;
        return kept.containsKey(node) || (from != null && from.inputs().contains(node));
    }

    /** Copies a matrix, so that the elements of a block are neighbours. */
    void keep(Node node, DMatrixRMaj value) {
        boolean inRows = inRows(node, m);
        int side = inRows ? value.numRows : value.numCols;
        int each = (inRows ? node.shape().rows() : node.shape().columns())
                .dividedBy(m)
                .size();
        if (side % each != 0) {
            throw new IllegalArgumentException("set: " + node.describe() + " was given a " + value.numRows + "×"
                    + value.numCols + " value; " + side + " is not a multiple of " + each);
        }
        ExampleSource replaced = source;
        source = replaced != null && replaced.inputs().contains(node) ? null : replaced;
        counts.put(node, (long) side / each);
        DMatrixRMaj[] blocks = new DMatrixRMaj[(side / each + size - 1) / size];
        for (int block = 0; block < blocks.length; block++) {
            int first = block * size * each;
            int count = Math.min(size * each, side - first);
            blocks[block] = inRows ? new DMatrixRMaj(count, value.numCols) : new DMatrixRMaj(value.numRows, count);
            copy(value, inRows ? first : 0, inRows ? 0 : first, blocks[block]);
            blocks[block] = fed(node, blocks[block]);
        }
        kept.put(node, blocks);
    }

    /** The block as it is fed. */
    private DMatrixRMaj fed(Node node, DMatrixRMaj block) {
        return program.fed(node).equals(node) ? block : CommonOps_DDRM.transpose(block, null);
    }

    private static void copy(DMatrixRMaj from, int row, int column, DMatrixRMaj to) {
        for (int i = 0; i < to.numRows; i++) {
            System.arraycopy(from.data, (row + i) * from.numCols + column, to.data, i * to.numCols, to.numCols);
        }
    }

    /** Reads from a source from now on. */
    void from(ExampleSource given) {
        kept.keySet().removeAll(given.inputs());
        counts.keySet().removeAll(given.inputs());
        if (given.examples() < 1) {
            throw new IllegalArgumentException(
                    "from: the source has " + given.examples() + " examples; give at least 1");
        }
        source = given;
    }

    /** Counts the examples before a pass. */
    void count() {
        Map<Node, Long> all = new LinkedHashMap<>(counts);
        if (source != null) {
            all.put(source.inputs().get(0), source.examples());
        }
        examples = 0;
        Node first = null;
        for (Map.Entry<Node, Long> entry : all.entrySet()) {
            if (first != null && entry.getValue() != examples) {
                throw new ShapeException(
                        "dimension " + m + " is " + examples + " in " + first.describe() + ", but " + entry.getValue()
                                + " in " + entry.getKey().describe(),
                        "feed both with the same number of examples");
            }
            first = entry.getKey();
            examples = entry.getValue();
        }
    }

    long examples() {
        return examples;
    }

    int blocks() {
        return Math.toIntExact((examples + size - 1) / size);
    }

    /** How many examples a block has. */
    int count(long block) {
        return (int) Math.min(size, examples - block * size);
    }

    boolean isInOrder() {
        return source != null && !source.isRandomAccess();
    }

    /** New matrices for what the source reads of a block. */
    List<DMatrixRMaj> buffers(int count) {
        List<DMatrixRMaj> buffers = new ArrayList<>();
        for (Node node : source == null ? List.<Node>of() : source.inputs()) {
            Shape shape = node.shape().bind(Sizes.of(Map.of(m.toString(), count)));
            buffers.add(new DMatrixRMaj(shape.rows().size(), shape.columns().size()));
        }
        return buffers;
    }

    /** Reads what the source has of a block. */
    void read(long block, List<DMatrixRMaj> buffers) {
        if (source != null) {
            try {
                source.read(block * size, count(block), buffers);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** Gives a block to a run. */
    void feed(Run run, int block, List<DMatrixRMaj> buffers) {
        for (Map.Entry<Node, DMatrixRMaj[]> entry : kept.entrySet()) {
            run.share(program.fed(entry.getKey()), entry.getValue()[block]);
        }
        for (int k = 0; k < buffers.size() && source != null; k++) {
            Node node = source.inputs().get(k);
            run.share(program.fed(node), fed(node, buffers.get(k)));
        }
    }
}
