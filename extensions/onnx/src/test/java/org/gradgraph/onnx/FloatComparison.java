package org.gradgraph.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/** An imported model of one input beside ONNX Runtime, on seeded numbers of any rank. */
final class FloatComparison {
    private static final OrtEnvironment ENVIRONMENT =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);

    /** A float has 24 bits; sums of a few hundred terms lose some of them. */
    private static final double TOLERANCE = 1e-5;

    private FloatComparison() {}

    static float[] numbers(long seed, double scale, long... shape) {
        Random random = new Random(seed);
        float[] numbers = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = (float) (scale * random.nextGaussian());
        }
        return numbers;
    }

    /** How an import arranges numbers: pictures one per column, others with the last axis as columns. */
    static DMatrixRMaj arranged(float[] numbers, long... shape) {
        int columns = shape.length == 4 ? (int) shape[0] : shape.length == 0 ? 1 : (int) shape[shape.length - 1];
        DMatrixRMaj matrix = new DMatrixRMaj(numbers.length / columns, columns);
        for (int k = 0; k < numbers.length; k++) {
            int row = shape.length == 4 ? k % matrix.numRows : k / columns;
            int column = shape.length == 4 ? k / matrix.numRows : k % columns;
            matrix.set(row, column, numbers[k]);
        }
        return matrix;
    }

    static List<String> differences(OnnxImport imported, byte[] model, double scale, long... shape) {
        float[] numbers = numbers(1, scale, shape);
        Program program = Program.of(imported.outputs());
        Run run = program.newRun()
                .set(imported.values().readBy(program))
                .set(imported.inputs().get(0), arranged(numbers, shape))
                .forward();
        List<String> problems = new ArrayList<>();
        try (OrtSession session = ENVIRONMENT.createSession(model);
                OnnxTensor input = OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(numbers), shape);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            int place = 0;
            for (var output : result) {
                OnnxTensor tensor = (OnnxTensor) output.getValue();
                float[] want = new float[tensor.getFloatBuffer().remaining()];
                tensor.getFloatBuffer().get(want);
                Node node = imported.outputs().get(place++);
                DMatrixRMaj got = run.value(node);
                problems.addAll(differences(
                        output.getKey(), got, arranged(want, tensor.getInfo().getShape())));
            }
        } catch (OrtException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        }
        return problems;
    }

    private static List<String> differences(String name, DMatrixRMaj got, DMatrixRMaj want) {
        if (got.getNumElements() != want.getNumElements()) {
            return List.of(name + " has " + got.getNumElements() + " elements, not " + want.getNumElements());
        }
        double largest = Arrays.stream(want.data).map(Math::abs).max().orElse(0);
        List<String> problems = new ArrayList<>();
        for (int k = 0; k < want.getNumElements(); k++) {
            if (!(Math.abs(got.data[k] - want.data[k]) <= TOLERANCE * Math.max(1, largest))) {
                problems.add(name + "[" + k + "] is " + got.data[k] + ", not " + want.data[k]);
            }
        }
        return problems;
    }
}
