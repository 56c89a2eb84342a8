package org.gradgraph.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.benchmarks.step.Workload;

/**
 * A contestant with its kernels and its number of threads: one column of the tables.
 *
 * @param title what the tables call it
 * @param role what it is compared as
 * @param program the name of a {@link Library}, or what Python imports
 * @param threads at most so many
 * @param flags for the virtual machine
 */
record Setting(String title, Role role, String program, int threads, List<String> flags) {
    /** What ratios a column takes part in. */
    enum Role {
        /** gradgraph with its vector kernels. */
        VECTOR,
        /** gradgraph as it is without any flag. */
        DEFAULT,
        /** Loops by hand. */
        HAND,
        /** One of those whose best is the measure. */
        PYTORCH,
        /** Another library. */
        OTHER,
        /** The product alone, through NumPy. */
        BLAS
    }

    static final List<String> INCUBATOR = List.of("--add-modules", "jdk.incubator.vector");

    private static final List<String> QUIET =
            List.of("-Dslf4j.internal.verbosity=ERROR", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

    /** All of them. */
    static List<Setting> all(int processors) {
        List<Setting> all = new ArrayList<>();
        for (int threads : threadCounts(processors)) {
            String text = threads == 1 ? ", 1 thread" : ", " + threads + " threads";
            all.add(new Setting("gradgraph, vector" + text, Role.VECTOR, Library.GRADGRAPH.name(), threads, INCUBATOR));
            all.add(new Setting(
                    "gradgraph, default" + text, Role.DEFAULT, Library.GRADGRAPH.name(), threads, List.of()));
            all.add(new Setting("PyTorch by DJL" + text, Role.PYTORCH, Library.DJL.name(), threads, djl(threads)));
            all.add(new Setting("PyTorch in Python" + text, Role.PYTORCH, "torch", threads, List.of()));
            all.add(new Setting("ND4J SameDiff" + text, Role.OTHER, Library.ND4J.name(), threads, QUIET));
        }
        all.add(new Setting("by hand, EJML, 1 thread", Role.HAND, Library.PLAIN.name(), 1, List.of()));
        all.add(new Setting("OpenBLAS by NumPy, 1 thread", Role.BLAS, "numpy", 1, List.of()));
        return all;
    }

    private static List<Integer> threadCounts(int processors) {
        return processors == 1 ? List.of(1) : List.of(1, processors);
    }

    private static List<String> djl(int threads) {
        return List.of(
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=" + threads,
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-Dslf4j.internal.verbosity=ERROR");
    }

    boolean isPython() {
        return role == Role.BLAS || program.equals("torch");
    }

    boolean does(Workload workload) {
        return role != Role.BLAS || workload.isProduct();
    }
}
