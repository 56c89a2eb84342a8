package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The DOT text of the course's graphs, kept as files.
 *
 * <p>After a wanted change, {@code -Dpictures=write} writes them anew, and the pictures of the documentation too.
 */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/org/gradgraph/graphviz");
    private static final Path DOCS = Path.of("../docs/pictures");
    private static final boolean WRITE = "write".equals(System.getProperty("pictures"));

    static Map<String, Dot> pictures() {
        Map<String, Dot> pictures = new TreeMap<>();
        Models.Model lecture = Models.lecture();
        pictures.put("lecture", Dot.of(lecture.result()));
        pictures.put("lecture-run", Dot.of(lecture.result(), lecture.feeds()));
        Models.Model logistic = Models.logisticRegression();
        pictures.put("logistic-regression", Dot.of(Program.of(logistic.result()).withGradients()));
        Models.Model layers = Models.twoLayers();
        Style style = Style.standard();
        pictures.put("two-layers", Dot.of(Program.of(layers.result()).withGradients()));
        pictures.put(
                "two-layers-collapsed",
                Dot.of(layers.result()).style(style.dark().allCollapsed()));
        Models.Model filter = Models.filter();
        pictures.put("filter-run", Dot.of(filter.result(), filter.feeds()));
        pictures.replaceAll((name, dot) -> dot.style(dot.style().javaLines(false)));
        return pictures;
    }

    static Stream<String> names() {
        return pictures().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void the_text_is_the_one_that_is_kept(String name) throws IOException {
        Path file = GOLDEN.resolve(name + ".dot");
        Dot dot = pictures().get(name);
        if (WRITE) {
            dot.write(file);
        }

        assertThat(dot.toString()).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("names")
    void graphviz_reads_it_without_a_word_and_counts_the_same(String name) throws IOException {
        SystemDot.require();
        Dot dot = pictures().get(name);
        var plain = SystemDot.plain(dot.toString());

        assertThat(SystemDot.count(plain, "node"))
                .isEqualTo(dot.picture().boxes().size());
        assertThat(SystemDot.count(plain, "edge"))
                .isEqualTo(dot.picture().arrows().size());
        if (WRITE) {
            dot.write(DOCS.resolve(name + ".svg"));
            dot.write(DOCS.resolve(name + ".png"));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void every_node_and_every_operand_is_drawn(Models.Model model) {
        Graph graph = Graph.of(model.result());
        Picture picture = Dot.of(model.result(), model.feeds())
                .style(Style.standard().folded(false))
                .picture();

        assertThat(picture.boxes()).hasSameSizeAs(graph.nodes());
        assertThat(picture.arrows().stream().filter(arrow -> !arrow.backward()).count())
                .isEqualTo(graph.nodes().stream()
                        .map(Node::inputs)
                        .mapToInt(inputs -> inputs.size())
                        .sum());
    }

    static Stream<Models.Model> models() {
        return Stream.of(Models.lecture(), Models.logisticRegression(), Models.twoLayers(), Models.filter());
    }
}
