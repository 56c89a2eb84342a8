package org.gradgraph.exec;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.plan.Plan;
import org.gradgraph.exec.thread.HelperThreads;
import org.gradgraph.exec.thread.ThreadedWorkerPool;
import org.gradgraph.exec.thread.WorkerPool;
import org.gradgraph.graph.Require;
import org.jspecify.annotations.Nullable;

/**
 * How a run computes: with which kernels, on how many threads, and whether operations are fused.
 *
 * <p>Nothing here changes what is computed. The bits of a result depend on the graph and the feed; kernels, fusion and
 * threads do not change them.
 *
 * <pre>{@code
 * Run run = program.newRun(Execution.standard().withThreads(1));
 * }</pre>
 *
 * <p>Immutable.
 */
@CheckReturnValue
public final class Execution {
    private static final Kernels PORTABLE = new Kernels();
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** Minimum work per step, in additions; below this, synchronisation costs more than it saves. */
    private static final long WORTH_SHARING = 200_000;

    private static final Execution STANDARD = new Execution(best(), new OwnCrew(), PROCESSORS, null, true, false);

    /** Threads of our own, started when a step is shared for the first time; one less than there are processors. */
    private static final class OwnCrew implements ThreadedWorkerPool.Helpers {
        private static final class Holder {
            static final HelperThreads CREW = new HelperThreads(Math.max(0, PROCESSORS - 1));
        }

        @Override
        public boolean offer(Runnable task) {
            return Holder.CREW.offer(task);
        }

        @Override
        public boolean areMissedElsewhere() {
            return Holder.CREW.areMissedElsewhere();
        }
    }

    private final Kernels kernels;
    private final ThreadedWorkerPool.Helpers helpers;
    private final int threads;
    private final @Nullable Supplier<WorkerPool> given;
    private final boolean fuses;
    private final boolean poisons;

    private Execution(
            Kernels kernels,
            ThreadedWorkerPool.Helpers helpers,
            int threads,
            @Nullable Supplier<WorkerPool> given,
            boolean fuses,
            boolean poisons) {
        this.kernels = kernels;
        this.helpers = helpers;
        this.threads = threads;
        this.given = given;
        this.fuses = fuses;
        this.poisons = poisons;
    }

    private static Kernels best() {
        return best(ServiceLoader.load(Kernels.class, Kernels.class.getClassLoader()));
    }

    /** The first that can be used; those that cannot be made are as if they were not there. */
    static Kernels best(Iterable<Kernels> found) {
        try {
            for (Kernels kernels : found) {
                if (kernels.isAvailable()) {
                    return kernels;
                }
            }
        } catch (ServiceConfigurationError | LinkageError unusable) {
            // the portable kernels do the same work
        }
        return PORTABLE;
    }

    /** {@return the default: the fastest kernels available, fused} */
    public static Execution standard() {
        return STANDARD;
    }

    /** {@return the same, but every operation is a step of its own; for tests and for looking closely} */
    public Execution withoutFusion() {
        return new Execution(kernels, helpers, threads, given, false, poisons);
    }

    /**
     * {@return the same with plain Java loops only; for tests, and for programs that end before vector code is
     * compiled}
     */
    public Execution withPortableKernels() {
        return new Execution(PORTABLE, helpers, threads, given, fuses, poisons);
    }

    /** The same, but a buffer that is given up is filled with NaN, to make a wrong reuse visible. */
    Execution withPoison() {
        return new Execution(kernels, helpers, threads, given, fuses, true);
    }

    /** The same, but other workers share the steps, to test that no bit depends on who does what. */
    Execution withWorkers(Supplier<WorkerPool> workers) {
        return new Execution(kernels, helpers, threads, workers, fuses, poisons);
    }

    /**
     * {@return the same on at most so many threads, the calling one included; by default as many as there are
     * processors}
     *
     * <p>More than there are processors is the same as so many. Small steps run on the calling thread alone in any case.
     * After a step that was shared, helpers look for the next one for about a millisecond before they sleep, so a training
     * keeps its processors busy.
     *
     * @param count at least 1
     * @throws IllegalArgumentException if {@code count} is below 1
     */
    public Execution withThreads(int count) {
        requireOne(count);
        return new Execution(kernels, helpers, Math.min(count, PROCESSORS), given, fuses, poisons);
    }

    /**
     * {@return the same with threads of an executor instead of the library's own}
     *
     * @param executor where helpers run; if it is busy or refuses them, the calling thread does their work, and anything
     *     else that it throws is rethrown by the pass when all its work is done
     * @param count at most so many threads, the calling one included
     * @throws IllegalArgumentException if {@code count} is below 1
     */
    public Execution withExecutor(Executor executor, int count) {
        Require.given(executor, "withExecutor: the executor");
        ThreadedWorkerPool.Helpers those = task -> {
            try {
                executor.execute(task);
                return true;
            } catch (RejectedExecutionException full) {
                return false;
            }
        };
        requireOne(count);
        return new Execution(kernels, those, count, given, fuses, poisons);
    }

    /** The same on the calling thread alone, as for the blocks that threads share. */
    Execution alone() {
        return new Execution(kernels, helpers, 1, null, fuses, poisons);
    }

    private static void requireOne(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(count + " threads: a run needs at least the one that calls it");
        }
    }

    Kernels kernels() {
        return kernels;
    }

    /** Those who share the steps of one run. */
    WorkerPool newWorkers() {
        if (given != null) {
            return given.get();
        }
        return threads == 1 ? WorkerPool.ALONE : new ThreadedWorkerPool(helpers, threads, WORTH_SHARING);
    }

    /** How a plan computes. */
    Plan.Options options(WorkerPool workers, boolean inOnePass) {
        return new Plan.Options(kernels, workers, fuses, poisons, inOnePass);
    }

    /** For example {@code portable kernels, at most 2 threads, fusion on}. */
    @Override
    public String toString() {
        return kernels.name() + " kernels, at most " + threads + (threads == 1 ? " thread" : " threads") + ", fusion "
                + (fuses ? "on" : "off");
    }
}
