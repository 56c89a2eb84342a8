package org.gradgraph.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;

/** An operation with operands to try it on. */
record Sample(Op op, List<Shape> shapes, double low, double high) {
    List<DMatrixRMaj> values() {
        Random random = new Random(1);
        List<DMatrixRMaj> values = new ArrayList<>();
        shapes.forEach(shape -> values.add(Samples.between(low, high, shape, random)));
        return values;
    }

    /** The kernel on these operands, with a result that is full of a number before. */
    DMatrixRMaj forward(List<DMatrixRMaj> inputs, double before) {
        Shape shape = op.shape(shapes);
        DMatrixRMaj out = new DMatrixRMaj(shape.rows().size(), shape.columns().size());
        Arrays.fill(out.data, before);
        op.forward(inputs, out);
        return out;
    }

    /** The derivatives of the operation on these parameters, first and second, against differences. */
    void requireDerivatives(List<Node> operands, List<Node> parameters, List<DMatrixRMaj> values, int order) {
        Node y = Node.apply(op, operands);
        DMatrixRMaj weights = Samples.between(0.5, 1, y.shape(), new Random(2));
        Feeds point = Feeds.none();
        for (int i = 0; i < parameters.size(); i++) {
            point = point.and(parameters.get(i), values.get(i));
        }
        Node cost = y.times(Node.constant(weights)).sum();
        GradientCheck.of(cost)
                .withRespectTo(parameters.toArray(Node[]::new))
                .at(point)
                .order(order)
                .verify();
    }

    List<Node> parameters() {
        List<Node> parameters = new ArrayList<>();
        shapes.forEach(shape -> parameters.add(Node.parameter("operand " + (parameters.size() + 1), shape)));
        return parameters;
    }
}
