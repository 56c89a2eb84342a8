package org.gradgraph.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Where and when: what a reader must know of the machine, and nothing that tells which one it is. */
final class Machine {
    private Machine() {}

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    static String describe() {
        List<String> cpu = lines("/proc/cpuinfo");
        String vectors = field(cpu, "flags").contains("avx512f") ? "with AVX-512" : "without AVX-512";
        return String.format(
                Locale.ROOT,
                "%s (family %s, model %s, %s), %d cores, %d GB; %s %s; JDK %s (%s); %s",
                field(cpu, "model name"),
                field(cpu, "cpu family"),
                field(cpu, "model"),
                vectors,
                processors(),
                Math.round(gigabytes()),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                LocalDate.now(ZoneId.systemDefault()));
    }

    private static double gigabytes() {
        String total = field(lines("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", "");
        return total.isEmpty() ? Double.NaN : Double.parseDouble(total) / 1e6;
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.split("\\s*:", 2)[0].equals(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException missing) {
            return List.of();
        }
    }
}
