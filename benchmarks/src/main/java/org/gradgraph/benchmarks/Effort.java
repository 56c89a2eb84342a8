package org.gradgraph.benchmarks;

/**
 * How long is measured.
 *
 * @param rounds how often all contestants take their turn
 * @param warmupSeconds before each measurement
 * @param iterations of one turn; their median is its result
 * @param iterationSeconds the length of each
 */
record Effort(int rounds, double warmupSeconds, int iterations, double iterationSeconds) {
    static final Effort FULL = new Effort(5, 3, 5, 0.2);
    static final Effort QUICK = new Effort(1, 1, 3, 0.1);

    Effort withRounds(int count) {
        return new Effort(count, warmupSeconds, iterations, iterationSeconds);
    }

    String describe() {
        return (rounds == 1 ? "one round of " : "medians of " + rounds + " interleaved rounds of ") + iterations
                + " iterations of " + iterationSeconds + " s after " + warmupSeconds + " s to warm up";
    }
}
