package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** No operation without a row: bug class 19, a gradient that is missing and found only when it is run. */
class OperationTableIsCompleteTest {
    private static final Path SOURCES = Path.of("src/main/java/org/gradgraph/graph");

    @Test
    @DisplayName("bug class 19: every operation is what some row makes")
    void every_operation_is_what_some_row_makes() {
        Set<Op> operations = OperationRows.all().stream()
                .map(row -> Sample.fixed(row).y.op().orElseThrow())
                .collect(Collectors.toSet());
        Set<Class<?>> made = operations.stream().map(Op::getClass).collect(Collectors.toSet());
        assertThat(OperationRows.operations())
                .as("found in the class files")
                .hasSizeGreaterThan(10)
                .allSatisfy(op -> assertThat(made)
                        .as(op.getName() + " has no row in the contract table")
                        .contains(op));
        assertThat(OperationRows.constants())
                .as("constants, found in the class files")
                .hasSizeGreaterThan(50)
                .allSatisfy(op -> assertThat(operations)
                        .as(op.name() + " has no row in the contract table")
                        .contains(op));
    }

    @Test
    @DisplayName("bug class 19: every method of the vocabulary has a row and every row a method")
    void every_method_of_the_vocabulary_has_a_row_and_every_row_a_method() {
        Set<String> rows =
                OperationRows.all().stream().map(OperationRow::method).collect(Collectors.toSet());
        Set<String> methods = OperationRows.methods();
        assertThat(rows).as("methods with a row in the contract table").containsAll(methods);
        assertThat(methods)
                .as("methods")
                .containsAll(
                        rows.stream().filter(row -> !row.startsWith("inner ")).toList());
    }

    @Test
    void no_two_rows_have_the_same_name() {
        assertThat(OperationRows.all().stream().map(OperationRow::toString)).doesNotHaveDuplicates();
    }

    @Test
    void every_operation_is_an_immutable_value_so_that_equal_computations_are_found() {
        assertThat(OperationRows.operations())
                .filteredOn(op -> !op.equals(Constant.class) && !op.equals(ScalarFunction.class))
                .allMatch(Class::isRecord);
        assertThat(OperationRows.constants())
                .doesNotHaveDuplicates()
                .extracting(Op::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void every_method_of_the_vocabulary_has_javadoc_with_a_short_first_sentence() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (Class<?> family : OperationRows.vocabulary()) {
            seen.addAll(documented(Files.readString(SOURCES.resolve(family.getSimpleName() + ".java"))));
        }
        assertThat(List.copyOf(seen)).as("the test saw them all").isEqualTo(List.copyOf(OperationRows.methods()));
    }

    /** The methods of a source, whose Javadoc has been looked at. */
    private static Set<String> documented(String source) {
        Matcher method = Pattern.compile(
                        "(/\\*\\*((?:(?!\\*/).)*)\\*/\\s+)?public static Node (\\w+)\\(", Pattern.DOTALL)
                .matcher(source);
        Set<String> seen = new TreeSet<>();
        while (method.find()) {
            String name = method.group(3);
            assertThat(method.group(1)).as("the Javadoc of " + name).isNotNull();
            String text =
                    method.group(2).replaceAll("\\s*\\n\\s*\\*", "").strip().replaceFirst("^\\{@return ", "");
            String first = text.split("[.;:](\\s|$)|\\}(?=\\s+[A-Z<@]|$)", 2)[0];
            assertThat(first)
                    .as("the first sentence about " + name)
                    .isNotBlank()
                    .hasSizeLessThan(120);
            seen.add(name);
        }
        return seen;
    }
}
