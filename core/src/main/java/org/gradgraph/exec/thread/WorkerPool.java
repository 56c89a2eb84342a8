package org.gradgraph.exec.thread;

/**
 * The threads that share the units of one step.
 *
 * <pre>{@code
 * pool.share((unit, worker) -> rows(unit, scratch[worker]), units);
 * }</pre>
 */
public interface WorkerPool {
    /** The thread that runs the program, alone. */
    WorkerPool ALONE = new WorkerPool() {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public boolean areWorth(long work) {
            return false;
        }

        @Override
        public void share(Work work, int units) {
            for (int unit = 0; unit < units; unit++) {
                work.unit(unit, 0);
            }
        }
    };

    /** Work in units that may run in any order and at the same time. */
    interface Work {
        /** Runs one unit; no two units run at the same time with the same worker. */
        void unit(int unit, int worker);
    }

    /** How many there are at most; workers are numbered from 0. */
    int count();

    /**
     * Whether there is more than one, and enough to do for them; the same answer for the same work.
     *
     * @param work sums or products of two numbers, as they are computed by a loop over arrays
     */
    boolean areWorth(long work);

    /** Runs all units and returns when all are done; an exception of one of them reaches the caller. */
    void share(Work work, int units);
}
