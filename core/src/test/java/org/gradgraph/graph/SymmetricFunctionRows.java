package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.MM;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contract of functions of symmetric matrices; their numbers are those of {@link SymmetricFunctionTest}. */
final class SymmetricFunctionRows {
    private static final Shape TWO = Shape.of(2, 2);

    private SymmetricFunctionRows() {}

    static List<OperationRow> rows() {
        return List.of(
                row("symmetricExp", in -> LinearAlgebra.symmetricExp(in.get(0))).operands(MM),
                row("symmetricLog", in -> LinearAlgebra.symmetricLog(positive(in)))
                        .operands(MM)
                        .text("1, broadcast, diagonalMatrix, scale(9), add, symmetricLog"),
                row("symmetricSqrt", in -> LinearAlgebra.symmetricSqrt(positive(in)))
                        .operands(MM)
                        .text("1, broadcast, diagonalMatrix, scale(9), add, symmetricSqrt"),
                row("symmetricPower", in -> LinearAlgebra.symmetricPower(in.get(0), 3))
                        .operands(MM)
                        .text("symmetricPower(3)"),
                row("symmetricFunction", in -> LinearAlgebra.symmetricFunction(positive(in), Node::exp))
                        .operands(MM)
                        .text("1, broadcast, diagonalMatrix, scale(9), add, symmetricFunction"),
                row("inner symmetricExpDerivative", in -> derivative(in, 1))
                        .operands(MM, MM)
                        .text("symmetricExpDerivative1"),
                row("inner symmetricExpDerivative", in -> derivative(in, 2))
                        .operands(TWO, TWO, TWO)
                        .variant("of order 2")
                        .text("symmetricExpDerivative2"),
                row("inner matrixDividedDifferences", in -> Node.apply(new DividedDifferences(1), in))
                        .operands(TWO, Shape.of(2, 3), TWO)
                        .withoutGradient()
                        .text("matrixDividedDifferences1"));
    }

    private static Node derivative(List<Node> in, int order) {
        MatrixFunction exp =
                (MatrixFunction) LinearAlgebra.symmetricExp(in.get(0)).op().orElseThrow();
        return Node.apply(new MatrixFunction(exp.function(), exp.f(), order), in);
    }

    private static @Nullable Node positive(List<Node> in) {
        Node x = in.get(0);
        return x == null ? null : x.plus(Constants.identity(x.shape().rows()).times(9));
    }

    private static OperationRow row(String method, Function<List<Node>, Node> build) {
        return OperationRow.of(method, build).nonFiniteTestedIn(SymmetricFunctionTest.class);
    }
}
