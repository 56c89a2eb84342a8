package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotTest {
    private final Models.Model lecture = Models.lecture();

    @Test
    void the_same_graph_gives_the_same_text() {
        assertThat(Dot.of(Models.twoLayers().result()).toString())
                .isEqualTo(Dot.of(Models.twoLayers().result()).toString());
    }

    @Test
    void names_operations_and_shapes_are_told() {
        String text = Dot.of(Models.logisticRegression().result()).toString();

        assertThat(text)
                .contains("label=\"X\\n2×m\"")
                .contains("label=\"A = σ(Z)\"")
                .contains("label=\"2×m\"");
        assertThat(text).contains("label=\"J = −mean(Y∘log A + (1 − Y)∘log(1 − A))\\n1×1\"");
    }

    @Test
    void the_tooltip_names_the_java_line_unless_it_is_switched_off() {
        assertThat(Dot.of(lecture.result()).toString())
                .containsPattern("tooltip=\"u: multiply, 1×1\\\\nModels.java:\\d+\"");
        assertThat(Dot.of(lecture.result())
                        .style(Style.standard().javaLines(false))
                        .toString())
                .doesNotContain("Models.java");
    }

    @Test
    void a_node_that_is_read_twice_by_one_operation_has_two_arrows() {
        Node x = Node.parameter("x");

        assertThat(Dot.of(x.times(x)).toString().split("n0 -> n1", -1)).hasSize(3);
    }

    @Test
    void attribute_functions_win_and_are_escaped() {
        Style style = Style.standard()
                .graph("rankdir", "TB")
                .nodes(node -> node.name().isPresent() ? Map.of("URL", "x\"y", "shape", "star") : Map.of())
                .edges((operand, user, backward) -> Map.of("penwidth", "4"));

        assertThat(Dot.of(lecture.result()).style(style).toString())
                .contains("rankdir=\"TB\"")
                .contains("URL=\"x\\\"y\"")
                .contains("shape=\"star\"")
                .contains("penwidth=\"4\"");
    }

    @Test
    void an_attribute_name_that_would_break_the_text_is_refused() {
        Dot dot = Dot.of(lecture.result()).style(Style.standard().nodes(node -> Map.of("a]; evil [b", "1")));

        assertThatThrownBy(dot::toString)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"a]; evil [b\" is no DOT attribute; a name such as penwidth has letters only");
    }

    @Nested
    class Written {
        @TempDir
        Path folder;

        @Test
        void text_goes_to_a_file_in_a_folder_that_is_made() throws Exception {
            Path file = folder.resolve("new/j.dot");

            Dot.of(lecture.result()).write(file);

            assertThat(file).hasContent(Dot.of(lecture.result()).toString());
            try (var files = Files.list(file.getParent())) {
                assertThat(files).containsExactly(file);
            }
        }

        @Test
        void an_unknown_ending_is_refused_with_the_known_ones() {
            assertThatThrownBy(() -> Dot.of(lecture.result()).write(folder.resolve("j.jpeg")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("j.jpeg")
                    .hasMessageContaining(".svg");
            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void a_folder_is_not_overwritten() {
            Path taken = folder.resolve("taken.dot");
            taken.toFile().mkdir();

            assertThatThrownBy(() -> Dot.of(lecture.result()).write(taken)).hasMessageContaining("is a folder");
        }
    }

    @Nested
    class Drawn {
        @TempDir
        Path folder;

        @BeforeEach
        void graphviz() {
            SystemDot.require();
        }

        @Test
        void nodes_and_arrows_are_as_many_as_in_the_graph() {
            for (Models.Model model : List.of(lecture, Models.logisticRegression(), Models.twoLayers())) {
                Dot dot = Dot.of(model.result()).style(Style.standard().folded(false));
                List<String> plain = SystemDot.plain(dot.toString());
                List<Node> nodes = org.gradgraph.graph.Graph.of(model.result()).nodes();

                assertThat(SystemDot.count(plain, "node")).isEqualTo(nodes.size());
                assertThat(SystemDot.count(plain, "edge"))
                        .isEqualTo(nodes.stream()
                                .mapToInt(node -> node.inputs().size())
                                .sum());
            }
        }

        @Test
        void svg_and_png_are_what_they_say() throws Exception {
            Dot.of(lecture.result()).write(folder.resolve("j.svg"));
            Dot.of(lecture.result()).write(folder.resolve("J.PNG"));

            assertThat(Files.readString(folder.resolve("j.svg")))
                    .contains("<svg")
                    .contains("u = b × c");
            assertThat(Files.readAllBytes(folder.resolve("J.PNG"))).startsWith(0x89, 'P', 'N', 'G');
        }
    }
}
