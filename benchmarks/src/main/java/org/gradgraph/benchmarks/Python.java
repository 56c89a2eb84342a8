package org.gradgraph.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradgraph.benchmarks.step.Fingerprint;
import org.gradgraph.benchmarks.step.Workload;

/** Peers in Python; the time is taken there. */
final class Python {
    /**
     * What a peer said.
     *
     * @param nanoseconds the time of a step
     * @param peakBytes the most memory it had
     * @param about versions
     */
    record Answer(double nanoseconds, long peakBytes, String about) {}

    private final String binary;
    private final Path script;

    private Python(String binary, Path script) {
        this.binary = binary;
        this.script = script;
    }

    /** The first Python with PyTorch, if there is one. */
    static Optional<Python> find() {
        for (String binary : List.of("python3", "/usr/bin/python3")) {
            if (imports(binary, "torch, numpy")) {
                return Optional.of(new Python(binary, copyOfScript()));
            }
        }
        return Optional.empty();
    }

    private static boolean imports(String binary, String modules) {
        try {
            Process process = new ProcessBuilder(binary, "-c", "import " + modules)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Path copyOfScript() {
        try (InputStream in = Python.class.getResourceAsStream("peer.py")) {
            if (in == null) {
                throw new IllegalStateException("peer.py is not among the classes");
            }
            Path copy = Files.createTempFile("peer", ".py");
            copy.toFile().deleteOnExit();
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** One turn in a fresh process. */
    Answer turn(Setting setting, Workload workload, Fingerprint expected, Effort effort) {
        String threads = Integer.toString(setting.threads());
        List<String> command = List.of(
                binary,
                script.toString(),
                setting.program(),
                workload.name(),
                threads,
                Double.toString(effort.warmupSeconds()),
                Integer.toString(effort.iterations()),
                Double.toString(effort.iterationSeconds()));
        Map<String, String> environment = Map.of("OPENBLAS_NUM_THREADS", threads, "OMP_NUM_THREADS", threads);
        Map<String, String> fields = Subprocess.fields(Subprocess.output(command, environment, null));
        Fingerprint.parse(field(fields, "fingerprint")).requireLike(expected);
        return new Answer(
                1e9 * Double.parseDouble(field(fields, "seconds")),
                Long.parseLong(field(fields, "peak")),
                field(fields, "about"));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("peer.py did not print " + name);
        }
        return value;
    }
}
