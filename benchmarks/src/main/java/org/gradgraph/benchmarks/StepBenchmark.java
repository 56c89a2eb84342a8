package org.gradgraph.benchmarks;

import java.util.concurrent.TimeUnit;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Fingerprint;
import org.gradgraph.benchmarks.step.Workload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The time of a whole step; {@link Compare} says which kernels and how many threads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepBenchmark {
    /** Which step. */
    @Param
    public Workload workload = Workload.SCALAR;

    /** The name of a {@link Library}. */
    @Param("GRADGRAPH")
    public String library = "GRADGRAPH";

    /** At most so many threads. */
    @Param("1")
    public int threads;

    /** What the first steps must lead to, or nothing. */
    @Param("")
    public String expected = "";

    @SuppressWarnings("NullAway.Init") // by start(), which JMH calls first
    private Contestant contestant;

    /** Starts a contestant and refuses it if its first steps lead elsewhere. */
    @Setup
    public void start() {
        contestant = Library.valueOf(library).start(workload, threads);
        Fingerprint found = Fingerprint.of(contestant);
        if (!expected.isEmpty()) {
            found.requireLike(Fingerprint.parse(expected));
        }
    }

    /** Frees what the contestant holds. */
    @TearDown
    public void end() {
        contestant.close();
    }

    /** What is timed. */
    @Benchmark
    public double step() {
        return contestant.step();
    }
}
