package org.gradgraph.check;

/**
 * How a check is done.
 *
 * @param order 1 for the gradient, 2 for the Hessian-vector product as well
 * @param seed of all random directions and weights
 * @param everyEntryUpTo the largest number of entries for which each one is moved by itself
 * @param directions how many random directions larger matrices are moved along
 * @param relative a tolerance relative to the derivative, or NaN for the derived one
 * @param absolute a tolerance, or NaN for the derived one
 */
record Settings(int order, long seed, int everyEntryUpTo, int directions, double relative, double absolute) {
    static final Settings DEFAULT = new Settings(1, 1, 256, 4, Double.NaN, Double.NaN);

    Settings withOrder(int newOrder) {
        if (newOrder != 1 && newOrder != 2) {
            throw new IllegalArgumentException(
                    "a gradient check of order " + newOrder + " is not possible; give 1 (gradient) or 2 (and Hessian)");
        }
        return new Settings(newOrder, seed, everyEntryUpTo, directions, relative, absolute);
    }

    /** For single operations: order 1, and no tolerance in words. */
    Settings withDerivedTolerance() {
        return new Settings(1, seed, everyEntryUpTo, directions, Double.NaN, Double.NaN);
    }

    boolean hasDerivedTolerance() {
        return Double.isNaN(relative) && Double.isNaN(absolute);
    }

    Settings withSeed(long newSeed) {
        return new Settings(order, newSeed, everyEntryUpTo, directions, relative, absolute);
    }

    Settings withEveryEntryUpTo(int entries) {
        requireAtLeast(0, entries, "the number of entries that are checked one by one");
        return new Settings(order, seed, entries, directions, relative, absolute);
    }

    Settings withDirections(int number) {
        requireAtLeast(1, number, "the number of random directions");
        return new Settings(order, seed, everyEntryUpTo, number, relative, absolute);
    }

    Settings withRelative(double tolerance) {
        requireTolerance(tolerance);
        return new Settings(order, seed, everyEntryUpTo, directions, tolerance, absolute);
    }

    Settings withAbsolute(double tolerance) {
        requireTolerance(tolerance);
        return new Settings(order, seed, everyEntryUpTo, directions, relative, tolerance);
    }

    private static void requireAtLeast(int least, int number, String what) {
        if (number < least) {
            throw new IllegalArgumentException(what + " is " + number + "; give at least " + least);
        }
    }

    private static void requireTolerance(double tolerance) {
        if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException(
                    "a tolerance of " + tolerance + " is refused; give a number from 0 upwards");
        }
    }

    /** How far the derivative may be from the slope: what the user said, else the error of the differences. */
    double tolerance(Slope slope, double analytic) {
        if (hasDerivedTolerance()) {
            return slope.error();
        }
        double size = Math.max(Math.abs(analytic), Math.abs(slope.value()));
        return (Double.isNaN(absolute) ? 0 : absolute) + (Double.isNaN(relative) ? 0 : relative * size);
    }
}
