package org.gradgraph.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.errorprone.annotations.CheckReturnValue;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.Sizes;
import org.gradgraph.io.AtomicFile;

/**
 * Writes a program as an ONNX model: its outputs and its gradients.
 *
 * <p>What is written is the graph that the program runs, so the model has the stable forms. Inputs and parameters are inputs
 * of the model by their names; those with values are initialisers. The gradient of {@code w} is the output {@code dw}. Each operator has
 * the name of its operation and the Java line as its documentation.
 *
 * <pre>{@code
 * Program program = Program.of(cost).withGradients(w, b);
 * OnnxExport.of(program).withValues(trained).write(Path.of("model.onnx"));
 * }</pre>
 *
 * <p>All tensors are matrices; a number is 1×1. Symbolic sides are dimension parameters of their names. Numbers are double
 * unless {@link #inFloat} says otherwise.
 */
@CheckReturnValue
public final class OnnxExport {
    private static final int OLDEST_OPSET = 17;
    private static final int NEWEST_OPSET = 21;

    private final Program program;
    private final Feeds values;
    private final Optional<Sizes> sizes;
    private final boolean inFloat;
    private final int opset;

    private OnnxExport(Program program, Feeds values, Optional<Sizes> sizes, boolean inFloat, int opset) {
        this.program = program;
        this.values = values;
        this.sizes = sizes;
        this.inFloat = inFloat;
        this.opset = opset;
    }

    /**
     * {@return an export of all outputs and gradients of a program, in double and opset 21}
     *
     * @param program what the model computes
     */
    public static OnnxExport of(Program program) {
        Require.given(program, "OnnxExport.of: the program");
        return new OnnxExport(program, Feeds.none(), Optional.empty(), false, NEWEST_OPSET);
    }

    /**
     * {@return the same with values for inputs and parameters, which become initialisers of the model}
     *
     * <p>Nodes that the program does not read are left out.
     *
     * @param feeds the values
     */
    public OnnxExport withValues(Feeds feeds) {
        Require.given(feeds, "OnnxExport.withValues: the values");
        return new OnnxExport(program, values.and(feeds), sizes, inFloat, opset);
    }

    /**
     * {@return the same with fixed sizes in place of all symbolic dimensions}
     *
     * @param fixed the size of each symbol
     */
    public OnnxExport withSizes(Sizes fixed) {
        Require.given(fixed, "OnnxExport.withSizes: the sizes");
        return new OnnxExport(program, values, Optional.of(fixed), inFloat, opset);
    }

    /** {@return the same in float: numbers of 32 bits, for runtimes or operators without double} */
    public OnnxExport inFloat() {
        return new OnnxExport(program, values, sizes, true, opset);
    }

    /**
     * {@return the same for another version of the operators}
     *
     * @param version from 17 to 21
     */
    public OnnxExport opset(int version) {
        if (version < OLDEST_OPSET || version > NEWEST_OPSET) {
            throw new OnnxException("OnnxExport.opset: version " + version
                    + " of the operators is not written; give one from " + OLDEST_OPSET + " to " + NEWEST_OPSET);
        }
        return new OnnxExport(program, values, sizes, inFloat, version);
    }

    /**
     * Writes the model into a file, whole or not at all.
     *
     * @param path where it goes; folders are made, an existing file is replaced
     * @throws OnnxException if an operation has no counterpart, with its node and line
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void write(Path path) {
        AtomicFile.write(Require.given(path, "OnnxExport.write: the path"), toBytes());
    }

    /**
     * {@return the content of the file, as {@code OrtEnvironment.createSession} takes it}
     *
     * @throws OnnxException if an operation has no counterpart, with its node and line
     */
    public byte[] toBytes() {
        return model().toByteArray();
    }

    private ModelProto model() {
        Graph graph = program.rewrittenGraph();
        Emitter out = new Emitter(inFloat, opset);
        Sides sides = new Sides();
        GraphExport export = new GraphExport(out, sides, boundSizes(graph));
        for (Node leaf : leaves(graph)) {
            addLeaf(export, leaf);
        }
        export.add(graph);
        for (int k = 0; k < graph.roots().size(); k++) {
            addOutput(export, graph.roots().get(k), outputName(k));
        }
        nameInnerValues(export, graph);
        GraphProto finished = out.finished();
        return ModelProto.newBuilder()
                .setIrVersion(opset < 19 ? 8 : opset < 21 ? 9 : 10)
                .setProducerName("gradgraph")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(finished.toBuilder().setName("gradgraph"))
                .build();
    }

    /** What the graph reads, in the order of the program; and leaves that say what a symbol is. */
    private List<Node> leaves(Graph graph) {
        Set<String> symbols = new TreeSet<>();
        graph.nodes().forEach(node -> symbols.addAll(node.shape().symbols()));
        return program.graph().nodes().stream()
                .filter(node -> node.op().isEmpty())
                .filter(node ->
                        graph.contains(node) || node.shape().symbols().stream().anyMatch(symbols::contains))
                .toList();
    }

    private void addLeaf(GraphExport export, Node leaf) {
        DMatrixRMaj value = values.asMap().get(leaf);
        Shape shape = export.bound(leaf.shape());
        Emitter out = export.out();
        String name = value == null ? out.names().temporary() : out.initializer(checked(leaf, shape, value));
        if (value == null) {
            out.graph().addInput(out.described(name, shape));
            export.sides().learn(name, shape);
        }
        out.names().name(name, leaf.name().orElse("input"));
        export.put(leaf, new Value(name, shape));
    }

    private static DMatrixRMaj checked(Node leaf, Shape shape, DMatrixRMaj value) {
        if (!shape.equals(Shape.of(value.numRows, value.numCols))) {
            throw new OnnxException(
                    "OnnxExport.withValues: " + leaf.describe() + " is given " + value.numRows + "×" + value.numCols);
        }
        return value;
    }

    /** The sizes given, and those of the values; empty if there are none. */
    private Optional<Sizes> boundSizes(Graph graph) {
        Map<String, Integer> known = new HashMap<>();
        Set<String> symbols = new TreeSet<>();
        program.graph().nodes().forEach(node -> symbols.addAll(node.shape().symbols()));
        graph.nodes().forEach(node -> symbols.addAll(node.shape().symbols()));
        values.asMap().forEach((leaf, value) -> {
            bind(known, leaf.shape().rows(), value.numRows);
            bind(known, leaf.shape().columns(), value.numCols);
        });
        known.keySet().retainAll(symbols);
        if (sizes.isEmpty() && known.isEmpty()) {
            return Optional.empty();
        }
        for (String symbol : symbols) {
            if (sizes.isPresent() && !known.containsKey(symbol)) {
                known.put(symbol, sizes.get().of(symbol));
            }
            if (!known.containsKey(symbol)) {
                throw new OnnxException("OnnxExport: some sizes are fixed, but that of dimension " + symbol
                        + " is not; give all of them by withSizes(…), or none");
            }
        }
        return Optional.of(Sizes.of(known));
    }

    private static void bind(Map<String, Integer> known, Dim side, int size) {
        for (String symbol : side.symbols()) {
            if (side.equals(Dim.named(symbol))) {
                known.put(symbol, size);
            }
        }
    }

    private String outputName(int place) {
        int outputs = program.outputs().size();
        Node node =
                place < outputs ? program.outputs().get(place) : program.wrt().get(place - outputs);
        int number = (place < outputs ? place : place - outputs) + 1;
        return place < outputs
                ? node.name().orElse("output" + number)
                : node.name().map(name -> "d" + name).orElse("gradient" + number);
    }

    /** A value that is an output already, or no operator's, is copied. */
    private static void addOutput(GraphExport export, Node root, String wanted) {
        Emitter out = export.out();
        String value = export.full(root);
        if (root.op().isEmpty() || !out.names().name(value, wanted)) {
            value = out.copy(value);
            out.names().name(value, wanted);
        }
        out.graph().addOutput(out.described(value, export.bound(root.shape())));
    }

    private static void nameInnerValues(GraphExport export, Graph graph) {
        for (Node node : graph.nodes()) {
            node.name()
                    .ifPresent(
                            name -> export.out().names().name(export.value(node).name(), name));
        }
    }
}
