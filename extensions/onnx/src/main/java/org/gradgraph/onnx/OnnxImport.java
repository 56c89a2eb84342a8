package org.gradgraph.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.errorprone.annotations.CheckReturnValue;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/**
 * An ONNX model as a graph: its inputs, its weights as parameters with their values, and its outputs.
 *
 * <p>An imported graph is a graph: differentiate it by its inputs or weights, check it, draw it, train it on.
 *
 * <pre>{@code
 * OnnxImport model = OnnxImport.read(Path.of("iris.onnx"));
 * Node x = model.input("X");
 * Node p = model.output("probabilities");
 * Program program = Program.of(p.at(0, 1)).withGradients(x);
 * Run run = program.newRun().set(model.values()).set(x, flower).forwardAndBackward();
 * }</pre>
 *
 * <p>A tensor of two axes is the same matrix, one of one axis is a row, and one of none is 1×1. Pictures of four axes, N×C×H×W, are a
 * batch with one picture per column, as {@link org.gradgraph.graph.Geometry} says; three axes are rows of the last axis. Weights of more than two axes are
 * matrices with a row for each filter. Numbers are double. Dropout does nothing, and normalisation uses the statistics of the model.
 */
@CheckReturnValue
public final class OnnxImport {
    private static final int OLDEST_OPSET = 7;
    private static final int NEWEST_OPSET = 23;

    private final Map<String, Node> inputs;
    private final Map<String, Node> parameters;
    private final Map<String, Node> outputs;
    private final Feeds values;

    private OnnxImport(
            Map<String, Node> inputs, Map<String, Node> parameters, Map<String, Node> outputs, Feeds values) {
        this.inputs = inputs;
        this.parameters = parameters;
        this.outputs = outputs;
        this.values = values;
    }

    /**
     * {@return the model of a file}
     *
     * <p>Weights in other files must be in the folder of the model.
     *
     * @param path the file
     * @throws OnnxException if it is no ONNX model, or something in it is not imported: with operator, its name, and opset
     * @throws UncheckedIOException if the file cannot be read
     */
    public static OnnxImport read(Path path) {
        return read(path, Map.of());
    }

    /**
     * {@return the model of a file with sizes in place of symbolic dimensions; see {@link #read(Path)}}
     *
     * <p>Convolutions need the sides of pictures, and products of batches the number of matrices.
     *
     * <pre>{@code
     * OnnxImport.read(Path.of("detector.onnx"), Map.of("height", 64, "width", 64));
     * }</pre>
     *
     * @param path the file
     * @param sizes the size of each symbol that is to be fixed, by its name in the model
     */
    public static OnnxImport read(Path path, Map<String, Integer> sizes) {
        Require.given(path, "OnnxImport.read: the path");
        Require.given(sizes, "OnnxImport.read: the sizes");
        Path folder = path.toAbsolutePath().getParent();
        try {
            if (Files.size(path) > Integer.MAX_VALUE - 8) {
                throw new OnnxException("OnnxImport.read: " + path + " is larger than 2 GB");
            }
            return of(
                    "OnnxImport.read: " + path,
                    Files.readAllBytes(path),
                    folder == null ? "" : folder.toString(),
                    sizes);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("OnnxImport.read: " + path + " cannot be read", unreadable);
        }
    }

    /**
     * {@return the model in the content of a file; weights in other files are refused}
     *
     * @param content what the file contains, not modified
     * @throws OnnxException if it is no ONNX model, or something in it is not imported
     */
    public static OnnxImport of(byte[] content) {
        return of("OnnxImport.of", Require.given(content, "OnnxImport.of: the content"), "", Map.of());
    }

    private static OnnxImport of(String method, byte[] content, String folder, Map<String, Integer> sizes) {
        try {
            return of(ModelProto.parseFrom(content), folder, sizes);
        } catch (InvalidProtocolBufferException broken) {
            throw new OnnxException(method + " is no whole ONNX model: " + broken.getMessage(), broken);
        } catch (OnnxException refused) {
            throw new OnnxException(method + ": " + refused.sentence(), refused);
        } catch (RuntimeException unexpected) {
            throw new OnnxException(method + ": the model is damaged: " + unexpected.getMessage(), unexpected);
        }
    }

    private static OnnxImport of(ModelProto model, String folder, Map<String, Integer> sizes) {
        if (!model.hasGraph() || model.getGraph().getOutputCount() == 0) {
            throw new OnnxException("it is no ONNX model, for it has no graph with an output");
        }
        GraphImport graph = new GraphImport(folder, opset(model), sizes);
        graph.add(model.getGraph());
        Map<String, Node> outputs = new LinkedHashMap<>();
        for (ValueInfoProto output : model.getGraph().getOutputList()) {
            outputs.put(output.getName(), graph.output(output.getName()));
        }
        Feeds values = Feeds.none();
        for (Map.Entry<Node, DMatrixRMaj> weight : graph.weights().entrySet()) {
            values = values.and(weight.getKey(), weight.getValue());
        }
        return new OnnxImport(graph.inputs(), graph.parameters(), outputs, values);
    }

    private static int opset(ModelProto model) {
        for (OperatorSetIdProto operators : model.getOpsetImportList()) {
            if (operators.getDomain().isEmpty() || operators.getDomain().equals("ai.onnx")) {
                if (operators.getVersion() < OLDEST_OPSET || operators.getVersion() > NEWEST_OPSET) {
                    throw new OnnxException("its operators are of opset " + operators.getVersion() + "; from "
                            + OLDEST_OPSET + " to " + NEWEST_OPSET + " are imported");
                }
                return (int) operators.getVersion();
            }
        }
        throw new OnnxException("it does not say the version of its operators");
    }

    /** {@return what the model is fed, in its order} */
    public List<Node> inputs() {
        return List.copyOf(inputs.values());
    }

    /** {@return its weights, in their order} */
    public List<Node> parameters() {
        return List.copyOf(parameters.values());
    }

    /** {@return what it computes, in its order} */
    public List<Node> outputs() {
        return List.copyOf(outputs.values());
    }

    /** {@return the values of its weights, to be fed} */
    public Feeds values() {
        return values;
    }

    /**
     * {@return an input}
     *
     * @param name its name in the model
     */
    public Node input(String name) {
        return found("input", inputs, name);
    }

    /**
     * {@return a weight}
     *
     * @param name its name in the model
     */
    public Node parameter(String name) {
        return found("parameter", parameters, name);
    }

    /**
     * {@return an output}
     *
     * @param name its name in the model
     */
    public Node output(String name) {
        return found("output", outputs, name);
    }

    private static Node found(String kind, Map<String, Node> nodes, String name) {
        Node node = nodes.get(Require.given(name, "OnnxImport." + kind + ": the name"));
        if (node == null) {
            throw new OnnxException("OnnxImport." + kind + ": the model has no \"" + name + "\", only "
                    + new ArrayList<>(nodes.keySet()));
        }
        return node;
    }
}
