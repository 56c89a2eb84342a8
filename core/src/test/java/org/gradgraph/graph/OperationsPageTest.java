package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page docs/operations.md against the code: sections, names and shapes. */
class OperationsPageTest {
    private static final Path PAGE = Path.of("../docs/operations.md");
    private static final Path SOURCE = Path.of("src/main/java/org/gradgraph/graph/Ops.java");
    private static final Pattern ENTRY = Pattern.compile("\\| `(\\w+)` \\|(.*)\\|");

    @Test
    void it_has_the_sections_and_methods_of_Ops_in_the_same_order_and_nothing_else() throws IOException {
        assertThat(contents(PAGE, "## (.+)", ENTRY.pattern()))
                .isEqualTo(contents(SOURCE, "    // ([^:]+)(:.*)?", "    public static Node (\\w+)\\(.*"));
    }

    @Test
    void its_shapes_are_those_of_the_shape_rules() throws IOException {
        Map<String, String> shapes = OperationRows.all().stream()
                .collect(Collectors.toMap(OperationRow::method, OperationsPageTest::shapes, (first, other) -> first));
        for (String line : Files.readAllLines(PAGE)) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                assertThat(cells(entry).get(2))
                        .as("the shape of " + entry.group(1))
                        .isEqualTo(shapes.get(entry.group(1)));
            }
        }
    }

    @Test
    void every_line_has_a_formula_and_a_derivative() throws IOException {
        for (String line : Files.readAllLines(PAGE)) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                assertThat(cells(entry)).as(line).hasSize(4);
                assertThat(cells(entry).subList(0, 3)).as(line).noneMatch(String::isBlank);
            }
        }
    }

    private static List<String> cells(Matcher entry) {
        List<String> cells = new ArrayList<>();
        for (String cell : entry.group(2).split("(?<!\\\\)\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }

    private static String shapes(OperationRow row) {
        Sample sample = Sample.symbolic(row);
        String operands = row.shapes().stream().map(Shape::toString).collect(Collectors.joining(", "));
        return (operands.isEmpty() ? "" : operands + " ") + "→ " + sample.y.shape();
    }

    private static List<String> contents(Path file, String heading, String entry) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        for (String line : Files.readAllLines(file)) {
            Matcher title = Pattern.compile(heading).matcher(line);
            Matcher name = Pattern.compile(entry).matcher(line);
            if (title.matches()) {
                found.add("## " + title.group(1));
            } else if (name.matches()) {
                found.add(name.group(1));
            }
        }
        return List.copyOf(found);
    }
}
