package org.gradgraph.check;

import java.util.Locale;
import java.util.Optional;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.SourceLine;

/**
 * Who is at fault, or at a kink, and where.
 *
 * <pre>{@code
 * Blame blame = report.blames().get(0);
 * blame.operation();                // softsign
 * blame.source();                   // Model.java:42
 * blame.input();                    // 1
 * }</pre>
 *
 * @param fault what is wrong
 * @param operation the label of the operation
 * @param node the node as messages show it, name or operation and shape
 * @param source the line that made the node; for a gradient, the line of what it is a gradient of
 * @param gradientOf the operation whose vjp made the node, or empty if the user made it
 * @param input which operand, counted from 1; 0 if none in particular
 * @param operand that operand as messages show it, or empty
 * @param row the row of the worst element of the operand, counted from 0; −1 if none in particular
 * @param column its column
 * @param analytic the derivative from the graph
 * @param numeric the derivative from differences
 * @param tolerance how far both may be apart
 */
public record Blame(
        Fault fault,
        String operation,
        String node,
        SourceLine source,
        String gradientOf,
        int input,
        String operand,
        int row,
        int column,
        double analytic,
        double numeric,
        double tolerance) {
    /** What can be wrong with a node. */
    public enum Fault {
        /** The vjp of the operation disagrees with differences of its own values. */
        DERIVATIVE,
        /** No fault: the operation has a corner, a jump or an edge here. */
        KINK,
        /** The operation gave two values for the same operands. */
        NOT_REPEATABLE,
        /** The vjps of all operations are right, but their sum at this node is not. */
        ACCUMULATION,
        /** The gradient is right as composed, but a program computes something else. */
        PROGRAM,
        /** No fault is known: the differences are too coarse to tell. */
        UNRESOLVED
    }

    static Blame of(Fault fault, Node node) {
        return of(fault, node, 0, "", -1, -1, Double.NaN, Double.NaN, Double.NaN);
    }

    static Blame of(Fault fault, Node node, int input, String operand, Measured entry) {
        int row = entry.isEntry() ? entry.indices[0] / entry.columns : -1;
        int column = entry.isEntry() ? entry.indices[0] % entry.columns : -1;
        return of(fault, node, input, operand, row, column, entry.analytic, entry.slope.value(), entry.tolerance);
    }

    static Blame ofSum(Node node, int row, int column, double given, double sum) {
        return of(Fault.ACCUMULATION, node, 0, "", row, column, given, sum, 0);
    }

    private static Blame of(
            Fault fault,
            Node node,
            int input,
            String operand,
            int row,
            int column,
            double analytic,
            double numeric,
            double tolerance) {
        Optional<Node> forward = Provenance.differentiated(node);
        return new Blame(
                fault,
                label(node),
                node.describe(),
                node.source(),
                forward.map(Blame::label).orElse(""),
                input,
                operand,
                row,
                column,
                analytic,
                numeric,
                tolerance);
    }

    private static String label(Node node) {
        return node.op().map(Op::label).orElse(node.kind().name().toLowerCase(Locale.ROOT));
    }

    /** One sentence. */
    @Override
    public String toString() {
        String who = "operation `" + operation + "` (" + node + ", " + source + ")";
        String owner = gradientOf.isEmpty() ? "" : " in the gradient of `" + gradientOf + "`";
        String by = " with respect to input " + input + ", " + operand;
        String numbers = ": analytic " + Numbers.of(analytic) + ", numeric " + Numbers.of(numeric, tolerance);
        return switch (fault) {
            case DERIVATIVE -> who + owner + ": its derivative" + by + ", is wrong" + place() + numbers;
            case KINK -> who + owner + ": not differentiable here" + by + place();
            case NOT_REPEATABLE ->
                who + owner
                        + ": gives different values for the same operands; it must not keep a state or use random numbers"
                        + " of its own";
            case ACCUMULATION ->
                "every operation is right, but the cotangents of " + node + " (" + source
                        + ") are not added up rightly" + place() + ": analytic " + Numbers.of(analytic)
                        + ", the sum of what its uses give back is " + Numbers.of(numeric);
            case PROGRAM ->
                "every operation and every sum is right, but a program computes something else for the gradient by "
                        + node + " (" + source + ")" + place() + numbers
                        + "; rewriting or running is at fault: report it with this graph";
            case UNRESOLVED ->
                who + owner + ": differences cannot tell whether its derivative" + by + ", is right" + place()
                        + numbers;
        };
    }

    private String place() {
        return row < 0 ? "" : " at element (" + row + "," + column + ")";
    }
}
