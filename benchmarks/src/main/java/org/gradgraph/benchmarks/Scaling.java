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

    /** So many times a smaller graph is built before it is timed again. */
    private static final int WARMUPS = 8;

    /** Milliseconds for gradient and compilation in a new virtual machine, by the number of nodes. */
    private static final Map<String, Double> GOALS =
            Map.of("1000", 100.0, "10000", 300.0, "100000", 1000.0, "1000000", 10_000.0);

    private final String[] sizes;
    private final int forks;

    Scaling(String[] sizes, int forks) {
        this.sizes = sizes;
        this.forks = forks;
    }

    /** A row for each number of nodes. */
    String table() {
        Map<String, Double> build = milliseconds(BuildBenchmark.Phase.BUILD, 0);
        Map<String, Double> differentiate = milliseconds(BuildBenchmark.Phase.DIFFERENTIATE, 0);
        Map<String, Double> compile = milliseconds(BuildBenchmark.Phase.COMPILE, 0);
        Map<String, Double> differentiateAgain = milliseconds(BuildBenchmark.Phase.DIFFERENTIATE, WARMUPS);
        Map<String, Double> compileAgain = milliseconds(BuildBenchmark.Phase.COMPILE, WARMUPS);
        MarkdownTable table = new MarkdownTable(List.of(
                "nodes of the cost",
                "build",
                "differentiate",
                "compile and first pass",
                "gradient + compile",
                "the same, warm",
                "goal"));
        for (String size : sizes) {
            double gradient = differentiate.getOrDefault(size, Double.NaN);
            double rest = compile.getOrDefault(size, Double.NaN);
            double warm =
                    differentiateAgain.getOrDefault(size, Double.NaN) + compileAgain.getOrDefault(size, Double.NaN);
            double goal = GOALS.getOrDefault(size, Double.NaN);
            table.row(List.of(
                    String.format(Locale.ROOT, "%,d", Integer.valueOf(size)),
                    Figures.milliseconds(build.getOrDefault(size, Double.NaN)),
                    Figures.milliseconds(gradient),
                    Figures.milliseconds(rest),
                    judged(gradient + rest, goal),
                    judged(warm, goal),
                    Double.isNaN(goal) ? Figures.NONE : "≤ " + Figures.milliseconds(goal)));
        }
        return table.toString();
    }

    private static String judged(double milliseconds, double goal) {
        return Figures.milliseconds(milliseconds) + (milliseconds > goal ? " ✗" : "");
    }

    private Map<String, Double> milliseconds(BuildBenchmark.Phase phase, int warmups) {
        Map<String, Double> all = new HashMap<>();
        for (String size : sizes) {
            boolean isLarge = Integer.parseInt(size) > LARGE;
            if (!isLarge || warmups == 0) {
                System.err.println("graphs: " + phase + " of " + size + (warmups == 0 ? "" : ", warm"));
                all.putAll(milliseconds(phase, size, warmups, isLarge ? 1 : forks));
            }
        }
        return all;
    }

    private static Map<String, Double> milliseconds(BuildBenchmark.Phase phase, String size, int warmups, int forks) {
        return Turn.medians(
                Turn.silent(BuildBenchmark.class.getName() + ".time")
                        .param("phase", phase.name())
                        .param("nodes", size)
                        .warmupIterations(warmups)
                        .measurementIterations(warmups == 0 ? 1 : 3)
                        .timeout(TimeValue.minutes(10))
                        .forks(forks),
                "nodes");
    }
}
