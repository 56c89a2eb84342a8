package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class GraphvizTest {
    @TempDir
    Path folder;

    @Test
    void without_graphviz_the_message_says_how_to_install_it() {
        assertThatThrownBy(() -> new Graphviz("no-such-dot", Duration.ofSeconds(9)).draw("digraph {}", "svg"))
                .isInstanceOf(GraphvizException.class)
                .hasMessageContaining("no-such-dot was not found")
                .hasMessageContaining("apt-get install graphviz")
                .hasMessageContaining(".html");
    }

    @Test
    void what_dot_complains_about_is_reported() {
        SystemDot.require();

        assertThatThrownBy(() -> Graphviz.SYSTEM.draw("digraph { a -> ", "svg"))
                .isInstanceOf(GraphvizException.class)
                .hasMessageContaining("syntax error");
    }

    @Test
    void a_complaint_counts_even_if_dot_says_it_succeeded() {
        SystemDot.require();

        assertThatThrownBy(() -> Graphviz.SYSTEM.draw("digraph { a [shape=nonsense] }", "svg"))
                .isInstanceOf(GraphvizException.class)
                .hasMessageContaining("nonsense");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the slow dot of this test is a shell script")
    void a_process_that_does_not_end_is_stopped() throws Exception {
        Path slow = Files.writeString(folder.resolve("slow"), "#!/bin/sh\nexec sleep 600\n");
        Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> new Graphviz(slow.toString(), Duration.ofMillis(200)).draw("digraph {}", "svg"))
                .isInstanceOf(GraphvizException.class)
                .hasMessageContaining("did not finish");
    }

    @Test
    void text_beyond_the_limit_is_refused_before_a_process_starts() {
        assertThatThrownBy(() -> Graphviz.SYSTEM.draw(" ".repeat(Graphviz.LONGEST_TEXT + 1), "svg"))
                .isInstanceOf(GraphvizException.class)
                .hasMessageContaining("collapse clusters");
    }
}
