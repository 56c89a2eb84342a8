package org.gradgraph.exec.thread;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The library's own threads, which wait for work to share; daemons, started when they are first needed.
 *
 * <pre>{@code
 * boolean isTaken = new HelperThreads(1).offer(task);
 * }</pre>
 */
public final class HelperThreads implements ThreadedWorkerPool.Helpers {
    private final Member[] members;
    private final AtomicBoolean isMissed = new AtomicBoolean();

    public HelperThreads(int size) {
        this.members = new Member[size];
        for (int i = 0; i < size; i++) {
            members[i] = new Member("gradgraph-" + (i + 1));
            members[i].start();
        }
    }

    @Override
    public boolean offer(Runnable task) {
        for (Member member : members) {
            if (member.takes(task)) {
                isMissed.set(false);
                return true;
            }
        }
        isMissed.set(true);
        return false;
    }

    @Override
    public boolean areMissedElsewhere() {
        return isMissed.get();
    }

    private static final class Member extends Thread {
        private final AtomicReference<@Nullable Runnable> task = new AtomicReference<>();

        Member(String name) {
            super(name);
            setDaemon(true);
        }

        boolean takes(Runnable some) {
            boolean free = task.compareAndSet(null, some);
            if (free) {
                LockSupport.unpark(this);
            }
            return free;
        }

        @Override
        public void run() {
            while (true) {
                Runnable some = task.get();
                if (some == null) {
                    LockSupport.park(this);
                } else {
                    some.run();
                    task.set(null);
                }
            }
        }
    }
}
