package org.gradgraph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One operator of a model with its operands. */
final class Call {
    private final NodeProto node;
    private final List<@Nullable Item> operands;
    private final int opset;

    /** An operand that is left out is null. */
    Call(NodeProto node, List<@Nullable Item> operands, int opset) {
        this.node = node;
        this.operands = operands;
        this.opset = opset;
    }

    String operator() {
        return node.getOpType();
    }

    int opset() {
        return opset;
    }

    int outputs() {
        return node.getOutputCount();
    }

    int size() {
        return operands.size();
    }

    boolean has(int place) {
        return place < operands.size() && operands.get(place) != null;
    }

    Item item(int place) {
        Item item = place < operands.size() ? operands.get(place) : null;
        if (item == null) {
            throw new OnnxException("its operand " + (place + 1) + " is missing");
        }
        return item;
    }

    Tensor tensor(int place) {
        Item item = item(place);
        return item instanceof Whole whole ? whole.tensor() : (Tensor) item;
    }

    List<Tensor> tensors() {
        return IntStream.range(0, size()).mapToObj(this::tensor).toList();
    }

    boolean isWhole(int place) {
        return has(place) && operands.get(place) instanceof Whole;
    }

    Whole whole(int place) {
        if (item(place) instanceof Whole whole) {
            return whole;
        }
        throw new OnnxException("its operand " + (place + 1) + " must be known when the model is read");
    }

    /** An operand that newer versions have, or the attribute of older ones. */
    Optional<Whole> whole(int place, String attribute) {
        if (has(place)) {
            return Optional.of(whole(place));
        }
        return integers(attribute).map(Whole::of);
    }

    private @Nullable AttributeProto attribute(String name, AttributeType type) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getName().equals(name)) {
                if (attribute.getType() != type) {
                    throw new OnnxException(
                            "its attribute " + name + " is " + attribute.getType() + " instead of " + type);
                }
                return attribute;
            }
        }
        return null;
    }

    long integer(String name, long otherwise) {
        AttributeProto attribute = attribute(name, AttributeType.INT);
        return attribute == null ? otherwise : attribute.getI();
    }

    OptionalInt integer(String name) {
        AttributeProto attribute = attribute(name, AttributeType.INT);
        return attribute == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(attribute.getI()));
    }

    double real(String name, double otherwise) {
        AttributeProto attribute = attribute(name, AttributeType.FLOAT);
        return attribute == null ? otherwise : attribute.getF();
    }

    String text(String name, String otherwise) {
        AttributeProto attribute = attribute(name, AttributeType.STRING);
        return attribute == null ? otherwise : attribute.getS().toStringUtf8();
    }

    List<String> texts(String name) {
        AttributeProto attribute = attribute(name, AttributeType.STRINGS);
        return attribute == null
                ? List.of()
                : attribute.getStringsList().stream()
                        .map(ByteString::toStringUtf8)
                        .toList();
    }

    Optional<long[]> integers(String name) {
        AttributeProto attribute = attribute(name, AttributeType.INTS);
        return attribute == null
                ? Optional.empty()
                : Optional.of(attribute.getIntsList().stream()
                        .mapToLong(Long::longValue)
                        .toArray());
    }

    Optional<double[]> reals(String name) {
        AttributeProto attribute = attribute(name, AttributeType.FLOATS);
        return attribute == null
                ? Optional.empty()
                : Optional.of(attribute.getFloatsList().stream()
                        .mapToDouble(Float::doubleValue)
                        .toArray());
    }

    Optional<AttributeProto> tensorAttribute(String name) {
        return Optional.ofNullable(attribute(name, AttributeType.TENSOR));
    }

    /** Refuses an attribute that would change the result. */
    void requireDefault(String name, long usual) {
        long given = integer(name, usual);
        if (given != usual) {
            throw new OnnxException(name + " = " + given + " is not imported");
        }
    }
}
