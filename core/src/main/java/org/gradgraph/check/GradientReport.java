package org.gradgraph.check;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.gradgraph.graph.SourceLine;

/**
 * What a {@link GradientCheck} found: a value, printable as text and as Markdown, worst entries first.
 *
 * <pre>{@code
 * GradientReport report = GradientCheck.of(cost).at(feeds).report();
 * System.out.println(report);            // gradient check passed: 31 entries, largest difference 3.1e-11
 * }</pre>
 *
 * @param verdict the worst of all
 * @param cost the node that was differentiated, as messages show it
 * @param source the line that made it
 * @param entries the entries, worst first
 * @param blames the operations that are at fault, or at a kink, operands before what uses them
 * @param rightOperations how many operations were checked by themselves and found right
 * @param nonFinite the first value that is not finite, as text; empty if all are
 * @param notes what else to know, such as a parameter that the gradient does not reach
 * @param points how many points were checked
 * @param evaluations how often something was computed
 * @param time how long it took
 * @param seed what random directions were made from
 */
public record GradientReport(
        Verdict verdict,
        String cost,
        SourceLine source,
        List<Entry> entries,
        List<Blame> blames,
        int rightOperations,
        String nonFinite,
        List<String> notes,
        int points,
        long evaluations,
        Duration time,
        long seed) {

    /**
     * One entry of a gradient, or one direction in a large one.
     *
     * <pre>{@code
     * report.entries().get(0).difference();
     * }</pre>
     *
     * @param node the node differentiated by, as messages show it
     * @param point which point, counted from 0
     * @param order 1 for the gradient, 2 for the Hessian-vector product
     * @param row its row, counted from 0; −1 for a direction through many entries
     * @param column its column, counted from 0; −1 for a direction
     * @param analytic the derivative from the graph
     * @param numeric the derivative from differences
     * @param tolerance how far both may be apart
     * @param verdict what that means
     * @param left the slope to the left, at a kink
     * @param right the slope to the right, at a kink
     */
    public record Entry(
            String node,
            int point,
            int order,
            int row,
            int column,
            double analytic,
            double numeric,
            double tolerance,
            Verdict verdict,
            double left,
            double right) {
        /** The distance between the analytic and the numeric value. */
        public double difference() {
            return Math.abs(analytic - numeric);
        }

        /** Whether this is no failure. */
        public boolean passed() {
            return verdict.passes();
        }

        /** The node and the place in it. */
        public String where() {
            String place = row < 0 ? " along a random direction" : " at (" + row + "," + column + ")";
            return node + place + (point > 0 ? " at point " + point : "");
        }

        private double badness() {
            double badness = difference() / tolerance;
            return Double.isNaN(badness) ? (passed() ? 0 : Double.MAX_VALUE) : badness;
        }

        @Override
        public String toString() {
            return where() + ": analytic " + Numbers.of(analytic) + ", " + (isKink() ? "" : "numeric ") + measured();
        }

        /** What the differences say: the numeric value, or the slopes of both sides. */
        String measured() {
            return isKink()
                    ? "slopes " + Numbers.of(left, tolerance) + " and " + Numbers.of(right, tolerance)
                    : Numbers.of(numeric, tolerance);
        }

        private boolean isKink() {
            return left != right && !Double.isNaN(left);
        }
    }

    /** Sorts the entries. */
    public GradientReport {
        entries = entries.stream()
                .sorted(Comparator.comparing((Entry entry) -> entry.verdict(), Comparator.reverseOrder())
                        .thenComparing(Comparator.comparingInt((Entry entry) -> entry.row() < 0 ? 1 : 0))
                        .thenComparing(
                                Comparator.comparingDouble(Entry::badness).reversed()))
                .toList();
        blames = List.copyOf(blames);
        notes = List.copyOf(notes);
    }

    /** Whether nothing is wrong; a kink is nothing wrong. */
    public boolean passed() {
        return verdict.passes();
    }

    /** The largest distance between an analytic and a numeric value, kinks left out; NaN if one of them is NaN. */
    public double largestDifference() {
        return entries.stream()
                .filter(entry -> entry.verdict() != Verdict.NOT_DIFFERENTIABLE)
                .mapToDouble(Entry::difference)
                .reduce(0, Math::max);
    }

    /** The report in Markdown, for a build log or a page. */
    public String toMarkdown() {
        return ReportText.markdown(this);
    }

    /** One line if it passed; else who is to blame, and the worst entries. */
    @Override
    public String toString() {
        return ReportText.text(this);
    }

    String summary() {
        return String.format(Locale.ROOT, "%s, largest difference %.1e", counted(entries.size()), largestDifference());
    }

    private static String counted(int entries) {
        return entries + (entries == 1 ? " entry" : " entries");
    }

    String circumstances() {
        return points + (points == 1 ? " point, " : " points, ") + counted(entries.size()) + ", " + evaluations
                + " evaluations, " + time.toMillis() + " ms, seed " + seed;
    }
}
