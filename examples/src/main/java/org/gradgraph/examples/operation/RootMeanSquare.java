package org.gradgraph.examples.operation;

import java.util.List;
import org.gradgraph.graph.Composite;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;

/** The square root of the mean of the squares. */
public record RootMeanSquare() implements Composite {

    /** The node; its derivative is x/(n·y) for n elements, and NaN where all are 0. */
    public static Node of(Node x) {
        return Node.apply(new RootMeanSquare(), x);
    }

    @Override
    public String name() {
        return "rootMeanSquare";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return Shape.SCALAR;
    }

    @Override
    public Node expansion(List<Node> inputs) {
        return inputs.get(0).square().mean().sqrt();
    }

    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        Node x = inputs.get(0);
        Node n = Constants.size(x.shape().elements());
        return List.of(x.times(dy.dividedBy(y.times(n))));
    }
}
