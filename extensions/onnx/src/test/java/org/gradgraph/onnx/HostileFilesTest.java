package org.gradgraph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged or mean harm: one sentence each, and nothing large is allocated. */
class HostileFilesTest {
    private static TestModel product() {
        return new TestModel()
                .input("x", "n", 3)
                .weights("w", 3, 2)
                .node("MatMul", List.of("x", "w"), List.of("y"))
                .output("y");
    }

    private static void refused(byte[] content, String sentence) {
        assertThatThrownBy(() -> OnnxImport.of(content))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining(sentence)
                .hasMessageStartingWith("OnnxImport.of")
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_file_that_ends_anywhere_is_an_error_or_still_a_model() {
        byte[] content = product().bytes();
        int refused = 0;
        for (int length = 0; length < content.length; length++) {
            byte[] cut = Arrays.copyOf(content, length);
            Throwable thrown = catchThrowable(() -> OnnxImport.of(cut));
            assertThat(thrown)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            error -> assertThat(error).isInstanceOf(OnnxException.class));
            refused += thrown == null ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(content.length / 2);
        refused(new byte[0], "it has no graph");
        refused(new byte[] {1, 2, 3}, "no whole ONNX model");
    }

    @Test
    void changed_bytes_give_a_model_or_a_sentence() {
        byte[] content = product().bytes();
        Random random = new Random(3);
        for (int k = 0; k < 3000; k++) {
            byte[] changed = content.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            Throwable thrown = catchThrowable(() -> OnnxImport.of(changed));
            assertThat(thrown)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            error -> assertThat(error).isInstanceOf(OnnxException.class));
        }
    }

    @Test
    void sides_of_two_billion_are_compared_with_the_bytes_that_are_there() {
        TensorProto.Builder large = TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.FLOAT.getNumber())
                .addDims(1 << 15)
                .addDims(1 << 15)
                .setRawData(ByteString.copyFrom(new byte[24]));
        refused(with(large), "tensor \"w\" needs 4294967296 bytes, but 24 are there");
        refused(with(large.clone().clearRawData()), "tensor \"w\" needs 1073741824 numbers, but 0 are there");
        refused(with(large.clone().addDims(1 << 15)), "35184372088832 elements, more than a matrix can hold");
        refused(with(large.clone().addDims(Long.MAX_VALUE)), "is too large");
        refused(with(large.clone().setDims(0, -4)), "tensor \"w\" has a side of -4");
    }

    private static byte[] with(TensorProto.Builder weight) {
        ModelProto.Builder model = product().model();
        model.getGraphBuilder().setInitializer(0, weight);
        return model.build().toByteArray();
    }

    @Test
    void shapes_that_are_computed_are_checked_too() {
        refused(
                new TestModel()
                        .input("x", 2, 2)
                        .numbers("shape", 1L << 31)
                        .node("ConstantOfShape", List.of("shape"), List.of("y"))
                        .output("y")
                        .bytes(),
                "operator ConstantOfShape \"the_ConstantOfShape\" of opset 17 cannot be imported: a side of 2147483646 is no size");
        refused(
                new TestModel()
                        .input("x", 1, 1, 60000, 30000)
                        .weights("w", 1, 1, 9, 9)
                        .node("Conv", List.of("x", "w"), List.of("y"), Attributes.integers("pads", 1, 0, 0, 0))
                        .output("y")
                        .bytes(),
                "places, more than");
        refused(
                new TestModel()
                        .input("x", 2, 2)
                        .numbers("times", 1 << 20, 1 << 20)
                        .node("Tile", List.of("x", "times"), List.of("y"))
                        .output("y")
                        .bytes(),
                "more than 2147483647");
    }

    @Test
    void data_outside_the_folder_is_not_read(@TempDir Path folder) throws IOException {
        Path inner = Files.createDirectory(folder.resolve("model"));
        Files.write(folder.resolve("secret"), new byte[24]);
        Files.write(inner.resolve("weights"), new byte[24]);
        Files.createSymbolicLink(inner.resolve("link"), folder.resolve("secret"));
        for (String location : List.of("../secret", folder.resolve("secret").toString(), "link")) {
            Files.write(inner.resolve("m.onnx"), external(location, "0"));
            assertThatThrownBy(() -> OnnxImport.read(inner.resolve("m.onnx")))
                    .isInstanceOf(OnnxException.class)
                    .hasMessageContaining("outside the folder of the model");
        }
        Files.write(inner.resolve("m.onnx"), external("weights", "0"));
        assertThat(OnnxImport.read(inner.resolve("m.onnx")).parameters()).hasSize(1);
        Files.write(inner.resolve("m.onnx"), external("weights", "8"));
        assertThatThrownBy(() -> OnnxImport.read(inner.resolve("m.onnx")))
                .hasMessageContaining("needs 24 bytes from 8 of \"weights\", which has 24");
        Files.write(inner.resolve("m.onnx"), external("nothing", "0"));
        assertThatThrownBy(() -> OnnxImport.read(inner.resolve("m.onnx"))).hasMessageContaining("cannot be read");
        refused(external("weights", "0"), "was not read from a folder");
    }

    private static byte[] external(String location, String offset) {
        return with(TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.FLOAT.getNumber())
                .addDims(3)
                .addDims(2)
                .setDataLocation(DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(location))
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("offset").setValue(offset)));
    }

    @Test
    void cycles_unknown_values_and_values_that_are_made_twice() {
        refused(
                new TestModel()
                        .input("x", 2, 2)
                        .node("Add", List.of("x", "b"), List.of("a"))
                        .node("Exp", List.of("a"), List.of("b"))
                        .output("b")
                        .bytes(),
                "it reads \"b\", which is computed later: the operators form a cycle or are not in order");
        refused(
                new TestModel()
                        .input("x", 2, 2)
                        .node("Exp", List.of("q"), List.of("y"))
                        .output("y")
                        .bytes(),
                "it reads \"q\", which nothing computes");
        refused(
                new TestModel()
                        .input("x", 2, 2)
                        .node("Exp", List.of("x"), List.of("y"))
                        .node("Log", List.of("x"), List.of("y"))
                        .output("y")
                        .bytes(),
                "value \"y\" is computed twice");
        refused(new TestModel().input("x", 2, 2).output("y").bytes(), "output \"y\" is computed by nothing");
    }

    @Test
    void unknown_versions_domains_operators_and_attributes() {
        refused(product().opset(99).bytes(), "its operators are of opset 99; from 7 to 23 are imported");
        refused(product().model().clearOpsetImport().build().toByteArray(), "does not say the version");
        ModelProto.Builder domain = product().model();
        domain.getGraphBuilder().getNodeBuilder(0).setDomain("com.example");
        refused(domain.build().toByteArray(), "operators of the domain com.example are not imported");
        refused(
                new TestModel()
                        .input("x", 2, 2)
                        .node("NonMaxSuppression", List.of("x"), List.of("y"))
                        .output("y")
                        .bytes(),
                "operator NonMaxSuppression \"the_NonMaxSuppression\" of opset 17 cannot be imported: there is no rule for it");
        refused(
                new TestModel()
                        .input("x", 2, 2)
                        .node("Softmax", List.of("x"), List.of("y"), TestModel.text("axis", "last"))
                        .output("y")
                        .bytes(),
                "its attribute axis is STRING instead of INT");
        refused(
                new TestModel()
                        .input("x", 1, 1, 4, 4)
                        .node(
                                "MaxPool",
                                List.of("x"),
                                List.of("y"),
                                Attributes.integers("kernel_shape", 2, 2),
                                Attributes.integers("strides", 0, 1))
                        .output("y")
                        .bytes(),
                "does not fit 4");
    }

    @Test
    void null_and_unknown_names_are_refused_in_the_words_of_the_method() {
        assertThatThrownBy(() -> OnnxImport.read(null)).hasMessage("OnnxImport.read: the path is null; give a value");
        assertThatThrownBy(() -> OnnxImport.of(null)).hasMessage("OnnxImport.of: the content is null; give a value");
        OnnxImport model = OnnxImport.of(product().bytes());
        assertThatThrownBy(() -> model.input(null)).hasMessage("OnnxImport.input: the name is null; give a value");
        assertThatThrownBy(() -> model.output("z")).hasMessage("OnnxImport.output: the model has no \"z\", only [y]");
        assertThatThrownBy(() -> OnnxImport.read(Path.of("no-such-file.onnx")))
                .hasMessage("OnnxImport.read: no-such-file.onnx cannot be read");
    }
}
