package org.gradgraph.exec.thread;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a run, and helpers that it asks for.
 *
 * <p>Units are handed out one by one, to whoever is free. The run's own thread takes them too, and waits only for units
 * that a helper has begun: so helpers that are busy, or never come, cost time but do not block. A helper that finds
 * nothing to do for a while, or is missed by another run, leaves and is asked again. Nothing is allocated.
 *
 * <pre>{@code
 * WorkerPool pool = new ThreadedWorkerPool(new HelperThreads(1), 2, 200_000);
 * }</pre>
 */
public final class ThreadedWorkerPool implements WorkerPool {
    /**
     * Nanoseconds without work after which a helper leaves.
     *
     * <p>Longer than the time between two steps, and between the passes of a training: to wake a thread up takes as long
     * as some products.
     */
    private static final long PATIENCE = 1_000_000;

    /** How many times a waiting thread polls before it yields, and a helper before it reads the clock. */
    private static final int LOOKS = 64;

    private static final Work NOTHING = (unit, worker) -> {};
    private static final long LEFT = 0xFFFFFFFFL;

    /** Those who may be asked for help. */
    public interface Helpers {
        /** Has the task run by another thread, if one is free. */
        boolean offer(Runnable task);

        /** Whether a task was refused meanwhile, so that those who wait for work of one run should leave it. */
        default boolean areMissedElsewhere() {
            return false;
        }
    }

    private final Helpers helpers;
    private final long leastWork;
    private final Runnable[] tasks;
    private final AtomicBoolean[] asked;

    /** The number of the round in the upper half, how many units are left to be taken in the lower half. */
    private final AtomicLong state = new AtomicLong();

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** Who asks for help. */
    private volatile @Nullable Thread caller;

    /** Written before {@code state}, and used only by who then takes a unit from the same state. */
    private Work work = NOTHING;

    /**
     * A team for one run.
     *
     * @param count how many they are, the thread of the run included
     * @param leastWork the minimum work per step, see {@link #areWorth}
     */
    public ThreadedWorkerPool(Helpers helpers, int count, long leastWork) {
        this.helpers = helpers;
        this.leastWork = leastWork;
        this.tasks = new Runnable[count - 1];
        this.asked = new AtomicBoolean[count - 1];
        for (int i = 0; i < tasks.length; i++) {
            int worker = i + 1;
            asked[i] = new AtomicBoolean();
            tasks[i] = () -> help(worker);
        }
    }

    @Override
    public int count() {
        return tasks.length + 1;
    }

    @Override
    public boolean areWorth(long work) {
        return tasks.length > 0 && work >= leastWork;
    }

    @Override
    public void share(Work some, int count) {
        work = some;
        caller = Thread.currentThread();
        open.set(count);
        state.set((state.get() & ~LEFT) + LEFT + 1 + count);
        ask(Math.min(tasks.length, count - 1));
        while (takesOne(0)) {
            // until all are handed out
        }
        for (int look = 1; open.get() > 0; look++) {
            if (look % LOOKS == 0) {
                letOthersRun();
            } else {
                Thread.onSpinWait();
            }
        }
        rethrow(failure.getAndSet(null));
    }

    private void ask(int count) {
        for (int i = 0; i < count; i++) {
            if (asked[i].compareAndSet(false, true) && !isTaken(tasks[i])) {
                asked[i].set(false);
            }
        }
    }

    /** An exception here is rethrown when all units have ended, as if one of them had thrown it. */
    private boolean isTaken(Runnable task) {
        try {
            return helpers.offer(task);
        } catch (RuntimeException | Error thrown) {
            failure.compareAndSet(null, thrown);
            return false;
        }
    }

    /** An executor may run a task at once, in the thread that asks: that one does the units anyway. */
    private void help(int worker) {
        try {
            long since = System.nanoTime();
            while (Thread.currentThread() != caller
                    && System.nanoTime() - since < PATIENCE
                    && !helpers.areMissedElsewhere()) {
                for (int look = 0; look < LOOKS; look++) {
                    if (takesOne(worker)) {
                        since = System.nanoTime();
                    } else {
                        Thread.onSpinWait();
                    }
                }
                letOthersRun();
            }
        } finally {
            asked[worker - 1].set(false);
        }
    }

    /** Where there are more threads than processors, the one that is waited for might be waiting for this one. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void letOthersRun() {
        Thread.yield();
    }

    private boolean takesOne(int worker) {
        long seen = state.get();
        int left = (int) (seen & LEFT);
        if (left == 0) {
            return false;
        }
        Work some = work;
        if (state.compareAndSet(seen, seen - 1)) {
            try {
                some.unit(left - 1, worker);
            } catch (Throwable thrown) {
                failure.compareAndSet(null, thrown);
            } finally {
                open.decrementAndGet();
            }
        }
        return true;
    }

    private static void rethrow(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
