package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.ShapeException;

/** What one operation adds to the gradients of its operands: its vjp alone, run with the values of a finished run. */
final class Shares {
    private Shares() {}

    /** One share for each operand, all empty if a value that the vjp needs was not kept. */
    static List<Optional<Figure>> of(Node node, Run run) {
        Optional<DMatrixRMaj> dy = run.findGradient(node);
        List<DMatrixRMaj> values = new ArrayList<>();
        List<Node> standIns = new ArrayList<>();
        for (Node input : node.inputs()) {
            run.findValue(input).ifPresent(values::add);
            standIns.add(Node.input("operand", input.shape()));
        }
        if (dy.isEmpty() || values.size() < standIns.size()) {
            return none(node);
        }
        try {
            return compute(node, standIns, values, dy.get());
        } catch (ShapeException notBound) {
            // A symbolic size that neither operands nor result tell.
            return none(node);
        }
    }

    private static List<Optional<Figure>> none(Node node) {
        return Collections.nCopies(node.inputs().size(), Optional.empty());
    }

    private static List<Optional<Figure>> compute(
            Node node, List<Node> standIns, List<DMatrixRMaj> values, DMatrixRMaj dy) {
        Node cotangent = Node.input("cotangent", node.shape());
        List<Node> shares = Provenance.vjp(Node.apply(node.op().orElseThrow(), standIns), cotangent);
        List<Node> outputs = new ArrayList<>(shares);
        outputs.addAll(standIns);
        outputs.add(cotangent);
        Run local = Program.of(outputs).newRun();
        for (int k = 0; k < standIns.size(); k++) {
            local.set(standIns.get(k), values.get(k));
        }
        local.set(cotangent, dy).forward();
        return shares.stream()
                .map(share -> Optional.of(Figure.of(local.value(share))))
                .toList();
    }
}
