package org.gradgraph.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;

/** The leaves of an expression, in an order that is the same wherever it is composed. */
final class Leaves {
    private final List<Node> inputs = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final List<Node> fixed = new ArrayList<>();

    private Leaves() {}

    /**
     * The leaves below a node.
     *
     * @param method what was called, the beginning of messages
     * @param root the node
     * @param examples the side that counts examples
     * @param without a leaf that is left out
     */
    static Leaves of(String method, Node root, Dim examples, Node without) {
        Leaves leaves = new Leaves();
        Set<String> names = new HashSet<>();
        for (Node leaf : Graph.of(root).nodes()) {
            if (leaf.op().isPresent() || leaf.equals(without)) {
                continue;
            }
            String where = method + ": " + leaf.describe() + ", made at " + leaf.source();
            if (leaf.shape().symbols().contains(examples.toString())) {
                leaves.inputs.add(leaf);
                leaves.columns.add(Column.of(where, leaf, examples));
            } else if (leaf.shape().isFixed()) {
                leaves.fixed.add(leaf);
            } else {
                throw new IllegalArgumentException(
                        where + ", has a symbolic side that is not that of the examples; give it a size");
            }
            if (!names.add(leaf.name().orElseThrow())) {
                throw new IllegalArgumentException(
                        where + ", has the name of another one; values are found by names, so give each its own");
            }
        }
        return leaves;
    }

    /** The inputs that are filled from rows, in the order of {@link #columns}. */
    List<Node> inputs() {
        return inputs;
    }

    List<Column> columns() {
        return columns;
    }

    /** The parameters and inputs without a side of examples. */
    List<Node> fixed() {
        return fixed;
    }

    /** What must agree between the driver and its executors. */
    String signature() {
        List<String> leaves = new ArrayList<>();
        inputs.forEach(leaf -> leaves.add(leaf.describe()));
        fixed.forEach(leaf -> leaves.add(leaf.describe()));
        return String.join(", ", leaves);
    }

    static int elements(Node leaf) {
        return leaf.shape().elements().size();
    }
}
