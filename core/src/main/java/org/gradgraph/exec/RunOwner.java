package org.gradgraph.exec;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The thread that a run belongs to: the first that uses it, until it gives the run up or ends.
 *
 * <p>Calls that overlap are not the only danger. Two threads that take turns feed and read each other's values, so a
 * second thread is refused even if no call overlaps.
 */
final class RunOwner {
    private final AtomicReference<@Nullable Thread> owner = new AtomicReference<>();

    /**
     * Takes the run for the current thread.
     *
     * @throws IllegalStateException if it belongs to another one, naming both
     */
    void require() {
        Thread current = Thread.currentThread();
        Thread known = owner.get();
        if (known != current) {
            claim(current, known);
        }
    }

    private void claim(Thread current, @Nullable Thread known) {
        boolean isFree = known == null || !known.isAlive();
        if (!isFree || !owner.compareAndSet(known, current)) {
            Thread other = isFree ? owner.get() : known;
            throw new IllegalStateException("a run belongs to one thread; this one belongs to \""
                    + (other == null ? "another" : other.getName()) + "\" and was used by \"" + current.getName()
                    + "\"; take a run for each thread by newRun(), or call release() in the first before the second"
                    + " uses it");
        }
    }

    /** Gives the run up. */
    void release() {
        require();
        owner.set(null);
    }
}
