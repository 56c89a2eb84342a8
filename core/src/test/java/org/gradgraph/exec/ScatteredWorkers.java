package org.gradgraph.exec;

import java.util.Random;
import org.gradgraph.exec.thread.WorkerPool;

/**
 * WorkerPool that share everything, in a random order and with random numbers, on one thread.
 *
 * <p>So a test of the bits depends neither on how many processors there are nor on which thread is quick.
 */
public final class ScatteredWorkers implements WorkerPool {
    private final int count;
    private final Random random;

    private ScatteredWorkers(int count, long seed) {
        this.count = count;
        this.random = new Random(seed);
    }

    /** The usual execution, with steps scattered over so many workers. */
    public static Execution scattered(Execution execution, int count) {
        return execution.withWorkers(() -> new ScatteredWorkers(count, 31L * count));
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean areWorth(long work) {
        return true;
    }

    @Override
    public void share(Work work, int units) {
        int[] order = new int[units];
        for (int i = 0; i < units; i++) {
            int place = random.nextInt(i + 1);
            order[i] = order[place];
            order[place] = i;
        }
        for (int unit : order) {
            work.unit(unit, random.nextInt(count));
        }
    }
}
