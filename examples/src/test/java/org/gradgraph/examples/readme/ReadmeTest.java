package org.gradgraph.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.gradgraph.examples.Main;
import org.gradgraph.graph.ShapeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README shows is what the code does. */
class ReadmeTest {
    private static final Path TOP = Path.of("").toAbsolutePath().getParent();
    private static final Path SNIPPETS = Path.of("src/test/java/org/gradgraph/examples/readme/Snippets.java");

    private static String readme;

    @BeforeAll
    static void read() throws IOException {
        String asWritten = Files.readString(TOP.resolve("README.md"));
        String withoutIndentation = asWritten.replaceAll("(?m)^  ", ""); // code in a list is indented
        readme = asWritten + withoutIndentation;
    }

    private static String snippet(String name) throws IOException {
        String source = Files.readString(SNIPPETS);
        int from = source.indexOf("// begin " + name + "\n") + ("// begin " + name + "\n").length();
        String lines = source.substring(from, source.indexOf("// end " + name + "\n"));
        return lines.stripTrailing().stripIndent();
    }

    private static String block(String language, String content) {
        return "```" + language + "\n" + content.strip() + "\n```";
    }

    @ParameterizedTest
    @ValueSource(strings = {"firstMinute", "logisticCost", "derivation", "check", "training", "picture", "error"})
    void the_code_compiles_word_for_word(String name) throws IOException {
        assertThat(readme).contains(snippet(name));
    }

    @Test
    void the_first_minute_prints_what_is_shown() {
        String text = printedBy(Snippets::firstMinute);

        assertThat(text).startsWith("J = 33\n");
        assertThat(readme).contains(block("text", text));
    }

    @Test
    void the_cost_is_derived_as_shown_passes_its_check_and_can_be_trained() {
        String text = printedBy(Snippets::logisticCost);

        assertThat(text).startsWith("dZ = (A − Y)/m\n");
        assertThat(readme).contains(block("text", text));
    }

    private static String printedBy(Runnable snippet) {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            snippet.run();
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void the_error_reads_as_shown() {
        ShapeException error = catchThrowableOfType(ShapeException.class, Snippets::error);

        String[] lines = error.getMessage().split("Snippets\\.java:", -1);
        assertThat(lines).as("both operands and the operation name their line").hasSize(4);
        String shown = error.getMessage().replaceAll("Snippets\\.java:\\d+", "App.java:X");
        assertThat(readme.replaceAll("App\\.java:\\d+", "App.java:X")).contains(block("text", shown));
    }

    @Test
    void the_failed_gradient_check_reads_as_shown() {
        String report = Snippets.wrongOperation().toString();

        assertThat(report).contains("operation `softsign`").contains("every other operation on the path is right");
        assertThat(withoutPlaces(readme)).contains(block("text", withoutPlaces(report)));
    }

    private static String withoutPlaces(String text) {
        return text.replaceAll("(Snippets|App)\\.java:\\d+", "App.java:X").replaceAll("\\d+ ms", "X ms");
    }

    @Test
    void the_main_command_prints_the_lines_shown(@TempDir Path folder) {
        StringWriter out = new StringWriter();
        Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), "--out", folder.toString());

        int from = readme.indexOf("step                cost\n");
        List<String> shown =
                readme.substring(from, readme.indexOf("```", from)).lines().toList();
        assertThat(shown).hasSizeGreaterThan(5);
        for (String line : shown) {
            if (!line.strip().equals("…")) {
                assertThat(out.toString()).contains(line);
            }
        }
    }

    @Test
    void everything_that_is_linked_is_there() {
        Pattern.compile("\\]\\(([^)#:]+)\\)")
                .matcher(readme)
                .results()
                .forEach(link -> assertThat(TOP.resolve(link.group(1))).exists());
    }
}
