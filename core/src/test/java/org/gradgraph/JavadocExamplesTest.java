package org.gradgraph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every public type shows in its Javadoc how it is used. */
class JavadocExamplesTest {
    private static final Path SOURCES = Path.of("src/main/java");

    /** The Javadoc of a public top-level type, which may have annotations. */
    private static final Pattern TYPE = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*^public (?:[\\w-]+ )*(?:class|interface|record|enum)"
                    + " (\\w+)",
            Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void every_public_type_has_an_example() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(SOURCES)) {
            files = all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        int types = 0;
        for (Path file : files) {
            String source = Files.readString(file);
            if (Pattern.compile("^public ", Pattern.MULTILINE).matcher(source).find()) {
                Matcher type = TYPE.matcher(source);
                assertThat(type.find()).as("a Javadoc in " + file).isTrue();
                assertThat(type.group(1)).as("the Javadoc of " + type.group(2)).contains("<pre>");
                types++;
            }
        }
        assertThat(types).as("public types that were looked at").isGreaterThan(40);
    }
}
