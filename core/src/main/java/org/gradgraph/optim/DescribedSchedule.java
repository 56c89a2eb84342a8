package org.gradgraph.optim;

/**
 * A schedule that says what it is.
 *
 * @param text for people
 * @param rule the rate of each step
 */
record DescribedSchedule(String text, Schedule rule) implements Schedule {
    static String steps(long number) {
        return number == 1 ? "1 step" : number + " steps";
    }

    @Override
    public double rate(long step) {
        return rule.rate(step);
    }

    @Override
    public String toString() {
        return text;
    }
}
