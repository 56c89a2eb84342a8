package org.gradgraph.spark;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/**
 * What a {@link ModelFactory} composes: a cost over examples, and outputs to predict.
 *
 * <p>Inputs with a side of examples are filled from the column of a table that has their name.
 *
 * <pre>{@code
 * SparkModel.of(cost, m).output("probability", z.sigmoid())
 * }</pre>
 */
@CheckReturnValue
public final class SparkModel {
    private final Node cost;
    private final Dim examples;
    private final Map<String, Node> outputs;

    private SparkModel(Node cost, Dim examples, Map<String, Node> outputs) {
        this.cost = cost;
        this.examples = examples;
        this.outputs = outputs;
    }

    /**
     * {@return a model without outputs}
     *
     * @param cost a 1×1 node, a mean or sum over the examples with or without penalties
     * @param examples the symbolic side that counts the examples
     */
    public static SparkModel of(Node cost, Dim examples) {
        return new SparkModel(
                Require.given(cost, "SparkModel.of: the cost"),
                Require.given(examples, "SparkModel.of: the side of the examples"),
                Map.of());
    }

    /**
     * {@return the same model with one more output}
     *
     * @param name under which it is asked for
     * @param node a node with one column or row of numbers for each example
     * @throws IllegalArgumentException if there is an output of that name
     */
    public SparkModel output(String name, Node node) {
        Map<String, Node> more = new LinkedHashMap<>(outputs);
        Require.given(node, "SparkModel.output: the node");
        if (more.put(Require.given(name, "SparkModel.output: the name"), node) != null) {
            throw new IllegalArgumentException("SparkModel.output: there are two outputs \"" + name + "\"");
        }
        return new SparkModel(cost, examples, more);
    }

    /** {@return the cost} */
    public Node cost() {
        return cost;
    }

    /** {@return the side that counts the examples} */
    public Dim examples() {
        return examples;
    }

    /** {@return the outputs by name} */
    public Map<String, Node> outputs() {
        return Map.copyOf(outputs);
    }

    /** The cost, for example {@code "J" 1×1 over the examples of m}. */
    @Override
    public String toString() {
        return cost.describe() + " over the examples of " + examples;
    }
}
