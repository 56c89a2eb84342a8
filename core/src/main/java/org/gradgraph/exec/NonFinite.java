package org.gradgraph.exec;

import java.util.List;
import java.util.Locale;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.SourceLine;

/**
 * The first value of a run that is NaN or infinite: who made it, where, from what, and what to do.
 *
 * <pre>{@code
 * run.firstNonFinite().ifPresent(System.out::println);
 * // "L" 1×3 at (0,2) is -Infinity, the first value that is not finite in the forward pass
 * //   made by operation log at Model.java:12
 * //   from "A" 1×3 at (0,2) = 0.0
 * //   hint: log needs a positive operand: ...
 * }</pre>
 *
 * @param node the node as messages show it, name or operation and shape
 * @param operation the label of its operation; {@code input}, {@code parameter} or {@code constant} for a leaf
 * @param source the line that made the node; for a gradient, the line of what it is a gradient of
 * @param backward whether it was made in the backward pass
 * @param gradientOf the operation whose vjp made the node, in the backward pass; empty otherwise
 * @param row the row of its first element that is not finite, counted from 0
 * @param column the column of that element, counted from 0
 * @param value the element
 * @param operands the operands at that place, or their range if the operation does not work element by element
 * @param hint what to do
 */
public record NonFinite(
        String node,
        String operation,
        SourceLine source,
        boolean backward,
        String gradientOf,
        int row,
        int column,
        double value,
        List<String> operands,
        String hint) {

    /**
     * Copies the list and refuses null.
     *
     * @param node the node as messages show it, name or operation and shape
     * @param operation the label of its operation; {@code input}, {@code parameter} or {@code constant} for a leaf
     * @param source the line that made the node; for a gradient, the line of what it is a gradient of
     * @param backward whether it was made in the backward pass
     * @param gradientOf the operation whose vjp made the node, in the backward pass; empty otherwise
     * @param row the row of its first element that is not finite, counted from 0
     * @param column the column of that element, counted from 0
     * @param value the element
     * @param operands the operands at that place, or their range if the operation does not work element by element
     * @param hint what to do
     */
    public NonFinite {
        Require.given(node, "NonFinite: the text of the node");
        Require.given(operation, "NonFinite: the operation");
        Require.given(source, "NonFinite: the line");
        Require.given(gradientOf, "NonFinite: the operation differentiated");
        operands = Require.list(operands, "NonFinite: the list of operands");
        Require.given(hint, "NonFinite: the hint");
    }

    /** The place and the value, then the operation and line, the operands and the hint on lines of their own. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s at (%d,%d) is %s, the first value that is not finite in the %s pass\n",
                node,
                row,
                column,
                value,
                backward ? "backward" : "forward"));
        text.append(operands.isEmpty() ? "  given as " : "  made by operation ").append(operation);
        text.append(gradientOf.isEmpty() ? "" : " in the gradient of " + gradientOf);
        text.append(" at ").append(source);
        operands.forEach(operand -> text.append("\n  from ").append(operand));
        return text.append("\n  hint: ").append(hint).toString();
    }
}
