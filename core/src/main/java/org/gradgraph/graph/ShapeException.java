package org.gradgraph.graph;

import java.util.List;

/**
 * Shapes that do not fit, found where the expression is written.
 *
 * <p>The message gives the operation, every operand with its name, shape and the line that made it, the side that is
 * wrong, and how to fix it:
 *
 * <pre>
 * matmul: the inner sides differ: 30×1 has 1 column, 30×m has 30 rows
 *   operand 1: "w" 30×1, made at Model.java:12
 *   operand 2: "X" 30×m, made at Model.java:11
 *   hint: transpose the left operand, a.transpose().matmul(b)
 *   applied at Model.java:14
 * </pre>
 */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, and on which side. */
    private final String problem;
    /** How to fix it. */
    private final String hint;

    /**
     * What a shape rule throws; the node that is being made adds operation, operands and lines.
     *
     * @param problem what is wrong, and on which side
     * @param hint how to fix it
     */
    public ShapeException(String problem, String hint) {
        super(Require.given(problem, "ShapeException: the problem") + "; "
                + Require.given(hint, "ShapeException: the hint"));
        this.problem = problem;
        this.hint = hint;
    }

    private ShapeException(ShapeException cause, String message) {
        super(message, cause);
        this.problem = cause.problem;
        this.hint = cause.hint;
    }

    /** {@return what is wrong, and on which side, without operation and operands} */
    public String problem() {
        return problem;
    }

    /** {@return how to fix it} */
    public String hint() {
        return hint;
    }

    /** The same error with the operation, the operands and their lines added. */
    ShapeException in(String operation, List<Node> operands, SourceLine applied) {
        StringBuilder message = new StringBuilder(operation).append(": ").append(problem);
        for (int i = 0; i < operands.size(); i++) {
            Node operand = operands.get(i).itself();
            message.append("\n  operand ")
                    .append(i + 1)
                    .append(": ")
                    .append(operand.describe())
                    .append(", made at ")
                    .append(operand.source());
        }
        message.append("\n  hint: ").append(hint).append("\n  applied at ").append(applied);
        return new ShapeException(this, message.toString());
    }
}
