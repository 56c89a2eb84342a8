package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/** What ONNX Runtime computes for an exported program, beside what a run computes. */
final class Comparison {
    private Comparison() {}

    /**
     * Outputs and gradients that differ by more than a part of their size.
     *
     * @param values of all inputs and parameters
     * @param tolerance relative to an element, or to 1/1000 where it is smaller
     */
    static List<String> of(Program program, Map<Node, DMatrixRMaj> values, byte[] model, double tolerance) {
        Feeds feeds = Feeds.none();
        Map<String, DMatrixRMaj> inputs = new LinkedHashMap<>();
        for (Map.Entry<Node, DMatrixRMaj> value : values.entrySet()) {
            if (program.graph().contains(value.getKey()) || program.wrt().contains(value.getKey())) {
                feeds = feeds.and(value.getKey(), value.getValue());
            }
            inputs.put(value.getKey().name().orElseThrow(), value.getValue());
        }
        Run run = program.newRun().set(feeds).forward();
        List<DMatrixRMaj> expected = new ArrayList<>();
        program.outputs().forEach(output -> expected.add(run.value(output)));
        if (!program.wrt().isEmpty()) {
            run.backward();
            program.wrt().forEach(node -> expected.add(run.gradient(node)));
        }
        List<String> problems = new ArrayList<>();
        int place = 0;
        for (Map.Entry<String, DMatrixRMaj> output :
                OnnxRuntime.run(model, inputs).entrySet()) {
            problems.addAll(differences(output.getKey(), output.getValue(), expected.get(place++), tolerance));
        }
        return problems;
    }

    static List<String> differences(String name, DMatrixRMaj got, DMatrixRMaj want, double tolerance) {
        if (got.numRows != want.numRows || got.numCols != want.numCols) {
            return List.of(
                    name + " is " + got.numRows + "×" + got.numCols + ", not " + want.numRows + "×" + want.numCols);
        }
        List<String> problems = new ArrayList<>();
        for (int k = 0; k < want.getNumElements(); k++) {
            double a = got.data[k];
            double b = want.data[k];
            boolean near = Math.abs(a - b) <= tolerance * Math.max(Math.abs(b), 1e-3);
            if (!near && a != b && !(Double.isNaN(a) && Double.isNaN(b))) {
                problems.add(name + "[" + k + "] is " + a + ", not " + b);
            }
        }
        return problems;
    }
}
