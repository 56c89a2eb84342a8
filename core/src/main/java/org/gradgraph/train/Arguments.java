package org.gradgraph.train;

/** Checks of numbers that a user chooses. */
final class Arguments {
    private Arguments() {}

    static void positive(String what, double value) {
        require(value > 0 && Double.isFinite(value), what, value, "a positive number");
    }

    static void notNegative(String what, double value) {
        require(value >= 0 && Double.isFinite(value), what, value, "0 or a positive number");
    }

    static void fraction(String what, double value) {
        require(value >= 0 && value < 1, what, value, "at least 0 and below 1");
    }

    static void atLeastOne(String what, long value) {
        require(value >= 1, what, value, "at least 1");
    }

    private static void require(boolean holds, String what, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be " + expected);
        }
    }
}
