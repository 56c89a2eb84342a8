package org.gradgraph.scan;

import java.util.List;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.Sizes;

/**
 * A loop whose derivative is another loop.
 *
 * @param body what each step does
 * @param takesProductsOut whether products with the columns of a step become one product of all steps, which takes
 *     less time and more memory
 */
record ScanOp(LoopBody body, boolean takesProductsOut) implements Loop {
    @Override
    public String name() {
        return "scan";
    }

    @Override
    public Loop with(LoopBody other) {
        return new ScanOp(other, takesProductsOut);
    }

    @Override
    public Op bind(Sizes sizes) {
        return new ScanOp(body.bind(sizes), takesProductsOut);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        List<Shape> expected = body.operands();
        if (!inputs.equals(expected)) {
            throw new ShapeException(
                    "the operands are " + inputs + ", the body needs " + expected,
                    "rows for every step, initial states, and what is shared, in this order");
        }
        return body.value();
    }

    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        return new ReverseScan(this, inputs, y, dy).cotangents();
    }
}
