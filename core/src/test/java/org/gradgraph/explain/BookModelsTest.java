package org.gradgraph.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.rewrite.Assumptions.Fact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The derivatives of the models that are in books print as in books, and each line means the gradient. */
class BookModelsTest {
    private static final int EXAMPLES = 3;

    static Stream<BookModel> models() {
        return BookModel.all().stream();
    }

    @Test
    void there_are_models_enough_and_each_has_a_name_of_its_own() {
        assertThat(BookModel.all())
                .hasSizeGreaterThan(50)
                .extracting(BookModel::name)
                .doesNotHaveDuplicates();
    }

    /** Run with the environment variable {@code GOLDEN_UPDATE=true} to write the files again, then read the difference. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void a_model_prints_as_in_its_golden_file(BookModel model) throws IOException {
        String printed = model.derivation().text() + "\n" + model.derivation().latex();
        String file = "book/" + model.name() + ".txt";
        if ("true".equals(System.getenv("GOLDEN_UPDATE"))) {
            Path path = Path.of("src/test/resources/org/gradgraph/explain").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, printed);
        }
        try (InputStream golden = BookModelsTest.class.getResourceAsStream(file)) {
            assertThat(golden).as("golden file " + file).isNotNull();
            assertThat(printed).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void each_line_means_the_gradient(BookModel model) {
        List<Node> wrt = model.wrt();
        List<Node> gradients = Derivatives.gradient(model.cost(), wrt);
        List<Node> named = Graph.of(model.cost()).nodes().stream()
                .filter(node -> !node.inputs().isEmpty() && node.name().isPresent())
                .toList();
        List<Node> outputs = new ArrayList<>(gradients);
        outputs.addAll(named);
        Run run = Program.of(outputs).rewrite(Rewriting.OFF).newRun();
        Map<String, DMatrixRMaj> values = new HashMap<>();
        values.put("m", new DMatrixRMaj(new double[][] {{EXAMPLES}}));
        Random random = new Random(5);
        for (Node leaf : Graph.of(outputs).nodes()) {
            if (leaf.kind() == Node.Kind.PARAMETER || leaf.kind() == Node.Kind.INPUT) {
                DMatrixRMaj value = leaf(model, leaf, random);
                run.set(leaf, value);
                values.put(leaf.name().orElseThrow(), value);
            }
        }
        run.forward();
        named.forEach(node -> values.put(node.name().orElseThrow(), run.value(node)));
        for (String text : List.of(
                model.derivation().text(),
                FormulaReader.plain(model.derivation().latex()))) {
            Map<String, DMatrixRMaj> read = new HashMap<>(values);
            for (String line : text.lines().filter(line -> line.contains(" = ")).toList()) {
                read.put(line.substring(0, line.indexOf(" = ")), FormulaReader.read(line, read));
            }
            for (int i = 0; i < wrt.size(); i++) {
                String name = "d" + wrt.get(i).name().orElseThrow();
                assertSame(run.value(gradients.get(i)), read.get(name), name + " in\n" + text);
            }
        }
    }

    /** Between ¼ and ¾, so that logarithms and roots are real and no sigmoid saturates; labels of a softmax sum to 1. */
    private static DMatrixRMaj leaf(BookModel model, Node leaf, Random random) {
        DMatrixRMaj value =
                new DMatrixRMaj(size(leaf.shape().rows()), size(leaf.shape().columns()));
        for (int i = 0; i < value.getNumElements(); i++) {
            value.data[i] = 0.25 + random.nextDouble() / 2;
        }
        for (int i = 0; value.numRows == value.numCols && value.numRows > 1 && i < value.numRows; i++) {
            value.add(i, i, 2 + i);
        }
        for (BookModel.Known known : model.known()) {
            boolean isMeant = Graph.of(known.node()).contains(leaf);
            if (isMeant && known.fact() == Fact.SYMMETRIC) {
                CommonOps_DDRM.add(value.copy(), CommonOps_DDRM.transpose(value, null), value);
            } else if (isMeant && value.numRows > 1) {
                CommonOps_DDRM.divideCols(value, CommonOps_DDRM.sumCols(value, null).data);
            }
        }
        return value;
    }

    private static int size(Dim dim) {
        return dim.isFixed() ? dim.size() : EXAMPLES;
    }

    private static void assertSame(DMatrixRMaj expected, DMatrixRMaj read, String what) {
        assertThat(read).as(what).isNotNull();
        assertThat(read.numRows).as(what).isEqualTo(expected.numRows);
        assertThat(read.numCols).as(what).isEqualTo(expected.numCols);
        double size = 1 + CommonOps_DDRM.elementMaxAbs(expected);
        for (int i = 0; i < expected.getNumElements(); i++) {
            assertThat(Math.abs(read.data[i] - expected.data[i])).as(what).isLessThan(1e-12 * size);
        }
    }
}
