package org.gradgraph.exec;

import java.util.LinkedHashMap;
import java.util.Map;

/** Every way to run a program with the kernels at hand: fused or not, and shared by 1 to 4 workers. */
public final class Executions {
    private Executions() {}

    /**
     * The ways, by name.
     *
     * <p>Buffers that are given up are filled with NaN in all of them but the first, so that a kernel that leaves out an
     * element, and a value that is read too late, are visible.
     */
    public static Map<String, Execution> all() {
        Map<String, Execution> ways = new LinkedHashMap<>();
        Execution standard = Execution.standard();
        ways.put("as usual", standard);
        for (int workers = 1; workers <= 4; workers++) {
            Execution shared = ScatteredWorkers.scattered(standard.withPoison(), workers);
            ways.put("fused, workers: " + workers, shared);
            ways.put("not fused, workers: " + workers, shared.withoutFusion());
        }
        return ways;
    }
}
