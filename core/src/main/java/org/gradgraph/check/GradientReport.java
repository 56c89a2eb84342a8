package org.gradgraph.check;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a {@link GradientCheck} compared, worst entries first.
 *
 * <pre>{@code
 * GradientReport report = GradientCheck.of(cost).at(feeds).report();
 * System.out.println(report);            // gradient check passed: 31 entries, largest difference 3.1e-11
 * }</pre>
 *
 * @param entries the entries, worst first
 */
public record GradientReport(List<Entry> entries) {
    private static final int SHOWN = 5;

    /**
     * One entry of a gradient.
     *
     * @param node the node differentiated by, as messages show it
     * @param row its row, counted from 0
     * @param column its column, counted from 0
     * @param analytic the derivative from the graph
     * @param numeric the derivative from differences
     * @param tolerance how far both may be apart, estimated from two step sizes
     */
    public record Entry(String node, int row, int column, double analytic, double numeric, double tolerance) {
        /** The distance between the analytic and the numeric value. */
        public double difference() {
            return Math.abs(analytic - numeric);
        }

        /** Whether both agree within the tolerance; a NaN never does. */
        public boolean passed() {
            return difference() <= tolerance;
        }

        private double badness() {
            double badness = difference() / tolerance;
            return Double.isNaN(badness) && !passed() ? Double.POSITIVE_INFINITY : badness;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s at (%d,%d): analytic %.10g, numeric %.10g ± %.1e",
                    node,
                    row,
                    column,
                    analytic,
                    numeric,
                    tolerance);
        }
    }

    /** Sorts the entries. */
    public GradientReport {
        entries = entries.stream()
                .sorted(Comparator.comparingDouble(Entry::badness).reversed())
                .toList();
    }

    /** Whether every entry agrees. */
    public boolean passed() {
        return entries.stream().allMatch(Entry::passed);
    }

    /** The largest distance between an analytic and a numeric value; NaN if one of them is NaN. */
    public double largestDifference() {
        return entries.stream().mapToDouble(Entry::difference).reduce(0, Math::max);
    }

    /** The verdict, and the worst entries if it is bad. */
    @Override
    public String toString() {
        if (passed()) {
            return String.format(
                    Locale.ROOT,
                    "gradient check passed: %d entries, largest difference %.1e",
                    entries.size(),
                    largestDifference());
        }
        List<Entry> wrong = entries.stream().filter(entry -> !entry.passed()).toList();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "gradient check failed: %d of %d entries are wrong", wrong.size(), entries.size()));
        wrong.stream().limit(SHOWN).forEach(entry -> text.append("\n  ").append(entry));
        return text.append(wrong.size() > SHOWN ? "\n  … and " + (wrong.size() - SHOWN) + " more" : "")
                .toString();
    }
}
