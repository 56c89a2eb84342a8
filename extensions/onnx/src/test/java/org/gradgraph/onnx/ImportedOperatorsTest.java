package org.gradgraph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gradgraph.onnx.Attributes.integer;
import static org.gradgraph.onnx.Attributes.integers;
import static org.gradgraph.onnx.TestModel.real;
import static org.gradgraph.onnx.TestModel.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of one layer, as other exporters write them: values are those of ONNX Runtime, to float precision. */
class ImportedOperatorsTest {
    /** A model with the shape of what it is fed. */
    record Layer(String name, TestModel model, List<Long> shape) {
        Layer(String name, TestModel model, long... shape) {
            this(name, model, LongStream.of(shape).boxed().toList());
        }

        long[] sides() {
            return shape.stream().mapToLong(Long::longValue).toArray();
        }

        Layer opset(int version) {
            return new Layer(name, model.opset(version), shape);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource
    void a_layer_computes_what_the_runtime_computes(Layer layer) {
        byte[] model = layer.model().bytes();
        assertThat(FloatComparison.differences(OnnxImport.of(model), model, 1, layer.sides()))
                .isEmpty();
    }

    static Stream<Layer> a_layer_computes_what_the_runtime_computes() {
        return Stream.of(elementwise(), reductions(), layouts(), pictures(), recurrent(), products())
                .flatMap(layers -> layers);
    }

    private static Layer unary(String operator, AttributeProto... attributes) {
        return new Layer(
                operator,
                new TestModel()
                        .input("x", "n", 3)
                        .node(operator, List.of("x"), List.of("y"), attributes)
                        .output("y"),
                4,
                3);
    }

    private static Stream<Layer> elementwise() {
        Stream<Layer> plain = Stream.of(
                        "Abs",
                        "Neg",
                        "Exp",
                        "Reciprocal",
                        "Sin",
                        "Cos",
                        "Tan",
                        "Atan",
                        "Sinh",
                        "Cosh",
                        "Tanh",
                        "Asinh",
                        "Erf",
                        "Sign",
                        "Floor",
                        "Ceil",
                        "Round",
                        "Sigmoid",
                        "Relu",
                        "Softplus",
                        "Softsign",
                        "HardSwish",
                        "LeakyRelu",
                        "Elu",
                        "Celu",
                        "Selu",
                        "HardSigmoid",
                        "Softmax",
                        "LogSoftmax",
                        "Identity",
                        "Flatten")
                .map(operator -> unary(operator));
        Stream<Layer> binary = Stream.of("Add", "Sub", "Mul", "Div", "Pow", "Max", "Min", "PRelu", "Sum", "Mean")
                .map(operator -> new Layer(
                        operator + " with a row",
                        new TestModel()
                                .input("x", "n", 3)
                                .weights("w", 3)
                                .node("Abs", List.of("x"), List.of("a"))
                                .node(operator, List.of(operator.equals("Pow") ? "a" : "x", "w"), List.of("y"))
                                .output("y"),
                        4,
                        3));
        return Stream.concat(
                Stream.concat(plain, binary),
                Stream.of(
                        unary("Gelu").opset(20),
                        unary("Gelu", text("approximate", "tanh")).opset(20),
                        unary("LeakyRelu", real("alpha", 0.3)),
                        new Layer(
                                "a column with a row",
                                new TestModel()
                                        .input("x", 4, 1)
                                        .weights("w", 3)
                                        .node("Add", List.of("x", "w"), List.of("y"))
                                        .output("y"),
                                4,
                                1),
                        new Layer(
                                "Where, Less and Clip",
                                new TestModel()
                                        .input("x", "n", 3)
                                        .number("c", 0.25)
                                        .number("high", 0.75)
                                        .node("Less", List.of("x", "c"), List.of("b"))
                                        .node("Clip", List.of("x", "c", "high"), List.of("k"))
                                        .node("Where", List.of("b", "x", "k"), List.of("y"))
                                        .output("y"),
                                4,
                                3)));
    }

    private static Stream<Layer> reductions() {
        return Stream.of(
                        "ReduceMean",
                        "ReduceMax",
                        "ReduceMin",
                        "ReduceProd",
                        "ReduceL1",
                        "ReduceL2",
                        "ReduceLogSumExp",
                        "ReduceSumSquare")
                .flatMap(operator -> Stream.of(
                        unary(operator, integers("axes", -1), integer("keepdims", 0)),
                        unary(operator, integers("axes", 0)),
                        unary(operator, integer("keepdims", 0))));
    }

    private static Layer layout(String name, TestModel model, long... shape) {
        return new Layer(name, model.output("y"), shape);
    }

    private static Stream<Layer> layouts() {
        return Stream.of(
                layout(
                        "Transpose and Concat",
                        new TestModel()
                                .input("x", "n", 3)
                                .node("Transpose", List.of("x"), List.of("t"))
                                .node("Concat", List.of("t", "t"), List.of("y"), integer("axis", 0)),
                        4,
                        3),
                layout(
                        "Slice with negative ends and a step",
                        new TestModel()
                                .input("x", 5, 6)
                                .numbers("from", 1, -5)
                                .numbers("to", -1, 100)
                                .numbers("axes", 0, 1)
                                .numbers("steps", 1, 2)
                                .node("Slice", List.of("x", "from", "to", "axes", "steps"), List.of("y")),
                        5,
                        6),
                layout(
                        "shape arithmetic",
                        new TestModel()
                                .input("x", "n", 6)
                                .numbers("zero", 0)
                                .numbers("rest", -1, 2)
                                .node("Shape", List.of("x"), List.of("s"))
                                .node("Gather", List.of("s", "zero"), List.of("n"))
                                .node("Concat", List.of("n", "rest"), List.of("shape"), integer("axis", 0))
                                .node("Reshape", List.of("x", "shape"), List.of("three"))
                                .numbers("last", 2)
                                .node("ReduceSum", List.of("three", "last"), List.of("y"), integer("keepdims", 0)),
                        4,
                        6),
                layout(
                        "axes of sequences exchanged",
                        new TestModel()
                                .input("x", "T", 2, 3)
                                .node("Transpose", List.of("x"), List.of("y"), integers("perm", 1, 0, 2)),
                        5,
                        2,
                        3),
                layout(
                        "channels last",
                        new TestModel()
                                .input("x", "n", 2, 3, 4)
                                .node("Transpose", List.of("x"), List.of("y"), integers("perm", 0, 2, 3, 1)),
                        2,
                        2,
                        3,
                        4),
                layout(
                        "Pad, Tile, Expand and Unsqueeze",
                        new TestModel()
                                .input("x", 2, 3)
                                .numbers("pads", 1, 0, 0, 2)
                                .numbers("times", 2, 1)
                                .numbers("wide", 1, 6, 5)
                                .numbers("axes", 0)
                                .node("Pad", List.of("x", "pads"), List.of("p"))
                                .node("Tile", List.of("p", "times"), List.of("t"))
                                .node("Unsqueeze", List.of("t", "axes"), List.of("u"))
                                .node("Expand", List.of("u", "wide"), List.of("e"))
                                .node("Squeeze", List.of("e", "axes"), List.of("y")),
                        2,
                        3),
                layout(
                        "rows of a table",
                        new TestModel()
                                .input("x", "n", 3)
                                .numbers("places", 2, 0, 2)
                                .node("Gather", List.of("x", "places"), List.of("y"), integer("axis", 1)),
                        4,
                        3));
    }

    private static Layer picture(String operator, boolean weights, AttributeProto... attributes) {
        TestModel model = new TestModel().input("x", "n", 2, 7, 6);
        List<String> inputs = weights ? List.of("x", "w", "b") : List.of("x");
        if (weights) {
            boolean grouped = List.of(attributes).contains(integer("group", 2));
            model.weights("w", 4, grouped ? 1 : 2, 3, 3).weights("b", 4);
        }
        return new Layer(
                operator + " "
                        + List.of(attributes).stream()
                                .map(a -> a.getName() + a.getIntsList())
                                .toList(),
                model.node(operator, inputs, List.of("y"), attributes).output("y"),
                3,
                2,
                7,
                6);
    }

    private static Stream<Layer> pictures() {
        AttributeProto three = integers("kernel_shape", 3, 3);
        AttributeProto uneven = integers("pads", 1, 0, 2, 1);
        AttributeProto by2 = integers("strides", 2, 2);
        return Stream.of(
                picture("Conv", true),
                picture("Conv", true, integers("pads", 1, 1, 1, 1)),
                picture("Conv", true, integers("pads", 1, 1, 1, 1), by2),
                picture("Conv", true, uneven, integers("strides", 2, 1)),
                picture("Conv", true, integers("dilations", 2, 1)),
                picture("Conv", true, integer("group", 2), uneven),
                picture("Conv", true, text("auto_pad", "SAME_UPPER"), by2),
                picture("MaxPool", false, three),
                picture("MaxPool", false, three, by2, uneven),
                picture("AveragePool", false, three, by2),
                picture("AveragePool", false, three, uneven),
                picture("AveragePool", false, three, uneven, integer("count_include_pad", 1)),
                picture("GlobalAveragePool", false),
                picture("GlobalMaxPool", false),
                new Layer(
                        "a convolution of sequences",
                        new TestModel()
                                .input("x", "n", 2, 9)
                                .weights("w", 3, 2, 4)
                                .node("Conv", List.of("x", "w"), List.of("y"), integers("strides", 2))
                                .output("y"),
                        3,
                        2,
                        9),
                new Layer(
                        "a bias of channels",
                        new TestModel()
                                .input("x", "n", 2, 3, 4)
                                .weights("w", 2, 1, 1)
                                .node("Add", List.of("x", "w"), List.of("y"))
                                .output("y"),
                        2,
                        2,
                        3,
                        4),
                normalised("BatchNormalization", 5, 2, "n", 2, 3, 4),
                normalised("InstanceNormalization", 3, 2, "n", 2, 3, 4),
                normalised("LayerNormalization", 3, 4, "n", 2, 3, 4));
    }

    private static Layer normalised(String operator, int operands, long size, Object... sides) {
        TestModel model = new TestModel().input("x", sides);
        List<String> names = Stream.of("x", "scale", "bias", "mean", "variance")
                .limit(operands)
                .toList();
        names.stream().skip(1).forEach(name -> model.weights(name, size));
        return new Layer(operator, model.node(operator, names, List.of("y")).output("y"), 2, 2, 3, 4);
    }

    private static Stream<Layer> recurrent() {
        return Stream.of("forward", "reverse", "bidirectional")
                .flatMap(direction -> Stream.of(
                        layer("LSTM", 4, direction),
                        layer("GRU", 3, direction),
                        layer("GRU", 3, direction, integer("linear_before_reset", 1)),
                        layer("RNN", 1, direction)));
    }

    private static Layer layer(String operator, int gates, String direction, AttributeProto... more) {
        int directions = direction.equals("bidirectional") ? 2 : 1;
        AttributeProto[] attributes = Stream.concat(
                        Stream.of(integer("hidden_size", 3), text("direction", direction)), Stream.of(more))
                .toArray(AttributeProto[]::new);
        TestModel model = new TestModel()
                .input("x", 5, 2, 4)
                .weights("w", directions, gates * 3L, 4)
                .weights("r", directions, gates * 3L, 3)
                .weights("b", directions, gates * 6L)
                .node(operator, List.of("x", "w", "r", "b"), List.of("all", "last"), attributes)
                .numbers("shape", 5L * directions, -1)
                .node("Reshape", List.of("all", "shape"), List.of("y"))
                .output("y", "last");
        return new Layer(operator + " " + direction + " " + more.length, model, 5, 2, 4);
    }

    private static Stream<Layer> products() {
        return Stream.of(
                new Layer(
                        "Gemm with everything",
                        new TestModel()
                                .input("x", "n", 3)
                                .weights("w", 5, 3)
                                .weights("c", 5)
                                .node(
                                        "Gemm",
                                        List.of("x", "w", "c"),
                                        List.of("y"),
                                        integer("transB", 1),
                                        real("alpha", 0.5),
                                        real("beta", 2))
                                .output("y"),
                        4,
                        3),
                new Layer(
                        "MatMul of a sequence",
                        new TestModel()
                                .input("x", "n", 2, 3)
                                .weights("w", 3, 4)
                                .node("MatMul", List.of("x", "w"), List.of("y"))
                                .output("y"),
                        4,
                        2,
                        3),
                new Layer(
                        "attention: a batch of products",
                        new TestModel()
                                .input("x", 2, 5, 3)
                                .node("Transpose", List.of("x"), List.of("t"), integers("perm", 0, 2, 1))
                                .node("MatMul", List.of("x", "t"), List.of("s"))
                                .node("Softmax", List.of("s"), List.of("p"))
                                .node("MatMul", List.of("p", "x"), List.of("y"))
                                .output("y"),
                        2,
                        5,
                        3));
    }
}
