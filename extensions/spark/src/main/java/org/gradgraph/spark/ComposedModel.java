package org.gradgraph.spark;

import org.gradgraph.batch.ExampleSum;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/** A model taken apart: the share of a block, its leaves, and the outputs. */
record ComposedModel(SparkModel model, ExampleSum sum, Leaves leaves) {
    static ComposedModel of(ModelFactory factory) {
        SparkModel model = Require.given(factory.compose(), "SparkCost.of: what the factory composes");
        ExampleSum sum = ExampleSum.of(model.cost(), model.examples());
        return new ComposedModel(model, sum, Leaves.of("SparkCost.of", sum.share(), model.examples(), sum.total()));
    }

    /** An output by its name, and what it reads. */
    Output output(String name) {
        Node node = model.outputs().get(name);
        if (node == null) {
            throw new IllegalArgumentException("SparkCost.predict: the model has no output \"" + name + "\"; it has "
                    + model.outputs().keySet());
        }
        String where = "SparkCost.predict: " + node.describe() + ", made at " + node.source();
        Column shape = Column.of(where, node.named(name), model.examples());
        return new Output(node, shape.length(), Leaves.of("SparkCost.predict", node, model.examples(), sum.total()));
    }

    /** A node with so many numbers for each example. */
    record Output(Node node, int length, Leaves leaves) {}
}
