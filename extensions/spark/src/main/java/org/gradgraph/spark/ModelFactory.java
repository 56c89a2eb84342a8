package org.gradgraph.spark;

import java.io.Serializable;

/**
 * Composes the graph of a model: once on the driver, and once in each executor that computes with it.
 *
 * <p>Graphs are never serialised; the lambda is. It must compose the same graph each time.
 *
 * <pre>{@code
 * ModelFactory factory = () -> {
 *     Dim m = Dim.named("m");
 *     Node x = Node.input("features", 30, m), y = Node.input("label", 1, m);
 *     Node w = Node.parameter("w", 30, 1), b = Node.parameter("b", 1, 1);
 *     Node z = w.transpose().matmul(x).plus(b);
 *     return SparkModel.of(Losses.bceWithLogits(z, y).mean(), m).output("probability", z.sigmoid());
 * };
 * }</pre>
 */
@FunctionalInterface
public interface ModelFactory extends Serializable {
    /** {@return the model, composed anew} */
    SparkModel compose();
}
