package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The one place that knows when operands are stretched to a common shape.
 *
 * <p>It happens only when the result has the shape of one operand: {@code m×n} with {@code m×n}, {@code 1×n},
 * {@code m×1} or {@code 1×1}. A column with a row is refused.
 */
final class Broadcasting {
    private Broadcasting() {}

    /** An elementwise operation on operands that are broadcast first. */
    static Node apply(Op op, Node... operands) {
        for (int i = 0; i < operands.length; i++) {
            if (operands[i] == null) {
                throw Node.missingOperand(op.label(), i);
            }
        }
        return Node.apply(op, isOneShape(operands) ? Arrays.asList(operands) : stretched(op.label(), operands));
    }

    private static boolean isOneShape(Node... operands) {
        for (Node operand : operands) {
            if (!operand.shape().equals(operands[0].shape())) {
                return false;
            }
        }
        return true;
    }

    /** Operands repeated to their common shape. */
    static List<Node> stretched(String operation, Node... operands) {
        Node.requireOperands(operation, operands);
        List<Node> inputs = Arrays.asList(operands);
        Shape target;
        try {
            target = common(inputs);
        } catch (ShapeException mismatch) {
            throw mismatch.in(operation, inputs, Node.lineOfOperation(inputs));
        }
        List<Node> stretched = new ArrayList<>(inputs.size());
        for (Node operand : inputs) {
            stretched.add(Layout.broadcast(operand, target));
        }
        return stretched;
    }

    /** The operand that has the shape of the result decides. */
    private static Shape common(List<Node> operands) {
        for (Node largest : operands) {
            if (allStretchTo(largest.shape(), operands)) {
                return largest.shape();
            }
        }
        for (Node a : operands) {
            for (Node b : operands) {
                if (!stretches(a.shape(), b.shape()) && !stretches(b.shape(), a.shape())) {
                    throw mismatch(a.shape(), b.shape());
                }
            }
        }
        throw new IllegalStateException("of shapes that all fit in pairs, one is the largest: " + operands);
    }

    private static boolean allStretchTo(Shape target, List<Node> operands) {
        for (Node operand : operands) {
            if (!stretches(operand.shape(), target)) {
                return false;
            }
        }
        return true;
    }

    /** Whether repeating rows or columns of {@code from} gives {@code to}. */
    static boolean stretches(Shape from, Shape to) {
        return (from.rows().isOne() || from.rows().equals(to.rows()))
                && (from.columns().isOne() || from.columns().equals(to.columns()));
    }

    static ShapeException mismatch(Shape a, Shape b) {
        boolean columnAndRow = (a.columns().isOne() && b.rows().isOne())
                || (a.rows().isOne() && b.columns().isOne());
        if (columnAndRow) {
            Shape column = a.columns().isOne() ? a : b;
            Shape row = a.columns().isOne() ? b : a;
            String table = Shape.text(column.rows(), row.columns());
            return new ShapeException(
                    "a column " + column + " and a row " + row + " would silently make a table of " + table,
                    "transpose one of them; if the table is meant, write broadcastTo(" + table + ") on one operand");
        }
        boolean rowsFit =
                a.rows().equals(b.rows()) || a.rows().isOne() || b.rows().isOne();
        String side = rowsFit
                ? "the columns differ, " + a.columns() + " and " + b.columns()
                : "the rows differ, " + a.rows() + " and " + b.rows();
        String hint = a.equals(b.transposed())
                ? "transpose one of them"
                : "each side is equal, or 1 in one operand that is repeated";
        return new ShapeException(side, hint);
    }
}
