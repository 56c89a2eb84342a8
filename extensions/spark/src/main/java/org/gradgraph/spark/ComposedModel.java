package org.gradgraph.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradgraph.batch.ExampleSum;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/** A model taken apart: the share of a block, and its leaves in an order that is the same wherever it is composed. */
final class ComposedModel {
    private final SparkModel model;
    private final ExampleSum sum;
    private final List<Node> inputs = new ArrayList<>();
    private final List<Node> fixed = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    private ComposedModel(SparkModel model, ExampleSum sum) {
        this.model = model;
        this.sum = sum;
    }

    static ComposedModel of(ModelFactory factory) {
        SparkModel model = Require.given(factory.compose(), "SparkCost.of: what the factory composes");
        ComposedModel composed = new ComposedModel(model, ExampleSum.of(model.cost(), model.examples()));
        composed.sortLeaves();
        return composed;
    }

    private void sortLeaves() {
        Dim examples = model.examples();
        Set<String> names = new HashSet<>();
        for (Node leaf : Graph.of(sum.share()).nodes()) {
            if (leaf.op().isPresent() || leaf.equals(sum.total())) {
                continue;
            }
            if (leaf.shape().symbols().contains(examples.toString())) {
                inputs.add(leaf);
                columns.add(Column.of(leaf, examples));
            } else if (leaf.shape().isFixed()) {
                fixed.add(leaf);
            } else {
                throw new IllegalArgumentException("SparkCost.of: " + leaf.describe() + ", made at " + leaf.source()
                        + ", has a symbolic side that is not that of the examples; give it a size");
            }
            if (!names.add(leaf.name().orElseThrow())) {
                throw new IllegalArgumentException("SparkCost.of: two leaves are named \""
                        + leaf.name().orElseThrow() + "\", the second made at " + leaf.source()
                        + "; leaves are found by their names, so give each its own");
            }
        }
    }

    ExampleSum sum() {
        return sum;
    }

    /** The inputs that are filled from rows, in the order of {@link #columns}. */
    List<Node> inputs() {
        return inputs;
    }

    List<Column> columns() {
        return List.copyOf(columns);
    }

    /** The parameters and inputs without a side of examples. */
    List<Node> fixed() {
        return fixed;
    }

    Map<String, Node> outputs() {
        return model.outputs();
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
