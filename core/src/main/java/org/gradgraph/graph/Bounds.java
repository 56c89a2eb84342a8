package org.gradgraph.graph;

/** Checks of the numbers that an operation is made with. */
final class Bounds {
    private Bounds() {}

    static void require(String operation, double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException(operation + ": no number lies between " + Labels.number(low) + " and "
                    + Labels.number(high) + "; give the lower bound first");
        }
    }

    static void requireRate(String operation, double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException(operation + ": " + Labels.number(rate)
                    + " is no rate; give a number from 0 to below 1, the share that becomes 0");
        }
    }
}
