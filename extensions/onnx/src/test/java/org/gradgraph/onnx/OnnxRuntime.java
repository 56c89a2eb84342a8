package org.gradgraph.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** ONNX Runtime, which refuses what is no valid model. */
final class OnnxRuntime {
    private static final OrtEnvironment ENVIRONMENT =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);

    private OnnxRuntime() {}

    /** The outputs of a model by name; inputs it does not read are left out. */
    static Map<String, DMatrixRMaj> run(byte[] model, Map<String, DMatrixRMaj> inputs) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            return run(model, options, inputs);
        } catch (OrtException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        }
    }

    private static Map<String, DMatrixRMaj> run(
            byte[] model, OrtSession.SessionOptions options, Map<String, DMatrixRMaj> inputs) throws OrtException {
        try (OrtSession session = ENVIRONMENT.createSession(model, options)) {
            Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
            for (var input : session.getInputInfo().entrySet()) {
                tensors.put(input.getKey(), tensor(inputs.get(input.getKey()), (TensorInfo)
                        input.getValue().getInfo()));
            }
            Map<String, DMatrixRMaj> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(tensors)) {
                for (var output : result) {
                    outputs.put(output.getKey(), matrix((OnnxTensor) output.getValue()));
                }
            } finally {
                tensors.values().forEach(OnnxTensor::close);
            }
            return outputs;
        }
    }

    private static OnnxTensor tensor(DMatrixRMaj value, TensorInfo info) throws OrtException {
        long[] shape = info.getShape().length == 2 ? new long[] {value.numRows, value.numCols} : info.getShape();
        double[] elements = Arrays.copyOf(value.data, value.getNumElements());
        if (info.type == OnnxJavaType.FLOAT) {
            float[] rounded = new float[elements.length];
            for (int k = 0; k < rounded.length; k++) {
                rounded[k] = (float) elements[k];
            }
            return OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(rounded), shape);
        }
        return OnnxTensor.createTensor(ENVIRONMENT, DoubleBuffer.wrap(elements), shape);
    }

    private static DMatrixRMaj matrix(OnnxTensor tensor) {
        long[] shape = tensor.getInfo().getShape();
        int rows = shape.length == 2 ? (int) shape[0] : 1;
        int elements = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        double[] values = new double[elements];
        if (tensor.getInfo().type == OnnxJavaType.FLOAT) {
            FloatBuffer buffer = tensor.getFloatBuffer();
            for (int k = 0; k < elements; k++) {
                values[k] = buffer.get(k);
            }
        } else {
            tensor.getDoubleBuffer().get(values);
        }
        return new DMatrixRMaj(rows, elements / rows, true, values);
    }
}
