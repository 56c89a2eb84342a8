package org.gradgraph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Collects the operators and initialisers of an ONNX graph; the same operator on the same values is written once.
 *
 * <p>Values have numbers until the end, because a value may get its name after it is used.
 */
final class Emitter {
    private final @Nullable Emitter outer;
    private final Names names;
    private final boolean inFloat;
    private final int opset;
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final List<NodeProto.Builder> nodes = new ArrayList<>();
    private final Map<List<Object>, List<String>> known = new HashMap<>();
    private final Map<String, String> conditions = new HashMap<>();
    private String operation = "";
    private String line = "";

    Emitter(boolean inFloat, int opset) {
        this(null, new Names(), inFloat, opset);
    }

    private Emitter(@Nullable Emitter outer, Names names, boolean inFloat, int opset) {
        this.outer = outer;
        this.names = names;
        this.inFloat = inFloat;
        this.opset = opset;
    }

    /** The graph of a body, which may read what was computed outside. */
    Emitter body() {
        Emitter body = new Emitter(this, names, inFloat, opset);
        body.at(operation, line);
        return body;
    }

    /** What the next operators are made for. */
    void at(String label, String sourceLine) {
        operation = label;
        line = sourceLine;
    }

    Names names() {
        return names;
    }

    boolean inFloat() {
        return inFloat;
    }

    int opset() {
        return opset;
    }

    int elementType() {
        return (inFloat ? DataType.FLOAT : DataType.DOUBLE).getNumber();
    }

    GraphProto.Builder graph() {
        return graph;
    }

    String emit(String operator, List<String> inputs, AttributeProto... attributes) {
        return emit(operator, 1, inputs, attributes).get(0);
    }

    List<String> emit(String operator, int outputs, List<String> inputs, AttributeProto... attributes) {
        List<Object> key = List.of(operator, inputs, List.of(attributes));
        List<String> before = find(key);
        if (before != null) {
            return before;
        }
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllAttribute(List.of(attributes))
                .setName(names.operator(operation))
                .setDocString(line);
        List<String> results = new ArrayList<>();
        for (int k = 0; k < outputs; k++) {
            results.add(names.temporary());
        }
        nodes.add(node.addAllOutput(results));
        known.put(key, results);
        return results;
    }

    private @Nullable List<String> find(List<Object> key) {
        for (Emitter scope = this; scope != null; scope = scope.outer) {
            List<String> before = scope.known.get(key);
            if (before != null) {
                return before;
            }
        }
        return null;
    }

    /** 1 where the condition holds, else 0; {@link #condition} finds the condition again. */
    String number(String condition) {
        String number = emit("Cast", List.of(condition), Attributes.integer("to", elementType()));
        conditions.put(number, condition);
        return number;
    }

    @Nullable
    String condition(String number) {
        for (Emitter scope = this; scope != null; scope = scope.outer) {
            String condition = scope.conditions.get(number);
            if (condition != null) {
                return condition;
            }
        }
        return null;
    }

    String number(double value) {
        return constant(tensor(TensorProto.newBuilder(), new double[] {value}));
    }

    /** A matrix of one element. */
    String matrix(double value) {
        return matrix(new DMatrixRMaj(1, 1, true, value));
    }

    String matrix(DMatrixRMaj value) {
        return constant(tensor(value));
    }

    private TensorProto.Builder tensor(DMatrixRMaj value) {
        double[] elements = Arrays.copyOf(value.data, value.getNumElements());
        return tensor(TensorProto.newBuilder().addDims(value.numRows).addDims(value.numCols), elements);
    }

    private TensorProto.Builder tensor(TensorProto.Builder tensor, double[] elements) {
        ByteBuffer bytes = ByteBuffer.allocate(elements.length * (inFloat ? Float.BYTES : Double.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (double element : elements) {
            if (inFloat) {
                bytes.putFloat(nearest(element));
            } else {
                bytes.putDouble(element);
            }
        }
        return tensor.setDataType(elementType()).setRawData(ByteString.copyFrom(bytes.flip()));
    }

    /** A finite number stays finite. */
    private static float nearest(double element) {
        return Double.isFinite(element)
                ? (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, element))
                : (float) element;
    }

    /** Whole numbers, one after the other: a shape, or places. */
    String integers(long... values) {
        return integers(new long[] {values.length}, values);
    }

    String integers(long[] shape, long[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setDataType(DataType.INT64.getNumber())
                .setRawData(ByteString.copyFrom(bytes.flip()));
        for (long side : shape) {
            tensor.addDims(side);
        }
        return constant(tensor);
    }

    private String constant(TensorProto.Builder tensor) {
        return emit("Constant", List.of(), Attributes.tensor("value", tensor.build()));
    }

    /** The value of a parameter or input, which is part of the model. */
    String initializer(DMatrixRMaj value) {
        String name = names.temporary();
        graph.addInitializer(tensor(value).setName(name));
        return name;
    }

    /** The same value once more, under a name of its own. */
    String copy(String value) {
        String name = names.temporary();
        nodes.add(NodeProto.newBuilder()
                .setOpType("Identity")
                .addInput(value)
                .addOutput(name)
                .setName(names.operator("copy")));
        return name;
    }

    /** A vector. */
    ValueInfoProto described(String value, Dim length) {
        return described(value, TensorShapeProto.newBuilder().addDim(side(length)));
    }

    ValueInfoProto described(String value, Shape shape) {
        return described(
                value, TensorShapeProto.newBuilder().addDim(side(shape.rows())).addDim(side(shape.columns())));
    }

    private ValueInfoProto described(String value, TensorShapeProto.Builder shape) {
        return ValueInfoProto.newBuilder()
                .setName(value)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(elementType())
                                .setShape(shape)))
                .build();
    }

    private static TensorShapeProto.Dimension.Builder side(Dim side) {
        TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
        return side.isFixed() ? dimension.setDimValue(side.size()) : dimension.setDimParam(side.toString());
    }

    /** The graph with the final names. */
    GraphProto finished() {
        nodes.forEach(graph::addNode);
        return names.in(graph.build());
    }

    /** The graph of a body; its names become final with those around it. */
    GraphProto unfinished() {
        nodes.forEach(graph::addNode);
        return graph.build();
    }
}
