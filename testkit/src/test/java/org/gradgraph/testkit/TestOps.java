package org.gradgraph.testkit;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;

/** Operations put together from functions, as a user would write them. */
final class TestOps {
    private TestOps() {}

    /** A vjp as a function of operands and cotangent. */
    interface Rule {
        List<Node> vjp(List<Node> inputs, Node dy);
    }

    /** A kernel as a function. */
    interface Loop {
        void run(List<DMatrixRMaj> inputs, DMatrixRMaj out);
    }

    /** An elementwise operation. */
    record Pointwise(String name, Formula formula, Rule rule) implements Elementwise {
        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return rule.vjp(inputs, dy);
        }
    }

    /** An operation with a kernel; the result has the shape of the first operand, and all operands have it. */
    record Looped(String name, int operands, Loop kernel, Rule rule) implements Kernel {
        @Override
        public Shape shape(List<Shape> inputs) {
            if (inputs.size() != operands || !inputs.stream().allMatch(inputs.get(0)::equals)) {
                throw new ShapeException(name + " takes " + operands + " operands of one shape", "give them");
            }
            return inputs.get(0);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            kernel.run(inputs, out);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return rule.vjp(inputs, dy);
        }
    }
}
