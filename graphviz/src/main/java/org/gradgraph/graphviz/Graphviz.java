package org.gradgraph.graphviz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The system's {@code dot}, as a process of its own.
 *
 * @param command its name or path
 * @param timeLimit after which it is stopped
 */
record Graphviz(String command, Duration timeLimit) {
    static final int LONGEST_TEXT = 16_000_000;
    private static final int LONGEST_COMPLAINT = 2_000;
    private static final String INSTALL = "install it (Debian, Ubuntu: apt-get install graphviz; macOS: brew install"
            + " graphviz; Windows: winget install graphviz) or write an .html page, which needs no Graphviz";

    static final Graphviz SYSTEM = new Graphviz("dot", Duration.ofSeconds(60));

    /**
     * Draws.
     *
     * @param dot DOT text
     * @param format a format of Graphviz, such as {@code svg}
     * @return the file's bytes
     * @throws GraphvizException if there is no {@code dot}, or it failed, complained or was too slow
     */
    byte[] draw(String dot, String format) {
        if (dot.length() > LONGEST_TEXT) {
            throw new GraphvizException("the picture has " + dot.length() + " characters of DOT text, more than "
                    + LONGEST_TEXT + "; collapse clusters or draw a part of the graph");
        }
        Path folder = null;
        try {
            folder = Files.createTempDirectory("gradgraph");
            return draw(dot, format, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the picture could not be drawn: " + e.getMessage(), e);
        } finally {
            delete(folder);
        }
    }

    /** Files instead of pipes: nothing can block while the clock runs. */
    private byte[] draw(String dot, String format, Path folder) throws IOException {
        Path in = folder.resolve("in.gv");
        Path out = folder.resolve("out");
        Path complaints = folder.resolve("stderr");
        Files.writeString(in, dot);
        Process process = start(List.of(command, "-T" + format, "-o", out.toString(), in.toString()), complaints);
        try {
            if (!process.waitFor(timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new GraphvizException("dot did not finish within " + timeLimit.toSeconds()
                        + " s; collapse clusters, draw a part of the graph, or write an .html page");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GraphvizException("drawing was interrupted", interrupted);
        } finally {
            process.destroyForcibly();
        }
        String complaint = new String(Files.readAllBytes(complaints), StandardCharsets.UTF_8).strip();
        if (process.exitValue() != 0 || !complaint.isEmpty() || !Files.exists(out)) {
            throw new GraphvizException("dot ended with " + process.exitValue() + " and said: "
                    + complaint.substring(0, Math.min(LONGEST_COMPLAINT, complaint.length())));
        }
        return Files.readAllBytes(out);
    }

    private Process start(List<String> line, Path complaints) {
        try {
            return new ProcessBuilder(line)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(complaints.toFile())
                    .start();
        } catch (IOException missing) {
            throw new GraphvizException("Graphviz's " + command + " was not found; " + INSTALL, missing);
        }
    }

    private static void delete(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        for (String name : List.of("in.gv", "out", "stderr", "")) {
            try {
                Files.deleteIfExists(folder.resolve(name));
            } catch (IOException left) {
                // The system empties its temporary folder.
            }
        }
    }
}
