package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page docs/operations.md against the code: families, calls, shapes and names elsewhere.
 *
 * <p>Calls come from the sources, and what is said of elementwise operations from the rows of the contract; {@code
 * -Dpages=write} writes both anew.
 */
class OperationsPageTest {
    private static final Path PAGE = Path.of("../docs/operations.md");
    private static final Path SOURCES = Path.of("src/main/java/org/gradgraph/graph");
    private static final Pattern ENTRY = Pattern.compile("\\| `(\\w+)\\([^|]*` \\|(.*)\\|");
    private static final Pattern METHOD = Pattern.compile("(?s)    public static Node (\\w+)\\((.*?)\\) \\{");
    private static final Pattern TITLE = Pattern.compile("## (.+)");

    /** The last section, in which people look for the name that they know. */
    private static final String NAMES_ELSEWHERE = "Names in NumPy, PyTorch and JAX";

    @Test
    void it_has_a_section_for_each_family_with_its_methods_in_their_order() throws IOException {
        Map<String, List<String>> page = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher title = TITLE.matcher(line);
            Matcher entry = ENTRY.matcher(line);
            if (title.matches() && !title.group(1).equals(NAMES_ELSEWHERE)) {
                page.put(classOf(title.group(1)), new ArrayList<>());
            } else if (entry.matches()) {
                List.copyOf(page.values()).get(page.size() - 1).add(entry.group(1));
            }
        }
        Map<String, List<String>> code = new LinkedHashMap<>();
        for (Class<?> family : OperationRows.vocabulary()) {
            code.put(family.getSimpleName(), List.copyOf(calls(family).keySet()));
        }
        assertThat(page).isEqualTo(code);
    }

    @Test
    void its_calls_and_the_tables_of_elementwise_operations_are_made_of_the_code() throws IOException {
        String page = Files.readString(PAGE);
        Map<String, String> calls = new LinkedHashMap<>();
        for (Class<?> family : OperationRows.vocabulary()) {
            calls.putAll(calls(family));
        }
        String made = page.lines().map(line -> made(line, calls)).collect(Collectors.joining("\n", "", "\n"));
        if ("write".equals(System.getProperty("pages"))) {
            Files.writeString(PAGE, made);
        } else {
            assertThat(page)
                    .as("docs/operations.md, which -Dpages=write writes anew")
                    .isEqualTo(made);
        }
    }

    private static String made(String line, Map<String, String> calls) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches() || !calls.containsKey(entry.group(1))) {
            return line;
        }
        String start = "| " + calls.get(entry.group(1)) + " |";
        Optional<OperationRow> row = elementwise(entry.group(1));
        if (row.isEmpty()) {
            return start + entry.group(2) + "|";
        }
        OperationRow.Page says = row.get().page().orElseThrow();
        String convention = says.convention().isEmpty() ? "" : says.convention() + " ";
        return start + " " + says.formula().replace("|", "\\|") + " | "
                + says.derivative().replace("|", "\\|") + " | " + shapes(row.get()) + " | " + convention + "|";
    }

    private static Optional<OperationRow> elementwise(String method) {
        return OperationRows.all().stream()
                .filter(row -> row.method().equals(method) && row.page().isPresent())
                .findFirst();
    }

    /** For each method its calls, as people write them: {@code `sum(x)`, `sum(x, over)`}. */
    private static Map<String, String> calls(Class<?> family) {
        Map<String, String> calls = new LinkedHashMap<>();
        Matcher method = METHOD.matcher(read(SOURCES.resolve(family.getSimpleName() + ".java")));
        while (method.find()) {
            String operands = Pattern.compile("\\w+(\\.{3})? (\\w+)(,|$)")
                    .matcher(method.group(2))
                    .results()
                    .map(operand -> operand.group(2) + (operand.group(1) == null ? "" : "…"))
                    .collect(Collectors.joining(", "));
            calls.merge(
                    method.group(1),
                    "`" + method.group(1) + "(" + operands + ")`",
                    (first, other) -> first.contains(other) ? first : first + ", " + other);
        }
        return calls;
    }

    /** The class that a title names: "Linear algebra" is {@code LinearAlgebra}. */
    private static String classOf(String title) {
        return Pattern.compile(" (\\w)")
                .matcher(title)
                .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
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

    /** The last column of the table of names holds calls of ours, such as {@code Layout.concatRows} or {@code x.exp()}. */
    @Test
    void the_names_elsewhere_lead_to_methods_that_exist() throws IOException {
        Set<String> ours = new TreeSet<>();
        for (Class<?> family : OperationRows.vocabulary()) {
            calls(family).keySet().forEach(name -> ours.add(family.getSimpleName() + "." + name));
        }
        for (var method : Node.class.getMethods()) {
            ours.add((java.lang.reflect.Modifier.isStatic(method.getModifiers()) ? "Node." : "x.") + method.getName());
        }
        String page = Files.readString(PAGE);
        int lines = 0;
        for (String line : page.substring(page.indexOf(NAMES_ELSEWHERE)).lines().toList()) {
            if (!line.startsWith("| `")) {
                continue;
            }
            String[] cells = line.split("(?<!\\\\)\\|", -1);
            Matcher call = Pattern.compile("`((\\w+)\\.(\\w+))[(`]").matcher(cells[cells.length - 2]);
            assertThat(call.results().map(found -> found.group(1)).toList())
                    .as(line)
                    .isNotEmpty()
                    .isSubsetOf(ours);
            lines++;
        }
        assertThat(lines).as("lines read").isGreaterThan(60);
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

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
