package org.gradgraph.optim.problem;

/**
 * Checks of numbers that a user chooses.
 *
 * <pre>{@code
 * Arguments.positive("Schedule.constant: the rate", rate);
 * }</pre>
 */
public final class Arguments {
    private Arguments() {}

    public static void positive(String what, double value) {
        require(value > 0 && Double.isFinite(value), what, value, "a positive number");
    }

    public static void notNegative(String what, double value) {
        require(value >= 0 && Double.isFinite(value), what, value, "0 or a positive number");
    }

    public static void fraction(String what, double value) {
        require(value >= 0 && value < 1, what, value, "at least 0 and below 1");
    }

    public static void atLeastOne(String what, long value) {
        require(value >= 1, what, value, "at least 1");
    }

    private static void require(boolean holds, String what, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be " + expected);
        }
    }
}
