package org.gradgraph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** The page about the course has every command and every topic, and what it links is there. */
class CoursePageTest {
    private static final Path DOCS = Path.of("").toAbsolutePath().resolveSibling("docs");

    private static String page() throws IOException {
        return Files.readString(DOCS.resolve("course.md")).replace("\r\n", "\n");
    }

    private static Map<String, CommandLine> commands() {
        return Main.commandLine().getSubcommands();
    }

    @TestFactory
    Stream<DynamicTest> every_command_is_a_lesson_with_a_section() throws IOException {
        String page = page();
        assertThat(commands()).hasSize(23);
        return commands().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> checkLesson(entry.getKey(), entry.getValue(), page)));
    }

    private static void checkLesson(String name, CommandLine command, String page) {
        Lesson lesson = command.getCommand();
        Pattern section = Pattern.compile("(?ms)^## \\d+\\. [^\n]*: `" + name + "[ `].*?(?=^## |\\z)");
        String text = section.matcher(page)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElse("");

        assertThat(text).contains(lesson.getClass().getSimpleName() + ".java](");
        assertThat(text)
                .contains("<summary>"
                        + lesson.getClass().getAnnotation(Question.class).value() + "</summary>");
        assertThat(String.join(" ", command.getCommandSpec().usageMessage().description()))
                .as("one sentence")
                .matches("[^\\n]{30,130}[.?]");
        assertThat(lesson.getClass().getAnnotation(Question.class).value()).endsWith("?");
        assertThat(lesson.java().lines().count()).as("lines of Java shown").isBetween(3L, 60L);
    }

    @Test
    void every_topic_of_the_notes_has_a_row_with_commands() throws IOException {
        List<String> topics;
        try (var in = CoursePageTest.class.getResourceAsStream("course-topics.txt")) {
            topics = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        List<String> rows =
                page().lines().filter(line -> line.startsWith("| ")).skip(1).toList();

        assertThat(rows)
                .extracting(row -> row.split(" \\| ", -1)[0].substring(2).replace("\\|", "|"))
                .isEqualTo(topics);
        assertThat(topics).hasSize(32);
        for (String row : rows) {
            List<String> named = find("`([a-z-]+)`", row.substring(row.indexOf(" | `")));
            assertThat(named).as(row).isNotEmpty().isSubsetOf(commands().keySet());
            assertThat(find("\\]\\(([^)]+\\.java)\\)", row)).as(row).hasSameSizeAs(named);
        }
    }

    @Test
    void what_is_linked_is_there() throws IOException {
        List<String> links = find("\\]\\(([^)]+)\\)", page());

        assertThat(links).hasSizeGreaterThan(60);
        assertThat(links)
                .allSatisfy(link -> assertThat(DOCS.resolve(link.replaceFirst("#.*", "")))
                        .as(link)
                        .exists());
    }

    private static List<String> find(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
