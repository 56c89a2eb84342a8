package org.gradgraph.precision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;

/** What an operation does to the digits of its operands. */
final class DigitLoss {
    /** An operation that rounds well loses less than this. */
    private static final double NOTABLE = 2;

    private DigitLoss() {}

    static DigitsReport.Entry entry(Node node, Digits found, Map<Node, Digits> digitsOf, Run run) {
        String where = node.describe() + ", made at " + node.source();
        if (node.op().isEmpty() || node.inputs().isEmpty()) {
            return new DigitsReport.Entry(where, found.fewest(), 0, "", "");
        }
        Op op = node.op().get();
        int worst = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < found.elements(); i++) {
            double lost = operands(node, op, i, digitsOf) - found.of(i);
            worst = lost > most ? i : worst;
            most = Math.max(most, lost);
        }
        if (most < NOTABLE) {
            return new DigitsReport.Entry(where, found.fewest(), Math.max(0, most), "", "");
        }
        String loss = op.name() + " loses " + (int) most + " digits" + numbers(node, op, worst, run);
        return new DigitsReport.Entry(where, found.fewest(), most, loss, hint(node, op));
    }

    /** How many digits the operands of an element have. */
    private static double operands(Node node, Op op, int element, Map<Node, Digits> digitsOf) {
        double fewest = Digits.MOST;
        for (Node input : node.inputs()) {
            Digits digits = digitsOf.get(input);
            if (digits != null) {
                fewest = Math.min(fewest, op instanceof Elementwise ? digits.of(element) : digits.fewest());
            }
        }
        return fewest;
    }

    private static String numbers(Node node, Op op, int element, Run run) {
        if (!(op instanceof Elementwise)) {
            return "";
        }
        List<String> numbers = new ArrayList<>();
        for (Node input : node.inputs()) {
            DMatrixRMaj value = run.value(input);
            numbers.add(Double.toString(value.data[element]));
        }
        return ": "
                + String.join(op.name().equals("subtract") ? " − " : op.name().equals("add") ? " + " : ", ", numbers);
    }

    private static String hint(Node node, Op op) {
        boolean isSum = op.name().equals("subtract")
                || op.name().equals("add")
                || op.name().startsWith("addScalar");
        if (isSum) {
            return uses(node, "exp")
                    ? "use expm1 for eˣ − 1"
                    : uses(node, "cos")
                            ? "use 2·sin²(x/2) for 1 − cos x"
                            : uses(node, "sqrt")
                                    ? "use (a − b)/(√a + √b) for √a − √b"
                                    : "rearrange, so that nearly equal numbers are not subtracted";
        }
        return switch (op.name()) {
            case "log" -> "use log1p near 1";
            case "sin", "cos", "tan" -> "reduce the operand by whole periods before it is rounded";
            case "exp" -> "the absolute error of the operand becomes a relative one; keep the operand small";
            default -> "";
        };
    }

    /** Whether an operand is made by this operation, perhaps with a sign. */
    private static boolean uses(Node node, String operation) {
        return node.inputs().stream()
                .map(input -> name(input).equals("negate") ? input.inputs().get(0) : input)
                .anyMatch(input -> name(input).equals(operation));
    }

    private static String name(Node node) {
        return node.op().map(Op::name).orElse("");
    }
}
