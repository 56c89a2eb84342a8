package org.gradgraph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Composite;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.Reduction;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.Sizes;
import org.gradgraph.graph.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExportTest {
    private static final Dim M = Dim.named("m");
    private final Node x = Node.input("X", 3, M);
    private final Node y = Node.input("Y", 1, M);
    private final Node w = Node.parameter("w", 3, 1);
    private final Node b = Node.parameter("b");
    private final Node z = w.transpose().matmul(x).plus(b).named("Z");
    private final Node a = z.sigmoid().named("A");
    private final Node cost = y.times(a.log())
            .plus(y.negate().plus(1).times(a.negate().plus(1).log()))
            .mean()
            .negate()
            .named("J");
    private final Program program = Program.of(cost, a).withGradients(w, b);
    private final DMatrixRMaj inputs = new DMatrixRMaj(3, 4, true, 1, -2, 3, 0.5, 0, 40, -7, 1, 2, -1, 1, 800);
    private final DMatrixRMaj labels = new DMatrixRMaj(1, 4, true, 1, 0, 1, 0);
    private final DMatrixRMaj weights = new DMatrixRMaj(3, 1, true, 0.5, -1, 2);
    private final DMatrixRMaj bias = new DMatrixRMaj(1, 1, true, 0.25);

    private Map<Node, DMatrixRMaj> values() {
        return Map.of(x, inputs, y, labels, w, weights, b, bias);
    }

    private static GraphProto graph(byte[] model) throws IOException {
        return ModelProto.parseFrom(model).getGraph();
    }

    @Test
    void a_cost_and_its_gradients_have_our_names_and_symbolic_sides() throws IOException {
        byte[] model = OnnxExport.of(program).toBytes();
        GraphProto graph = graph(model);
        assertThat(graph.getInputList())
                .extracting(ValueInfoProto::getName)
                .containsExactlyInAnyOrder("X", "Y", "w", "b");
        assertThat(graph.getOutputList()).extracting(ValueInfoProto::getName).containsExactly("J", "A", "dw", "db");
        assertThat(graph.getInputList().stream()
                        .filter(input -> input.getName().equals("X"))
                        .findFirst()
                        .orElseThrow()
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(1)
                        .getDimParam())
                .isEqualTo("m");
        assertThat(graph.getNodeList()).extracting(NodeProto::getDocString).contains("OnnxExportTest.java:" + line(z));
        assertThat(Comparison.of(program, values(), model, 1e-12)).isEmpty();
    }

    private static int line(Node node) {
        return node.source().line();
    }

    @Test
    void the_stable_form_leaves() {
        byte[] model = OnnxExport.of(Program.of(cost)).toBytes();
        DMatrixRMaj j = OnnxRuntime.run(model, Map.of("X", inputs, "Y", labels, "w", weights, "b", bias))
                .get("J");
        assertThat(j.get(0)).isFinite().isGreaterThan(300);
    }

    @Test
    void values_become_initialisers() throws IOException {
        byte[] model = OnnxExport.of(program)
                .withValues(Feeds.of(w, weights).and(b, bias))
                .toBytes();
        assertThat(graph(model).getInitializerList())
                .extracting(TensorProto::getName)
                .containsExactly("w", "b");
        assertThat(graph(model).getInputList())
                .extracting(ValueInfoProto::getName)
                .containsExactlyInAnyOrder("X", "Y");
        assertThat(Comparison.of(program, values(), model, 1e-12)).isEmpty();
    }

    @Test
    void sizes_may_be_fixed_and_versions_and_float_chosen() {
        OnnxExport export = OnnxExport.of(program).withSizes(Sizes.of(Map.of("m", 4)));
        assertThat(Comparison.of(program, values(), export.toBytes(), 1e-12)).isEmpty();
        assertThat(Comparison.of(program, values(), export.opset(17).toBytes(), 1e-12))
                .isEmpty();
        assertThat(Comparison.of(program, values(), export.inFloat().toBytes(), 1e-5))
                .isEmpty();
    }

    record Cube() implements Elementwise {
        @Override
        public String name() {
            return "cube";
        }

        @Override
        public Formula formula() {
            Formula t = Formula.argument(0);
            return Formula.of(Primitive.ATAN, t.times(t).times(t));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node result, Node dy) {
            Node t = inputs.get(0);
            return List.of(dy.times(t.square().times(3)).dividedBy(t.power(6).plus(1)));
        }
    }

    record SumOfRows() implements Reduction {
        @Override
        public String name() {
            return "sumOfRows";
        }

        @Override
        public Over over() {
            return Over.EACH_ROW;
        }

        @Override
        public Fold fold() {
            return Fold.SUM;
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node result, Node dy) {
            return List.of(dy.broadcastTo(inputs.get(0).shape()));
        }
    }

    record LogCosh() implements Composite {
        @Override
        public String name() {
            return "logCosh";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node size = inputs.get(0).abs();
            return size.plus(size.times(-2).softplus()).minus(Math.log(2));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node result, Node dy) {
            return List.of(dy.times(inputs.get(0).tanh()));
        }
    }

    record EverySecondRow() implements View {
        @Override
        public String name() {
            return "everySecondRow";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Shape.of(
                    (inputs.get(0).rows().size() + 1) / 2,
                    inputs.get(0).columns().size());
        }

        @Override
        public Strides strides(int rows, int columns) {
            return new Strides(0, 2 * columns, 1);
        }
    }

    record Secret() implements Kernel {
        @Override
        public String name() {
            return "pad";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            out.setTo(inputs.get(0));
        }
    }

    @Test
    void a_users_own_operations_leave_by_their_form() {
        Node t = Node.parameter("T", 3, 2);
        Node own = Node.apply(new SumOfRows(), Node.apply(new LogCosh(), Node.apply(new Cube(), t)));
        Program smooth = Program.of(own.sum()).withGradients(t);
        DMatrixRMaj value = new DMatrixRMaj(3, 2, true, 1, -2, 0.5, 0, 0.1, 3);
        assertThat(Comparison.of(smooth, Map.of(t, value), OnnxExport.of(smooth).toBytes(), 1e-12))
                .isEmpty();
        Program rows = Program.of(Node.apply(new EverySecondRow(), t).exp());
        assertThat(Comparison.of(rows, Map.of(t, value), OnnxExport.of(rows).toBytes(), 1e-12))
                .isEmpty();
    }

    @Test
    void a_users_own_kernel_is_refused_even_if_its_name_is_known() {
        Node t = Node.parameter("T", 3, 2);
        Node secret = Node.apply(new Secret(), t);
        assertThatThrownBy(() -> OnnxExport.of(Program.of(secret)).toBytes())
                .isInstanceOf(OnnxException.class)
                .hasMessage("OnnxExport: pad of pad 3×2, made at OnnxExportTest.java:" + line(secret)
                        + ", cannot leave as ONNX: no operators compute pad");
    }

    @Test
    void one_name_for_two_nodes_and_one_node_for_two_outputs() throws IOException {
        Node p = Node.parameter("p");
        Node q = Node.parameter("p");
        Node sum = p.plus(q).named("p");
        byte[] model = OnnxExport.of(Program.of(sum, p, sum)).toBytes();
        assertThat(graph(model).getOutputList())
                .extracting(ValueInfoProto::getName)
                .doesNotHaveDuplicates();
        assertThat(graph(model).getInputList())
                .extracting(ValueInfoProto::getName)
                .doesNotHaveDuplicates();
        Map<String, DMatrixRMaj> fed =
                Map.of("p", new DMatrixRMaj(1, 1, true, 2), "p_1", new DMatrixRMaj(1, 1, true, 3));
        assertThat(OnnxRuntime.run(model, fed).values())
                .extracting(value -> value.get(0))
                .containsExactly(5.0, 2.0, 5.0);
    }

    @Test
    void a_file_is_written_whole_or_not_at_all(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("models/m.onnx");
        OnnxExport.of(program).write(file);
        byte[] before = Files.readAllBytes(file);
        assertThat(before).isEqualTo(OnnxExport.of(program).toBytes());
        Node bad = LinearAlgebra.inverse(Node.parameter("A", 2, 2));
        assertThatThrownBy(() -> OnnxExport.of(Program.of(bad)).write(file)).isInstanceOf(OnnxException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void bad_arguments_are_refused_in_the_words_of_the_method() {
        OnnxExport export = OnnxExport.of(program);
        assertThatThrownBy(() -> OnnxExport.of(null)).hasMessage("OnnxExport.of: the program is null; give a value");
        assertThatThrownBy(() -> export.withValues(null))
                .hasMessage("OnnxExport.withValues: the values is null; give a value");
        assertThatThrownBy(() -> export.withSizes(null))
                .hasMessage("OnnxExport.withSizes: the sizes is null; give a value");
        assertThatThrownBy(() -> export.write(null)).hasMessage("OnnxExport.write: the path is null; give a value");
        assertThatThrownBy(() -> export.opset(13))
                .hasMessage("OnnxExport.opset: version 13 of the operators is not written; give one from 17 to 21");
        assertThatThrownBy(() -> export.withValues(Feeds.of(b, new DMatrixRMaj(1, 1)))
                        .withValues(Feeds.of(x, new DMatrixRMaj(3, 2)))
                        .withValues(Feeds.of(y, new DMatrixRMaj(1, 5)))
                        .toBytes())
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("OnnxExport.withValues: \"X\" 3×m is given 3×2");
    }
}
