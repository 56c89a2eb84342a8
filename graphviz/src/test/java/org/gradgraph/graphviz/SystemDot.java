package org.gradgraph.graphviz;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads DOT text with the system's Graphviz; a test that needs it is skipped without it. */
final class SystemDot {
    private SystemDot() {}

    static void require() {
        boolean found;
        try {
            found = new ProcessBuilder("dot", "-V").start().waitFor() == 0;
        } catch (IOException | InterruptedException missing) {
            found = false;
        }
        assumeTrue(found, "skipped: Graphviz is not installed, apt-get install graphviz");
    }

    /** The lines of Graphviz's plain form, made without a word on stderr: one for each node and edge. */
    static List<String> plain(String dot) {
        return new String(Graphviz.SYSTEM.draw(dot, "plain"), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    static long count(List<String> plain, String kind) {
        return plain.stream().filter(line -> line.startsWith(kind + " ")).count();
    }
}
