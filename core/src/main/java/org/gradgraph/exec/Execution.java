package org.gradgraph.exec;

import java.util.ServiceLoader;
import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.kernel.PortableKernels;

/**
 * How a run computes: with which kernels, and whether operations are fused.
 *
 * <p>Nothing here changes what is computed. The bits of a result depend on the graph, the feed and the kernels; fusion
 * does not change them.
 *
 * <pre>{@code
 * Run run = program.newRun(Execution.standard().withoutFusion());
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Execution {
    private static final Kernels PORTABLE = new PortableKernels();
    private static final Execution STANDARD = new Execution(best(), Workers.ALONE, true, false);

    private final Kernels kernels;
    private final Workers workers;
    private final boolean fuses;
    private final boolean poisons;

    private Execution(Kernels kernels, Workers workers, boolean fuses, boolean poisons) {
        this.kernels = kernels;
        this.workers = workers;
        this.fuses = fuses;
        this.poisons = poisons;
    }

    private static Kernels best() {
        for (Kernels kernels : ServiceLoader.load(Kernels.class, Kernels.class.getClassLoader())) {
            if (kernels.isAvailable()) {
                return kernels;
            }
        }
        return PORTABLE;
    }

    /** The usual way: the fastest kernels at hand, fused. */
    public static Execution standard() {
        return STANDARD;
    }

    /** The same, but every operation is a step of its own; for tests and for looking closely. */
    public Execution withoutFusion() {
        return new Execution(kernels, workers, false, poisons);
    }

    /** The same with plain Java loops only, which give the same bits on every machine of one virtual machine. */
    public Execution withPortableKernels() {
        return new Execution(PORTABLE, workers, fuses, poisons);
    }

    /** The same, but a buffer that is given up is filled with NaN, to make a wrong reuse visible. */
    Execution withPoison() {
        return new Execution(kernels, workers, fuses, true);
    }

    /** The same with other workers. */
    Execution with(Workers some) {
        return new Execution(kernels, some, fuses, poisons);
    }

    Kernels kernels() {
        return kernels;
    }

    Workers workers() {
        return workers;
    }

    boolean fuses() {
        return fuses;
    }

    boolean poisons() {
        return poisons;
    }
}
