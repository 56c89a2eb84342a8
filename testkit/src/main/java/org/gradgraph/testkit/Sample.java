package org.gradgraph.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;

/** An operation with operands to try it on. */
record Sample(Op op, List<Shape> shapes, double low, double high) {
    List<DMatrixRMaj> values() {
        return values(1);
    }

    private List<DMatrixRMaj> values(long seed) {
        Random random = new Random(seed);
        List<DMatrixRMaj> values = new ArrayList<>();
        shapes.forEach(shape -> values.add(Samples.between(low, high, shape, random)));
        return values;
    }

    /** The result on these operands, in a new run. */
    DMatrixRMaj result(List<DMatrixRMaj> values) {
        return new Computation().result(values);
    }

    /** The result on these operands, in a run that has computed another one before, into the same buffers. */
    DMatrixRMaj resultAfterAnother(List<DMatrixRMaj> values) {
        Computation computation = new Computation();
        computation.result(values(4));
        return computation.result(values);
    }

    /** The operands after a pass. */
    List<DMatrixRMaj> operandsAfter(List<DMatrixRMaj> values) {
        Computation computation = new Computation();
        computation.result(values);
        return computation.operands.stream().map(computation.run::value).toList();
    }

    /** The operation alone in a program, as it is written. */
    private final class Computation {
        private final List<Node> operands = parameters();
        private final Node y = Node.apply(op, operands);
        private final Run run = Program.of(y).rewrite(Rewriting.OFF).newRun();

        DMatrixRMaj result(List<DMatrixRMaj> values) {
            for (int i = 0; i < operands.size(); i++) {
                run.set(operands.get(i), values.get(i));
            }
            return run.forward().value(y);
        }
    }

    /** What the kernel writes into a matrix full of NaN; an operation without a kernel of its own is run. */
    DMatrixRMaj kernel(List<DMatrixRMaj> values) {
        if (!(op instanceof Kernel kernel)) {
            return result(values);
        }
        Shape shape = op.shape(shapes);
        DMatrixRMaj out = new DMatrixRMaj(shape.rows().size(), shape.columns().size());
        Arrays.fill(out.data, Double.NaN);
        kernel.forward(values, out);
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
