package org.gradgraph.check;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.SourceLine;
import org.jspecify.annotations.Nullable;

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
 * @param findings the operations that are at fault, or at a kink, operands before what uses them
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
        List<Finding> findings,
        int rightOperations,
        String nonFinite,
        List<String> notes,
        int points,
        long evaluations,
        Duration time,
        long seed) {

    /**
     * Sorts the entries and refuses null.
     *
     * @param verdict the worst of all
     * @param cost the node that was differentiated, as messages show it
     * @param source the line that made it
     * @param entries the entries, worst first
     * @param findings the operations that are at fault, or at a kink, operands before what uses them
     * @param rightOperations how many operations were checked by themselves and found right
     * @param nonFinite the first value that is not finite, as text; empty if all are
     * @param notes what else to know, such as a parameter that the gradient does not reach
     * @param points how many points were checked
     * @param evaluations how often something was computed
     * @param time how long it took
     * @param seed what random directions were made from
     */
    public GradientReport {
        Require.given(verdict, "GradientReport: the verdict");
        Require.given(cost, "GradientReport: the text of the cost");
        Require.given(source, "GradientReport: the line");
        entries = Require.list(entries, "GradientReport: the list of entries").stream()
                .sorted(Comparator.comparing(Entry::verdict, Comparator.reverseOrder())
                        .thenComparing(Entry::isDirection)
                        .thenComparing(
                                Comparator.comparingDouble(Entry::badness).reversed()))
                .toList();
        findings = Require.list(findings, "GradientReport: the list of findings");
        Require.given(nonFinite, "GradientReport: the text of the value that is not finite");
        notes = Require.list(notes, "GradientReport: the list of notes");
        Require.given(time, "GradientReport: the time");
    }

    /**
     * One entry of a gradient, or one direction in a large one.
     *
     * <pre>{@code
     * report.entries().get(0).difference();
     * }</pre>
     *
     * @param node the node differentiated with respect to, as messages show it
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
        /**
         * Refuses null.
         *
         * @param node the node differentiated with respect to, as messages show it
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
        public Entry {
            Require.given(node, "GradientReport.Entry: the text of the node");
            Require.given(verdict, "GradientReport.Entry: the verdict");
        }

        /** {@return the distance between the analytic and the numeric value} */
        public double difference() {
            return Math.abs(analytic - numeric);
        }

        /** {@return whether the check passes here} */
        public boolean passed() {
            return verdict.passes();
        }

        boolean isDirection() {
            return row < 0;
        }

        /** {@return the node and the place in it} */
        public String where() {
            String place = isDirection() ? " along a random direction" : " at (" + row + "," + column + ")";
            return node + place + (point > 0 ? " at point " + point : "");
        }

        /** The difference as a multiple of the tolerance. */
        double badness() {
            double badness = difference() / tolerance;
            return Double.isNaN(badness) ? (passed() ? 0 : Double.MAX_VALUE) : badness;
        }

        /** One line: the place and both values. */
        @Override
        public String toString() {
            return ReportText.entry(this);
        }
    }

    /**
     * An operation or a sum that is at fault, or at a kink.
     *
     * <pre>{@code
     * GradientReport.Finding finding = report.findings().get(0);
     * finding.operation();                // softsign
     * finding.source();                   // Model.java:42
     * finding.input();                    // 1
     * }</pre>
     *
     * @param fault what is wrong
     * @param operation the label of the operation
     * @param node the node as messages show it, name or operation and shape
     * @param source the line that made the node; for a gradient, the line of what it is a gradient of
     * @param gradientOf the operation whose vjp made the node, or empty if the user made it
     * @param input which operand, counted from 1; 0 if none in particular
     * @param worst the worst entry of the derivative with respect to that operand, if there is one
     */
    public record Finding(
            Fault fault,
            String operation,
            String node,
            SourceLine source,
            String gradientOf,
            int input,
            Optional<Entry> worst) {
        /**
         * Refuses null.
         *
         * @param fault what is wrong
         * @param operation the label of the operation
         * @param node the node as messages show it, name or operation and shape
         * @param source the line that made the node; for a gradient, the line of what it is a gradient of
         * @param gradientOf the operation whose vjp made the node, or empty if the user made it
         * @param input which operand, counted from 1; 0 if none in particular
         * @param worst the worst entry of the derivative with respect to that operand, if there is one
         */
        public Finding {
            Require.given(fault, "GradientReport.Finding: the fault");
            Require.given(operation, "GradientReport.Finding: the operation");
            Require.given(node, "GradientReport.Finding: the text of the node");
            Require.given(source, "GradientReport.Finding: the line");
            Require.given(gradientOf, "GradientReport.Finding: the operation differentiated");
            Require.given(worst, "GradientReport.Finding: the worst entry");
        }

        static Finding of(Fault fault, Node node, int input, @Nullable Entry worst) {
            Optional<Node> forward = Provenance.differentiated(node);
            return new Finding(
                    fault,
                    label(node),
                    node.describe(),
                    node.source(),
                    forward.map(Finding::label).orElse(""),
                    input,
                    Optional.ofNullable(worst));
        }

        /** The same inside of something, such as a step of a loop. */
        Finding in(String place) {
            return new Finding(fault, operation, node + " in " + place, source, gradientOf, input, worst);
        }

        /** The same place with another fault. */
        Finding as(Fault other) {
            return new Finding(other, operation, node, source, gradientOf, input, worst);
        }

        private static String label(Node node) {
            return node.op().map(Op::label).orElse(node.kind().name().toLowerCase(Locale.ROOT));
        }

        /** One sentence. */
        @Override
        public String toString() {
            return ReportText.finding(this);
        }
    }

    /** What can be wrong with a node. */
    public enum Fault {
        /** The vjp of the operation disagrees with differences of its own values. */
        DERIVATIVE,
        /** The vjp is not linear in the cotangent {@code dy}, such as one that clips it. */
        NOT_LINEAR,
        /** The vjp is right at the operands of the point and wrong at others, such as one that keeps old values. */
        ELSEWHERE,
        /** The vjp uses an input or parameter of another graph in place of its own operands. */
        FOREIGN_NODE,
        /** The vjp throws an exception for another cotangent, or at other operands that the operation accepts. */
        VJP_FAILS,
        /** The operation writes into the value of an operand, which others read. */
        MODIFIES_OPERAND,
        /** Each entry is possible at this corner by itself, but not all of them together. */
        TOGETHER,
        /** No fault: the operation has a corner, a jump or an edge here. */
        KINK,
        /** The operation keeps its convention at a corner, but together with the others it gives a wrong gradient. */
        CONVENTIONS,
        /** The operation gave two values for the same operands. */
        NOT_REPEATABLE,
        /** The vjps of all operations are right, but their sum at this node is not. */
        ACCUMULATION,
        /** The gradient is right as composed, but a program computes something else. */
        PROGRAM,
        /** No fault is known: the differences are too coarse to decide. */
        UNRESOLVED;

        boolean isError() {
            return this != KINK && this != UNRESOLVED;
        }
    }

    /** {@return whether nothing is wrong; a kink is not a failure} */
    public boolean passed() {
        return verdict.passes();
    }

    /**
     * {@return the largest distance between an analytic and a numeric value, without kinks; NaN if one of them is NaN}
     */
    public double largestDifference() {
        return entries.stream()
                .filter(entry -> entry.verdict() != Verdict.NOT_DIFFERENTIABLE)
                .mapToDouble(Entry::difference)
                .reduce(0, Math::max);
    }

    /** {@return the report in Markdown, for a build log or a page} */
    public String toMarkdown() {
        return ReportText.markdown(this);
    }

    /** One line if it passed; else the operation at fault and the worst entries. */
    @Override
    public String toString() {
        return ReportText.text(this);
    }
}
