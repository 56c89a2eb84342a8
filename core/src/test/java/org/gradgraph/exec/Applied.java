package org.gradgraph.exec;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Primitive;

/** One primitive as an operation. Its vjp is no derivative, only a node for each operand. */
record Applied(Primitive primitive) implements Elementwise {
    @Override
    public String name() {
        return primitive.name();
    }

    @Override
    public Formula formula() {
        List<Formula> arguments = new ArrayList<>();
        for (int i = 0; i < primitive.arity(); i++) {
            arguments.add(Formula.argument(i));
        }
        return Formula.of(primitive, arguments.toArray(Formula[]::new));
    }

    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        return inputs.stream().map(input -> input.tanh().times(dy)).toList();
    }
}
