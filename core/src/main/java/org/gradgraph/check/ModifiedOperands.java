package org.gradgraph.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientReport.Fault;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.Sizes;

/**
 * Finds a kernel that writes into its operands.
 *
 * <p>Values that were recorded in a run may be modified ones, so operands are computed again from what they are made of,
 * and each kernel reads a copy of them.
 */
final class ModifiedOperands {
    private final Map<Node, DMatrixRMaj> point;
    private final Values values;
    private final Sizes sizes;

    ModifiedOperands(Map<Node, DMatrixRMaj> point, Values values) {
        this.point = point;
        this.values = values;
        this.sizes = Values.sizes(point);
    }

    /** The first node whose kernel modifies an operand. */
    Optional<Finding> first(Graph graph) {
        for (Node node : graph.nodes()) {
            if (node.op().orElse(null) instanceof Kernel kernel) {
                int operand = modified((Kernel) kernel.bind(sizes), node);
                if (operand > 0) {
                    return Optional.of(Finding.of(Fault.MODIFIES_OPERAND, node, operand, null));
                }
            }
        }
        return Optional.empty();
    }

    /** Which operand, counted from 1, or 0. */
    private int modified(Kernel kernel, Node node) {
        List<DMatrixRMaj> before = node.inputs().stream().map(this::unmodified).toList();
        List<DMatrixRMaj> read = new ArrayList<>();
        before.forEach(value -> read.add(value.copy()));
        DMatrixRMaj result = values.of(node);
        kernel.forward(read, new DMatrixRMaj(result.numRows, result.numCols));
        for (int i = 0; i < before.size(); i++) {
            if (!Values.sameBits(before.get(i), read.get(i))) {
                return i + 1;
            }
        }
        return 0;
    }

    private DMatrixRMaj unmodified(Node operand) {
        DMatrixRMaj fed = point.get(operand);
        if (fed != null || operand.op().isEmpty()) {
            return fed == null ? values.of(operand) : fed;
        }
        List<Node> leaves = new ArrayList<>();
        for (Node input : operand.inputs()) {
            DMatrixRMaj value = values.of(input);
            leaves.add(Node.input("operand", Shape.of(value.numRows, value.numCols)));
        }
        Node again = Node.apply(operand.op().orElseThrow().bind(sizes), leaves);
        Run run = Program.of(again).newRun();
        for (int i = 0; i < leaves.size(); i++) {
            run.set(leaves.get(i), values.of(operand.inputs().get(i)));
        }
        return run.forward().value(again);
    }
}
