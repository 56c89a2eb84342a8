package org.gradgraph.examples.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every piece of code in docs/adding-an-operation.md stands, word for word, in the file that the page names. */
class AddingAnOperationPageTest {
    private static final Path TOP = Path.of("").toAbsolutePath().getParent();
    private static final Pattern BLOCK =
            Pattern.compile("`([^`\n]+\\.(?:java|md))`[^\n]*:\n\n```\\w+\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void its_code_is_the_code_of_the_files() throws IOException {
        String page = Files.readString(TOP.resolve("docs/adding-an-operation.md"));
        List<String> checked = new ArrayList<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            String file = withoutIndentation(Files.readString(TOP.resolve(block.group(1))));
            assertThat(file).as(block.group(1)).contains(withoutIndentation(block.group(2)));
            checked.add(block.group(1));
        }
        long blocks = Pattern.compile("(?m)^```\\w+$").matcher(page).results().count();
        assertThat(checked).as("no code without a file").hasSize((int) blocks).hasSizeGreaterThan(4);
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
