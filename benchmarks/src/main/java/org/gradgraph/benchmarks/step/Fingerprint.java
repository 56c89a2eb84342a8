package org.gradgraph.benchmarks.step;

import java.util.ArrayList;
import java.util.List;

/**
 * What some steps of a contestant led to, in four numbers, to see that all contestants compute the same.
 *
 * @param cost what the last step returned
 * @param sum the sum of all results
 * @param weighted the sum of all results, each times a number that depends on its place
 * @param size the sum of the absolute values
 */
public record Fingerprint(double cost, double sum, double weighted, double size) {
    /** After so many steps. */
    public static final int STEPS = 3;

    private static final double TOLERANCE = 1e-9;
    private static final int STREAM = 99;

    /** Makes the first steps of a new contestant. */
    public static Fingerprint of(Contestant contestant) {
        double cost = 0;
        for (int i = 0; i < STEPS; i++) {
            cost = contestant.step();
        }
        double sum = 0;
        double weighted = 0;
        double size = 0;
        long place = 0;
        for (double[] part : contestant.results()) {
            for (double value : part) {
                sum += value;
                weighted += value * Numbers.at(STREAM, place++);
                size += Math.abs(value);
            }
        }
        return new Fingerprint(cost, sum, weighted, size);
    }

    /** Reads what {@link #text()} wrote. */
    public static Fingerprint parse(String text) {
        List<Double> numbers = new ArrayList<>();
        for (String number : text.strip().split("[ ,]+", -1)) {
            numbers.add(Double.valueOf(number));
        }
        return new Fingerprint(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    /** All digits, separated by commas. */
    public String text() {
        return cost + "," + sum + "," + weighted + "," + size;
    }

    /**
     * Refuses another result: 10⁻⁹ of the cost, and of all results together, is allowed for rounding.
     *
     * @param expected what another contestant found
     * @throws IllegalStateException if they differ
     */
    public void requireLike(Fingerprint expected) {
        boolean same = near(cost, expected.cost, Math.abs(expected.cost))
                && near(sum, expected.sum, expected.size)
                && near(weighted, expected.weighted, expected.size)
                && near(size, expected.size, expected.size);
        if (!same) {
            throw new IllegalStateException("the contestant computes " + this + " instead of " + expected);
        }
    }

    private static boolean near(double found, double expected, double size) {
        return Math.abs(found - expected) <= TOLERANCE * size;
    }
}
