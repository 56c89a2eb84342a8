package org.gradgraph.graph;

import java.util.List;

/**
 * An operation whose value is that of an expression made of other operations.
 *
 * <p>It has a name, a derivative and a place in pictures of its own; its value is computed as if the user had written the
 * expression, fused with what surrounds it.
 *
 * <pre>{@code
 * record LogCosh() implements Composite {
 *     public String name() { return "logCosh"; }
 *     public Shape shape(List<Shape> inputs) { return inputs.get(0); }
 *     public Node expansion(List<Node> inputs) {
 *         Node size = inputs.get(0).abs();
 *         return size.plus(size.times(-2).softplus()).minus(Math.log(2));
 *     }
 *     public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
 *         return List.of(dy.times(inputs.get(0).tanh()));
 *     }
 * }
 * }</pre>
 */
public non-sealed interface Composite extends Op {
    /**
     * {@return the expression, of the shape that {@link #shape} gives}
     *
     * @param inputs nodes in place of the operands; of fixed shapes where the value is computed, and of the operands' own,
     *     symbolic ones where the expression is only looked at, to see whether it keeps examples apart
     */
    Node expansion(List<Node> inputs);
}
