package org.gradgraph.exec;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.plan.Plan;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.Sizes;

/** The plan of a program that was not fed yet, for {@link Program#explain()}. */
final class PlanPreview {
    /** What stands for a size that is not known. */
    private static final int ASSUMED = 100;

    private PlanPreview() {}

    static String of(Compiled compiled, boolean hasGradients) {
        Map<String, Integer> assumed = new TreeMap<>();
        for (Node node : compiled.everything().nodes()) {
            node.shape().rows().symbols().forEach(symbol -> assumed.put(symbol, ASSUMED));
            node.shape().columns().symbols().forEach(symbol -> assumed.put(symbol, ASSUMED));
        }
        Execution execution = Execution.standard();
        try {
            Sizes sizes = Sizes.of(assumed);
            Plan plan = new Plan(
                    compiled.everything(),
                    compiled.forwardNodes().size(),
                    leaves(compiled, sizes),
                    sizes,
                    execution.options(execution.newWorkers(), hasGradients));
            return headline(assumed, hasGradients) + plan.describe();
        } catch (ShapeException misfit) {
            return "steps: they depend on the sizes; feed a run and ask it, run.explain()\n";
        }
    }

    private static String headline(Map<String, Integer> assumed, boolean hasGradients) {
        String passes = hasGradients ? "steps of both passes in one" : "steps";
        if (assumed.isEmpty()) {
            return passes + ":\n";
        }
        String sizes = assumed.toString().replaceAll("[{}]", "").replace("=", " = ");
        return passes + ", if " + sizes + "; run.explain() tells of the sizes that were fed:\n";
    }

    /** Nothing is computed of inputs, so that their arrays may be empty. */
    private static Map<Node, DMatrixRMaj> leaves(Compiled compiled, Sizes sizes) {
        Map<Node, DMatrixRMaj> leaves = new HashMap<>();
        for (Node node : compiled.everything().nodes()) {
            if (Program.isLeaf(node)) {
                Shape shape = node.shape().bind(sizes);
                DMatrixRMaj empty = new DMatrixRMaj(0, 0);
                empty.numRows = shape.rows().size();
                empty.numCols = shape.columns().size();
                leaves.put(node, empty);
            }
        }
        return leaves;
    }
}
