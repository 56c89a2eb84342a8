package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page docs/operations.md against the code: sections, names and shapes.
 *
 * <p>The tables of elementwise operations are made from the rows of the contract; {@code -Dpages=write} writes them anew.
 */
class OperationsPageTest {
    private static final Path PAGE = Path.of("../docs/operations.md");
    private static final Path SOURCE = Path.of("src/main/java/org/gradgraph/graph/Ops.java");
    private static final Set<String> ELEMENTWISE =
            Set.of("Arithmetic", "Elementary functions", "Activations", "Choice");
    private static final Pattern ENTRY = Pattern.compile("\\| `(\\w+)` \\|(.*)\\|");

    @Test
    void it_has_the_sections_and_methods_of_Ops_in_the_same_order_and_nothing_else() throws IOException {
        assertThat(contents(PAGE, "## (.+)", ENTRY.pattern())).isEqualTo(methodsOfOps());
    }

    @Test
    void its_tables_of_elementwise_operations_are_made_of_their_rows() throws IOException {
        String page = Files.readString(PAGE);
        String made = Arrays.stream(page.split("(?m)^(?=## )"))
                .map(OperationsPageTest::withTable)
                .collect(Collectors.joining());
        if ("write".equals(System.getProperty("pages"))) {
            Files.writeString(PAGE, made);
        } else {
            assertThat(page)
                    .as("docs/operations.md, which -Dpages=write writes anew")
                    .isEqualTo(made);
        }
    }

    /** The section with a line for each method that Ops has in it, if it is one of elementwise operations. */
    private static String withTable(String section) {
        String title = section.lines().findFirst().orElse("").replaceFirst("^## ", "");
        if (!ELEMENTWISE.contains(title)) {
            return section;
        }
        List<String> all = methodsOfOps();
        List<String> own = all.subList(all.indexOf("## " + title) + 1, all.size()).stream()
                .takeWhile(name -> !name.startsWith("## "))
                .toList();
        String rule = "|---|---|---|---|---|\n";
        String start = section.substring(0, section.indexOf(rule) + rule.length());
        return own.stream().map(OperationsPageTest::line).collect(Collectors.joining("", start, "\n"));
    }

    private static String line(String method) {
        OperationRow row = OperationRows.all().stream()
                .filter(each -> each.method().equals(method) && each.page().isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row of " + method + " says page(…)"));
        OperationRow.Page page = row.page().orElseThrow();
        String cells = String.join(
                " | ", page.formula().replace("|", "\\|"), page.derivative().replace("|", "\\|"));
        String convention = page.convention().isEmpty() ? "" : page.convention() + " ";
        return "| `" + method + "` | " + cells + " | " + shapes(row) + " | " + convention + "|\n";
    }

    private static List<String> methodsOfOps() {
        return contents(SOURCE, "    // ([^:]+)(:.*)?", "    public static Node (\\w+)\\(.*");
    }

    @Test
    void its_shapes_are_those_of_the_shape_rules() throws IOException {
        Map<String, String> shapes = OperationRows.all().stream()
                .sorted(Comparator.comparing(row -> row.page().isEmpty()))
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

    private static List<String> contents(Path file, String heading, String entry) {
        Set<String> found = new LinkedHashSet<>();
        for (String line : read(file)) {
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

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
