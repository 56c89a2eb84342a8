package org.gradgraph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.jspecify.annotations.Nullable;

/** Builds the nodes of an imported model, one operator after the other. */
final class GraphImport {
    private final String folder;
    private final int opset;
    private final Map<String, Integer> sizes;
    private final Map<String, Rule> rules = new HashMap<>();
    private final Map<String, Item> values = new HashMap<>();
    private final Map<String, Node> inputs = new LinkedHashMap<>();
    private final Map<String, Node> parameters = new LinkedHashMap<>();
    private final Map<Node, DMatrixRMaj> weights = new LinkedHashMap<>();

    GraphImport(String folder, int opset, Map<String, Integer> sizes) {
        this.folder = folder;
        this.sizes = Map.copyOf(sizes);
        this.opset = opset;
        rules.putAll(ElementwiseRules.rules());
        rules.putAll(ReductionRules.rules());
        rules.putAll(ProductRules.rules());
        rules.putAll(LayoutRules.rules());
        rules.putAll(ConvolutionRules.rules());
        rules.putAll(NormalisationRules.rules());
        rules.putAll(WholeRules.rules());
        rules.putAll(RecurrentRules.rules());
    }

    Map<String, Node> inputs() {
        return inputs;
    }

    Map<String, Node> parameters() {
        return parameters;
    }

    Map<Node, DMatrixRMaj> weights() {
        return weights;
    }

    void add(GraphProto graph) {
        if (graph.getSparseInitializerCount() > 0) {
            throw new OnnxException("sparse initialisers are not imported");
        }
        for (TensorProto tensor : graph.getInitializerList()) {
            define(tensor.getName(), weight(tensor));
        }
        for (ValueInfoProto input : graph.getInputList()) {
            if (!values.containsKey(input.getName())) {
                define(input.getName(), input(input));
            }
        }
        Set<String> later = new HashSet<>();
        graph.getNodeList().forEach(node -> later.addAll(node.getOutputList()));
        for (NodeProto node : graph.getNodeList()) {
            add(node, later);
        }
    }

    private void define(String name, Item value) {
        if (values.put(name, value) != null) {
            throw new OnnxException("value \"" + name + "\" is computed twice");
        }
    }

    /** What can be trained is a parameter; a single number without sides, and whole numbers, are constants. */
    private Item weight(TensorProto tensor) {
        TensorData data = TensorData.of(tensor, folder);
        if (data.isWhole() || data.dims().isEmpty() || data.values().length == 0) {
            return data.constant();
        }
        List<Dim> sides = data.sides();
        int split = Math.min(1, sides.size() - 1);
        Shape shape = Tensor.shape(sides, split);
        Node parameter = Node.parameter(name(tensor.getName()), shape);
        parameters.put(tensor.getName(), parameter);
        weights.put(
                parameter, new DMatrixRMaj(shape.rows().size(), shape.columns().size(), true, data.values()));
        return new Tensor(parameter, sides, split, false);
    }

    private static String name(String given) {
        return given.isBlank() ? "unnamed" : given;
    }

    private Item input(ValueInfoProto input) {
        String what = "input \"" + input.getName() + "\"";
        if (!input.getType().hasTensorType()) {
            throw new OnnxException(what + " is no tensor");
        }
        TypeProto.Tensor type = input.getType().getTensorType();
        TensorProto.DataType element = TensorProto.DataType.forNumber(type.getElemType());
        if (element == null
                || !Set.of("FLOAT", "DOUBLE", "INT64", "INT32", "BOOL").contains(element.name())) {
            throw new OnnxException(what + " has elements of type " + (element == null ? type.getElemType() : element)
                    + "; float, double, int64, int32 and bool are imported");
        }
        List<Dim> sides = new ArrayList<>();
        for (Dimension dimension : type.getShape().getDimList()) {
            sides.add(side(what, input.getName(), sides.size(), dimension));
        }
        int rank = sides.size();
        if (rank > 4) {
            throw new OnnxException(what + " has " + rank + " axes; up to 4 are imported");
        }
        boolean arePictures = rank == 4;
        int split = arePictures ? 1 : Tensor.usualSplit(rank);
        Shape shape = Tensor.shape(sides, split);
        Node node = Node.input(name(input.getName()), arePictures ? shape.transposed() : shape);
        inputs.put(input.getName(), node);
        return new Tensor(node, sides, split, arePictures);
    }

    /** A side without a size or a name is named after its input. */
    private Dim side(String what, String input, int axis, Dimension dimension) {
        if (dimension.hasDimValue() && dimension.getDimValue() > 0) {
            return Whole.dim(dimension.getDimValue());
        }
        if (dimension.getDimValue() < -1) {
            throw new OnnxException(what + " has a side of " + dimension.getDimValue());
        }
        String symbol = dimension.getDimParam().isBlank() ? input + "_" + axis : dimension.getDimParam();
        Integer size = sizes.get(symbol);
        return size == null ? SideText.parsed(symbol) : Whole.dim(size);
    }

    private void add(NodeProto node, Set<String> later) {
        try {
            if (!node.getDomain().isEmpty() && !node.getDomain().equals("ai.onnx")) {
                throw new OnnxException("operators of the domain " + node.getDomain() + " are not imported");
            }
            List<@Nullable Item> operands = new ArrayList<>();
            for (String name : node.getInputList()) {
                operands.add(name.isEmpty() ? null : operand(name, later));
            }
            List<Item> results = results(new Call(node, operands, opset), node);
            if (results.size() < node.getOutputCount()) {
                throw new OnnxException("its output " + (results.size() + 1) + " is not imported");
            }
            for (int k = 0; k < node.getOutputCount(); k++) {
                if (!node.getOutput(k).isEmpty()) {
                    define(node.getOutput(k), named(results.get(k), node.getOutput(k), operands));
                }
            }
        } catch (RuntimeException refused) {
            throw new OnnxException(
                    "operator " + node.getOpType() + (node.getName().isEmpty() ? "" : " \"" + node.getName() + "\"")
                            + " of opset " + opset + " cannot be imported: " + reason(refused),
                    refused);
        }
    }

    private static String reason(RuntimeException refused) {
        String message = refused.getMessage();
        return message == null ? refused.toString() : message.replace('\n', ' ');
    }

    private Item operand(String name, Set<String> later) {
        Item value = values.get(name);
        if (value == null) {
            throw new OnnxException("it reads \"" + name + "\", which "
                    + (later.contains(name)
                            ? "is computed later: the operators form a cycle or are not in order"
                            : "nothing computes"));
        }
        return value;
    }

    private List<Item> results(Call call, NodeProto node) {
        if (call.operator().equals("Constant")) {
            return List.of(constant(call, node));
        }
        boolean allWhole = call.size() > 0 && IntStream.range(0, call.size()).allMatch(call::isWhole);
        var arithmetic = WholeRules.arithmetic().get(call.operator());
        if (allWhole && arithmetic != null && call.size() == 2) {
            return List.of(WholeRules.applied(arithmetic, call.whole(0), call.whole(1)));
        }
        if (allWhole && call.operator().equals("Where")) {
            return List.of(WholeRules.chosen(call.whole(0), call.whole(1), call.whole(2)));
        }
        Rule rule = rules.get(call.operator());
        if (rule == null) {
            throw new OnnxException("there is no rule for it");
        }
        return rule.apply(call);
    }

    private Item constant(Call call, NodeProto node) {
        for (AttributeProto attribute : node.getAttributeList()) {
            switch (attribute.getName()) {
                case "value" -> {
                    return TensorData.of(attribute.getT(), folder).constant();
                }
                case "value_int" -> {
                    return new Whole(List.of(Whole.dim(call.integer("value_int", 0))), true);
                }
                case "value_ints" -> {
                    return Whole.of(call.integers("value_ints").orElseThrow());
                }
                case "value_float" -> {
                    return new Tensor(Node.constant(call.real("value_float", 0)), List.of(), 0, false);
                }
                case "value_floats" -> {
                    double[] numbers = call.reals("value_floats").orElseThrow();
                    return new Tensor(
                            Node.constant(1, numbers.length, numbers), List.of(Whole.dim(numbers.length)), 0, false);
                }
                default -> {
                    continue;
                }
            }
        }
        throw new OnnxException("it has no value that is imported");
    }

    /** What an operator made gets the name of the file, unless that is only a number. */
    private static Item named(Item item, String name, List<@Nullable Item> operands) {
        if (!(item instanceof Tensor x)
                || name.isBlank()
                || name.chars().allMatch(Character::isDigit)
                || x.node().kind() != Node.Kind.OPERATION
                || x.node().name().isPresent()
                || operands.stream().anyMatch(operand -> operand instanceof Tensor y && y.node() == x.node())) {
            return item;
        }
        return new Tensor(x.node().named(name), x.dims(), x.split(), x.transposed());
    }

    /** The matrix of an output; pictures stay one per column. */
    Node output(String name) {
        Item item = values.get(name);
        if (item == null) {
            throw new OnnxException("output \"" + name + "\" is computed by nothing");
        }
        Tensor x = item instanceof Whole whole ? whole.tensor() : (Tensor) item;
        Node node = x.rank() == 4 ? x.pictures() : x.as(Tensor.usualSplit(x.rank()), false);
        boolean isNew = node != x.node() && node.kind() == Node.Kind.OPERATION && !name.isBlank();
        return isNew ? node.named(name) : node;
    }
}
