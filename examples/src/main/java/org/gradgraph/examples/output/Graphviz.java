package org.gradgraph.examples.output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program {@code dot} of Graphviz, where it is installed.
 *
 * <pre>{@code
 * Optional<String> svg = Graphviz.svg(folder.write("graph.dot", dot));
 * }</pre>
 */
public final class Graphviz {
    private Graphviz() {}

    /** The picture of a DOT file as SVG; empty if Graphviz is not installed or fails. */
    public static Optional<String> svg(Path dotFile) {
        try {
            Process process = new ProcessBuilder("dot", "-Tsvg", dotFile.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            try (InputStream picture = process.getInputStream()) {
                String svg = new String(picture.readAllBytes(), StandardCharsets.UTF_8);
                return process.waitFor() == 0 ? Optional.of(svg) : Optional.empty();
            }
        } catch (IOException notInstalled) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
