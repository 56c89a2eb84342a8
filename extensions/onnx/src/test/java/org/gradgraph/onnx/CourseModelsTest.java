package org.gradgraph.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Convolutions;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Geometry;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Sizes;
import org.gradgraph.scan.Scan;
import org.junit.jupiter.api.Test;

/** Models of the course with the number of examples left open: cost and gradients in ONNX Runtime are those of a run. */
class CourseModelsTest {
    private static final Dim M = Dim.named("m");
    private static final Dim T = Dim.named("T");
    private static final Sizes SIZES = Sizes.of(Map.of("m", 5, "T", 7));
    private final Random random = new Random(11);

    private void leaves(Node cost) {
        Program program = Program.of(cost).withGradients();
        Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
        for (Node leaf : program.graph().nodes()) {
            if (leaf.op().isEmpty()) {
                DMatrixRMaj value = new DMatrixRMaj(
                        leaf.shape().rows().size(SIZES), leaf.shape().columns().size(SIZES));
                for (int k = 0; k < value.getNumElements(); k++) {
                    value.data[k] = random.nextGaussian();
                }
                values.put(leaf, value);
            }
        }
        assertThat(Comparison.of(program, values, OnnxExport.of(program).toBytes(), 1e-12))
                .isEmpty();
        assertThat(Comparison.of(
                        program, values, OnnxExport.of(program).opset(17).toBytes(), 1e-12))
                .isEmpty();
    }

    @Test
    void the_first_graph() {
        leaves(Node.parameter("a")
                .plus(Node.parameter("b").times(Node.parameter("c")).named("u"))
                .times(3)
                .named("J"));
    }

    @Test
    void a_network_with_a_softmax() {
        Node hidden = Node.parameter("W1", 6, 4)
                .matmul(Node.input("X", 4, M))
                .plus(Node.parameter("b1", 6, 1))
                .tanh();
        Node scores = Node.parameter("W2", 3, 6).matmul(hidden).plus(Node.parameter("b2", 3, 1));
        leaves(Losses.crossEntropyWithLogits(
                scores, Activations.softmaxColumns(Node.input("Y", 3, M)), Over.EACH_COLUMN));
    }

    @Test
    void a_convolutional_network() {
        Geometry pictures = new Geometry(6, 5, 2);
        Geometry.Window window = pictures.window(3, 3).same();
        Node maps = Convolutions.conv2d(
                Node.input("X", Dim.of(pictures.elements()), M), Node.parameter("filters", 4, 18), window);
        Node biased = Convolutions.addToChannels(maps, Node.parameter("bias", 4, 1), window.output(4))
                .relu();
        Geometry.Window pool = window.output(4).window(2, 2).stride(2);
        Node pooled = Convolutions.maxPool(biased, pool);
        Node score = Node.parameter("w", 1, pool.output(4).elements()).matmul(pooled);
        leaves(Activations.softplus(score).mean());
    }

    @Test
    void a_recurrent_network() {
        Node x = Node.input("X", Dim.of(3), M.times(T));
        Node y = Node.input("Y", Dim.of(4), M);
        Node w = Node.parameter("W", 4, 3);
        Node u = Node.parameter("U", 4, 4);
        Scan scan = Scan.over(x).columns(M).state("h", y.times(0.1)).step(step -> {
            Node h = w.matmul(step.input()).plus(u.matmul(step.state("h"))).tanh();
            return step.next("h", h).output(h.square());
        });
        leaves(scan.last("h").times(y).sum().plus(scan.outputs().mean()));
    }

    @Test
    void least_squares_and_a_gaussian_likelihood() {
        Node residual = Node.parameter("w", 3, 1)
                .transpose()
                .matmul(Node.input("X", 3, M))
                .minus(Node.input("y", 1, M));
        Node sigma = Node.parameter("s");
        leaves(residual.dividedBy(sigma.exp()).square().mean().times(0.5).plus(sigma));
        leaves(LinearAlgebra.dot(residual, residual));
    }
}
