package org.gradgraph.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The main example from the start of its virtual machine to its end, pictures and all. */
final class ColdStart {
    private static final String MAIN = "org.gradgraph.examples.Main";

    private ColdStart() {}

    /** The median of several starts, in seconds. */
    static double seconds(List<String> flags, int starts) {
        double[] seconds = new double[starts];
        for (int i = 0; i < starts; i++) {
            seconds[i] = once(flags);
        }
        return Median.of(seconds);
    }

    private static double once(List<String> flags) {
        try {
            Path folder = Files.createTempDirectory("cold-start");
            long begin = System.nanoTime();
            Subprocess.output(Subprocess.java(flags, MAIN, "--out", folder.toString()), Map.of(), folder);
            double seconds = (System.nanoTime() - begin) / 1e9;
            delete(folder);
            return seconds;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
