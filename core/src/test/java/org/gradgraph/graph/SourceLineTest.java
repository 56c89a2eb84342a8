package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceLineTest {
    @Test
    void names_file_and_line() {
        assertThat(new SourceLine("app.Model", "build", "Model.java", 12)).hasToString("Model.java:12");
    }

    @Test
    void names_the_file_alone_where_a_class_has_no_line_numbers() {
        assertThat(new SourceLine("app.Model", "build", "Model.java", -1)).hasToString("Model.java");
    }

    @Test
    void does_not_show_the_lines_that_jshell_wraps_around_a_snippet() {
        assertThat(new SourceLine("REPL.$JShell$23", "do_it$", "$JShell$23.java", 7))
                .hasToString("a JShell snippet");
    }

    @Test
    void says_that_a_line_was_not_recorded() {
        assertThat(SourceLine.UNKNOWN).hasToString("an unknown line");
    }
}
