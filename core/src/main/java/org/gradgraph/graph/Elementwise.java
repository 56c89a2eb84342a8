package org.gradgraph.graph;

import java.util.List;

/**
 * An operation that computes each element of its result from the elements at the same place.
 *
 * <p>It is declared as a {@link Formula}; loops, and whatever is faster than loops, come from that one declaration. All
 * operands have the shape of the result: broadcasting is done before, by the methods of the families.
 *
 * <pre>{@code
 * record Cube() implements Elementwise {
 *     public String name() { return "cube"; }
 *     public Formula formula() {
 *         Formula x = Formula.argument(0);
 *         return x.times(x).times(x);
 *     }
 *     public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
 *         return List.of(dy.times(inputs.get(0).square().times(3)));
 *     }
 * }
 * }</pre>
 */
public non-sealed interface Elementwise extends Op {
    /** {@return the formula of one element, in the operands as {@link Formula#argument arguments}} */
    Formula formula();

    @Override
    default Shape shape(List<Shape> inputs) {
        Operands.require(formula().arity(), inputs);
        for (Shape shape : inputs) {
            if (!shape.equals(inputs.get(0))) {
                throw new ShapeException(
                        "the shapes differ, " + inputs.get(0) + " and " + shape,
                        "an operation is applied to operands of one shape; write broadcastTo(…) on the smaller one");
            }
        }
        return inputs.get(0);
    }
}
