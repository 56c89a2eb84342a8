package org.gradgraph.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gradgraph.benchmarks.step.Contestant;
import org.gradgraph.benchmarks.step.Workload;

/**
 * What a contestant allocates for a step, and the most memory its process had; run in a virtual machine of its own.
 *
 * <p>All threads are counted. Memory outside the heap is no allocation here, but a part of the process.
 */
final class Footprint {
    private static final long WARM_NANOSECONDS = 5_000_000_000L;
    private static final int BATCHES = 5;
    private static final int STEPS = 20;

    /**
     * The answer.
     *
     * @param bytesPerStep on the Java heap
     * @param peakBytes resident, of the whole process
     */
    record Answer(double bytesPerStep, long peakBytes) {}

    private Footprint() {}

    /** Asks a fresh virtual machine. */
    static Answer of(Setting setting, Workload workload) {
        String text = Subprocess.output(
                Subprocess.java(
                        setting.flags(),
                        Footprint.class.getName(),
                        setting.program(),
                        workload.name(),
                        Integer.toString(setting.threads())),
                Map.of(),
                null);
        Map<String, String> fields = Subprocess.fields(text);
        return new Answer(
                Double.parseDouble(fields.getOrDefault("bytes", "NaN")),
                Long.parseLong(fields.getOrDefault("peak", "0")));
    }

    /** Prints the answer for a library, a workload and a number of threads. */
    public static void main(String[] args) throws IOException {
        Workload workload = Workload.valueOf(args[1]);
        try (Contestant contestant = Library.valueOf(args[0]).start(workload, Integer.parseInt(args[2]))) {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < WARM_NANOSECONDS) {
                contestant.step();
            }
            System.out.println("bytes " + bytesPerStep(contestant));
        }
        System.out.println("peak " + peakBytes());
    }

    /** The least of several batches: what else runs in the machine allocates now and then. */
    private static double bytesPerStep(Contestant contestant) {
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long before = allocated();
            long between = allocated();
            for (int i = 0; i < STEPS; i++) {
                contestant.step();
            }
            long after = allocated();
            least = Math.min(least, Math.max(0, after - between - (between - before)));
        }
        return (double) least / STEPS;
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    private static long peakBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }
}
