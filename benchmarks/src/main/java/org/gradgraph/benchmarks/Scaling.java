package org.gradgraph.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long graphs of several sizes take until their first gradient. */
final class Scaling {
    /** Larger graphs are built once only. */
    private static final int LARGE = 100_000;

    private Scaling() {}

    /** A row for each number of nodes. */
    static String table(String[] sizes, int forks) {
        Map<String, Double> build = milliseconds(BuildBenchmark.Phase.BUILD, sizes, forks);
        Map<String, Double> differentiate = milliseconds(BuildBenchmark.Phase.DIFFERENTIATE, sizes, forks);
        Map<String, Double> compile = milliseconds(BuildBenchmark.Phase.COMPILE, sizes, forks);
        MarkdownTable table = new MarkdownTable(
                List.of("nodes of the cost", "build", "differentiate", "compile and first pass", "gradient + compile"));
        for (String size : sizes) {
            double gradient = differentiate.getOrDefault(size, Double.NaN);
            double rest = compile.getOrDefault(size, Double.NaN);
            table.row(List.of(
                    String.format(Locale.ROOT, "%,d", Integer.valueOf(size)),
                    Figures.digits(build.getOrDefault(size, Double.NaN)) + " ms",
                    Figures.digits(gradient) + " ms",
                    Figures.digits(rest) + " ms",
                    Figures.digits(gradient + rest) + " ms"));
        }
        return table.toString();
    }

    private static Map<String, Double> milliseconds(BuildBenchmark.Phase phase, String[] sizes, int forks) {
        Map<String, Double> all = new HashMap<>();
        for (String size : sizes) {
            System.err.println("graphs: " + phase + " of " + size);
            all.putAll(milliseconds(phase, size, Integer.parseInt(size) > LARGE ? 1 : forks));
        }
        return all;
    }

    private static Map<String, Double> milliseconds(BuildBenchmark.Phase phase, String size, int forks) {
        return Turn.medians(
                Turn.silent(BuildBenchmark.class.getName() + ".time")
                        .param("phase", phase.name())
                        .param("nodes", size)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .timeout(TimeValue.minutes(10))
                        .forks(forks),
                "nodes");
    }
}
