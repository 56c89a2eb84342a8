package org.gradgraph.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

/** Models that others trained and wrote: values are those of the runtime, gradients those of differences. */
class PublicModelsTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/gradgraph/onnx");

    @Test
    void a_convolutional_network_of_pytorch() throws IOException {
        OnnxImport model = OnnxImport.read(FOLDER.resolve("cnn_mnist.onnx"));
        assertThat(model.inputs()).hasToString("[\"input_image\" 784×batch]");
        assertThat(model.parameters()).hasSize(8);
        check(model, "cnn_mnist.onnx", 2, 1, 28, 28);
    }

    @Test
    void logistic_regression_of_tribuo() throws IOException {
        OnnxImport model = OnnxImport.read(FOLDER.resolve("iris.onnx"));
        assertThat(model.inputs()).hasToString("[\"input\" batch×4]");
        check(model, "iris.onnx", 3, 4);
    }

    private static void check(OnnxImport model, String file, long... shape) throws IOException {
        byte[] content = Files.readAllBytes(FOLDER.resolve(file));
        assertThat(FloatComparison.differences(model, content, 1, shape)).isEmpty();
        Node x = model.inputs().get(0);
        Node y = model.outputs().get(0);
        Node cost = y.times(y).sum();
        Feeds feeds = Feeds.of(x, FloatComparison.arranged(FloatComparison.numbers(1, 1, shape), shape));
        for (var weight : model.values().asMap().entrySet()) {
            feeds = Graph.of(cost).contains(weight.getKey()) ? feeds.and(weight.getKey(), weight.getValue()) : feeds;
        }
        GradientCheck.of(cost).withRespectTo(x).at(feeds).verify();
        assertThat(Graph.of(cost).nodes()).containsAll(model.parameters());
    }
}
