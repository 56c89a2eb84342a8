package org.gradgraph.graph;

import java.util.List;

/** Checks of the number of operands, for shape rules. */
final class Operands {
    private Operands() {}

    static Shape only(List<Shape> inputs) {
        require(1, inputs);
        return inputs.get(0);
    }

    static void require(int count, List<Shape> inputs) {
        if (inputs.size() != count) {
            throw new ShapeException(
                    "takes " + count + (count == 1 ? " operand" : " operands") + ", not " + inputs.size(),
                    "use the method of Ops that makes this operation");
        }
    }
}
