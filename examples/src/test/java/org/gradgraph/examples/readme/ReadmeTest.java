package org.gradgraph.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.gradgraph.examples.Main;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows beside its Java, which {@code PageTest} compiles and runs, is what the code does. */
class ReadmeTest {
    private static final Path TOP = Path.of("").toAbsolutePath().getParent();

    private static String readme;

    @BeforeAll
    static void read() throws IOException {
        String asWritten = Files.readString(TOP.resolve("README.md"));
        String withoutIndentation = asWritten.replaceAll("(?m)^  ", ""); // code in a list is indented
        readme = asWritten + withoutIndentation;
    }

    private static String block(String language, String content) {
        return "```" + language + "\n" + content.strip() + "\n```";
    }

    @Test
    void the_failed_gradient_check_reads_as_shown() {
        String report = WrongOperation.report().toString();

        assertThat(report).contains("operation `softsign`").contains("every other operation on the path is right");
        assertThat(withoutPlaces(readme)).contains(block("text", withoutPlaces(report)));
    }

    private static String withoutPlaces(String text) {
        return text.replaceAll("(WrongOperation|App)\\.java:\\d+", "App.java:X").replaceAll("\\d+ ms", "X ms");
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
