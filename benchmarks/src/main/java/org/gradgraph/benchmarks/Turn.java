package org.gradgraph.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gradgraph.benchmarks.step.Fingerprint;
import org.gradgraph.benchmarks.step.Workload;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One measurement of one contestant in a fresh virtual machine, by JMH. */
final class Turn {
    private Turn() {}

    /** The time of a step in nanoseconds. */
    static double nanoseconds(Setting setting, Workload workload, Fingerprint expected, Effort effort) {
        ChainedOptionsBuilder options = silent(StepBenchmark.class.getName() + ".step")
                .param("workload", workload.name())
                .param("library", setting.program())
                .param("threads", Integer.toString(setting.threads()))
                .param("expected", expected.text())
                .jvmArgs(setting.flags().toArray(String[]::new))
                .warmupIterations(4)
                .warmupTime(time(effort.warmupSeconds() / 4))
                .measurementIterations(effort.iterations())
                .measurementTime(time(effort.iterationSeconds()))
                .forks(1);
        return only(options).values().iterator().next();
    }

    /** The median scores of some benchmarks, by the values of a parameter. */
    static Map<String, Double> medians(ChainedOptionsBuilder options, String parameter) {
        return run(options).stream()
                .collect(Collectors.toMap(result -> result.getParams().getParam(parameter), Turn::median));
    }

    private static Map<String, Double> only(ChainedOptionsBuilder options) {
        return medians(options, "workload");
    }

    static ChainedOptionsBuilder silent(String benchmark) {
        return new OptionsBuilder()
                .include("^" + benchmark.replace(".", "\\.") + "$")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
    }

    private static List<RunResult> run(ChainedOptionsBuilder options) {
        try {
            // What virtual machines say goes there too, and not into the tables.
            OutputFormat quiet = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
            return List.copyOf(new Runner(options.build(), quiet).run());
        } catch (RunnerException failed) {
            throw new IllegalStateException("a benchmark failed: " + failed.getMessage(), failed);
        }
    }

    private static double median(RunResult result) {
        return Median.of(result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .toArray());
    }

    private static TimeValue time(double seconds) {
        return TimeValue.microseconds(Math.round(seconds * 1e6));
    }
}
