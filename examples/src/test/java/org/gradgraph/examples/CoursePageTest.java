package org.gradgraph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about the course knows every command, and what it shows is there. */
class CoursePageTest {
    private static final Path DOCS = Path.of("").toAbsolutePath().resolveSibling("docs");

    @Test
    void every_command_has_a_section() throws IOException {
        List<String> commands = Pattern.compile("(?m)^  ([a-z]+(-[a-z]+)*) ")
                .matcher(Session.run("--help").out())
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(commands).hasSize(12).contains("computation-graph", "cats", "edges");
        String page = Files.readString(DOCS.resolve("course.md"));
        assertThat(commands)
                .allSatisfy(command -> assertThat(page).containsPattern("(?m)^## \\d+\\. .*: `" + command + "[ `]"));
    }

    @Test
    void the_pictures_are_there() throws IOException {
        List<MatchResult> pictures = Pattern.compile("\\]\\((pictures/[^)]+)\\)")
                .matcher(Files.readString(DOCS.resolve("course.md")))
                .results()
                .toList();

        assertThat(pictures).hasSizeGreaterThan(5);
        pictures.forEach(link -> assertThat(DOCS.resolve(link.group(1))).exists());
    }
}
