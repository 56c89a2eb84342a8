package org.gradgraph.examples.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradgraph.examples.console.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files appear whole or not at all. */
class OutputFolderTest {
    @TempDir
    Path folder;

    @Test
    void folders_are_made_with_the_first_file() throws IOException {
        Path place = folder.resolve("a/b");
        OutputFolder output = OutputFolder.at(place);
        assertThat(folder).isEmptyDirectory();

        output.write("x.txt", "Σ");

        assertThat(place.resolve("x.txt")).content().isEqualTo("Σ");
        try (var files = Files.list(place)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_file_is_replaced_as_a_whole() {
        OutputFolder output = OutputFolder.at(folder);
        output.write("x.txt", "a long first text");

        output.write("x.txt", "short");

        assertThat(folder.resolve("x.txt")).hasContent("short");
    }

    @Test
    void text_that_cannot_be_written_leaves_the_old_file_and_no_other() throws IOException {
        OutputFolder output = OutputFolder.at(folder);
        output.write("x.txt", "old");

        // A lone surrogate has no UTF-8 form: writing fails half-way.
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> output.write("x.txt", "new".repeat(10_000) + "\uD800"))
                .withMessageContaining("x.txt: the file cannot be written");

        assertThat(folder.resolve("x.txt")).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_folder_in_place_of_the_file_is_told() throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("x.txt"));

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> OutputFolder.at(folder).write("x.txt", "text"))
                .withMessage(inTheWay + ": this is a folder; a file is to be written here");
    }
}
