package org.gradgraph.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Another program, from its start to its end. */
final class Subprocess {
    private Subprocess() {}

    /**
     * Runs it and returns what it printed; its errors are shown.
     *
     * @param folder where it runs, or null for here
     * @throws IllegalStateException if it fails
     */
    static String output(List<String> command, Map<String, String> environment, @Nullable Path folder) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String text;
            try (InputStream in = process.getInputStream()) {
                text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed with code " + code);
            }
            return text;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while another program was running", stopped);
        }
    }

    /** Lines of a word and what follows it. */
    static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        text.lines().filter(line -> line.indexOf(' ') > 0).forEach(line -> {
            int space = line.indexOf(' ');
            fields.put(line.substring(0, space), line.substring(space + 1));
        });
        return fields;
    }

    /** The command that starts a class of ours, or of the examples, in a virtual machine like this one. */
    static List<String> java(List<String> flags, String... rest) {
        String binary = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(binary));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(rest));
        return command;
    }
}
