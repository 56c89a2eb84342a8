package org.gradgraph.examples.operation;

import java.util.List;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Primitive;

/**
 * log cosh x, element by element: a loss that is a square near 0 and an absolute value far out.
 *
 * <p>Composed of {@code exp} it would overflow from x = 710. As |x| + log(1 + e<sup>−2|x|</sup>) − log 2 it cannot.
 *
 * <pre>{@code
 * Node cost = LogCosh.of(prediction.minus(label)).mean();
 * }</pre>
 */
public record LogCosh() implements Elementwise {

    /** The node; its derivative is tanh x. */
    public static Node of(Node x) {
        return Node.apply(new LogCosh(), x);
    }

    @Override
    public String name() {
        return "logCosh";
    }

    @Override
    public Formula formula() {
        Formula size = Formula.argument(0).abs();
        Formula tail =
                Formula.of(Primitive.LOG1P, size.times(Formula.constant(-2)).exp());
        return size.plus(tail).minus(Formula.constant(Math.log(2)));
    }

    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        return List.of(dy.times(inputs.get(0).tanh()));
    }
}
