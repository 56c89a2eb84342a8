package org.gradgraph.scan;

import java.util.List;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * A loop whose derivative is another loop.
 *
 * @param body what each step does
 * @param sizes the sizes of one run, once it is bound
 */
record ScanOp(LoopBody body, @Nullable Sizes sizes) implements Loop {
    @Override
    public String name() {
        return "scan";
    }

    @Override
    public Loop with(LoopBody other) {
        return new ScanOp(other, sizes);
    }

    @Override
    public Op bind(Sizes run) {
        return new ScanOp(body, run);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        List<Shape> expected = body.operands().stream().map(this::bound).toList();
        if (!inputs.equals(expected)) {
            throw new ShapeException(
                    "the operands are " + inputs + ", the body needs " + expected,
                    "rows for every step, initial states, and what is shared, in this order");
        }
        return bound(body.value());
    }

    private Shape bound(Shape shape) {
        return sizes == null ? shape : shape.bind(sizes);
    }

    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        return new ReverseScan(body, inputs, y, dy).cotangents();
    }
}
