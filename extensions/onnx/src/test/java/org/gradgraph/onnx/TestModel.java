package org.gradgraph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Models as another exporter would write them, with the classes of the file format alone. */
final class TestModel {
    final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
    private final Random random = new Random(7);
    private long opset = 17;

    TestModel opset(long version) {
        opset = version;
        return this;
    }

    /** An input of float. */
    TestModel input(String name, Object... sides) {
        graph.addInput(described(name, DataType.FLOAT, sides));
        return this;
    }

    static ValueInfoProto described(String name, DataType type, Object... sides) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object side : sides) {
            TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
            if (side instanceof Number number) {
                dimension.setDimValue(number.longValue());
            } else {
                dimension.setDimParam(side.toString());
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    TestModel output(String... names) {
        for (String name : names) {
            graph.addOutput(ValueInfoProto.newBuilder()
                    .setName(name)
                    .setType(TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()))));
        }
        return this;
    }

    /** Seeded weights between 0.2 and 1.2. */
    TestModel weights(String name, long... sides) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT.getNumber());
        long count = 1;
        for (long side : sides) {
            tensor.addDims(side);
            count *= side;
        }
        for (long k = 0; k < count; k++) {
            tensor.addFloatData(0.2f + random.nextFloat());
        }
        graph.addInitializer(tensor);
        return this;
    }

    TestModel numbers(String name, long... values) {
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.INT64.getNumber())
                .addDims(values.length)
                .addAllInt64Data(Arrays.stream(values).boxed().toList()));
        return this;
    }

    TestModel number(String name, double value) {
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.FLOAT.getNumber())
                .addFloatData((float) value));
        return this;
    }

    TestModel node(String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName("the_" + operator + (graph.getNodeCount() == 0 ? "" : "_" + graph.getNodeCount()))
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
        return this;
    }

    static AttributeProto real(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    ModelProto.Builder model() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph);
    }

    byte[] bytes() {
        return model().build().toByteArray();
    }
}
