package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.M1;
import static org.gradgraph.graph.OperationRow.MM;
import static org.gradgraph.graph.OperationRow.MN;
import static org.gradgraph.graph.OperationRow.N1;
import static org.gradgraph.graph.OperationRow.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The contract of {@link SolveOps}, {@link SymmetricOps}, {@link DiagonalOps} and the products of vectors. */
final class DecompositionRows {
    private static final String REGULAR = "1, broadcast, diagonalMatrix, scale(5), add, ";

    private DecompositionRows() {}

    static List<OperationRow> rows() {
        List<OperationRow> rows = new ArrayList<>(vectors());
        rows.addAll(diagonals());
        rows.addAll(systems());
        rows.addAll(symmetric());
        return rows;
    }

    private static List<OperationRow> vectors() {
        return List.of(
                OperationRow.binary("dot", LinearAlgebra::dot)
                        .text("multiply, sum")
                        .ulps(16)
                        .reference(in -> {
                            double[] a = Loops.flat(in.get(0));
                            double[] b = Loops.flat(in.get(1));
                            double[] products = new double[a.length];
                            Arrays.setAll(products, i -> a[i] * b[i]);
                            return new double[][] {{Loops.sum(products)}};
                        }),
                OperationRow.of("outer", in -> LinearAlgebra.outer(in.get(0), in.get(1)))
                        .operands(M1, N1)
                        .text("matmul")
                        .reference(in -> Loops.table(
                                in.get(0).length, in.get(1)[0].length, (i, j) -> in.get(0)[i][0] * in.get(1)[0][j])),
                OperationRow.of("outer", in -> LinearAlgebra.outer(in.get(0), in.get(1)))
                        .variant("of a row and a column")
                        .operands(Shape.of(1, 4), Shape.of(2, 1))
                        .text("matmul(aᵀ, bᵀ)")
                        .reference(in -> Loops.table(4, 2, (i, j) -> in.get(0)[0][i] * in.get(1)[j][0])));
    }

    private static List<OperationRow> diagonals() {
        return List.of(
                OperationRow.of("trace", in -> LinearAlgebra.trace(in.get(0)))
                        .operands(MM)
                        .text("diagonal, sum")
                        .ulps(8)
                        .reference(in -> new double[][] {{Loops.sum(diagonal(in.get(0)))}}),
                OperationRow.of("diagonal", in -> LinearAlgebra.diagonal(in.get(0)))
                        .operands(MM)
                        .reference(in -> Loops.table(in.get(0).length, 1, (i, j) -> in.get(0)[i][i])),
                OperationRow.of("diagonalMatrix", in -> LinearAlgebra.diagonalMatrix(in.get(0)))
                        .operands(M1)
                        .reference(in -> Loops.table(
                                in.get(0).length, in.get(0).length, (i, j) -> i == j ? in.get(0)[i][0] : 0)),
                OperationRow.of("diagonalMatrix", in -> LinearAlgebra.diagonalMatrix(in.get(0)))
                        .variant("of a row")
                        .operands(Shape.of(1, 3))
                        .text("transpose, diagonalMatrix")
                        .reference(in -> Loops.table(3, 3, (i, j) -> i == j ? in.get(0)[0][i] : 0)),
                OperationRow.unary("lowerTriangle", LinearAlgebra::lowerTriangle)
                        .reference(in -> Loops.like(in.get(0), (i, j) -> j <= i ? in.get(0)[i][j] : 0)),
                OperationRow.unary("upperTriangle", LinearAlgebra::upperTriangle)
                        .reference(in -> Loops.like(in.get(0), (i, j) -> j >= i ? in.get(0)[i][j] : 0)));
    }

    private static double[] diagonal(double[][] x) {
        double[] diagonal = new double[x.length];
        Arrays.setAll(diagonal, i -> x[i][i]);
        return diagonal;
    }

    private static List<OperationRow> systems() {
        double[][] a = {{2, 1}, {4, 6}};
        return List.of(
                square("inverse", LinearAlgebra::inverse)
                        .example(given(new double[][] {{-3, 1}, {4, 1}}), new double[][] {{0.75, -0.125}, {-0.5, 0.25}
                        }),
                OperationRow.shaped("solve", (in, at) -> LinearAlgebra.solve(regular(in.get(0)), in.get(1)))
                        .operands(MM, MN)
                        .text(REGULAR + "solve")
                        .nonFiniteTestedIn(DecompositionTest.class),
                OperationRow.of("solve", in -> LinearAlgebra.solve(in.get(0), in.get(1)))
                        .variant("by hand")
                        .operands(Shape.of(2, 2), Shape.of(2, 1))
                        .domains(-1, 1, -2, 2)
                        .domain(1, 3)
                        .nonFiniteTestedIn(DecompositionTest.class)
                        .example(
                                given(a, new double[][] {{5}, {16}}),
                                new double[][] {{1.75}, {1.5}},
                                new double[][] {{-0.4375, -0.375}, {-0.21875, -0.1875}},
                                new double[][] {{0.25}, {0.125}}),
                OperationRow.shaped(
                                "inner solve",
                                (in, at) -> Node.apply(new SolveOps.Solve(true), regular(in.get(0)), in.get(1)))
                        .operands(MM, MN)
                        .text(REGULAR + "solve(aᵀ, b)")
                        .nonFiniteTestedIn(DecompositionTest.class),
                triangular("triangularSolve", true, false).text("triangularSolve(lower)"),
                triangular("triangularSolve", false, false).variant("upper").text("triangularSolve(upper)"),
                triangular("inner triangularSolve", true, true).text("triangularSolve(lowerᵀ)"),
                triangular("inner triangularSolve", false, true)
                        .variant("upper")
                        .text("triangularSolve(upperᵀ)"),
                square("determinant", LinearAlgebra::determinant)
                        .example(given(new double[][] {{-3, 2}, {2, -1}}), new double[][] {{4}}, new double[][] {
                            {4, -2}, {-2, 2}
                        }),
                OperationRow.of("determinant", in -> LinearAlgebra.determinant(in.get(0)))
                        .variant("of a singular matrix")
                        .operands(Shape.of(2, 2))
                        .domain(1, 3)
                        .ulps(8)
                        .nonFiniteTestedIn(DecompositionTest.class)
                        .example(given(new double[][] {{1, 2}, {2, 4}}), new double[][] {{0}}, new double[][] {
                            {4, -2}, {-2, 1}
                        }),
                square("logDeterminant", LinearAlgebra::logDeterminant),
                square("inner cofactors", x -> Node.apply(DeterminantOps.COFACTORS, x))
                        .text(REGULAR + "cofactors"),
                OperationRow.of(
                                "inner cofactorSlope",
                                in -> Node.apply(DeterminantOps.COFACTOR_SLOPE, regular(in.get(0)), in.get(1)))
                        .operands(Shape.of(3, 3), Shape.of(3, 3))
                        .text(REGULAR + "cofactorSlope")
                        .nonFiniteTestedIn(DeterminantTest.class));
    }

    private static OperationRow triangular(String method, boolean lower, boolean transposed) {
        OperationRow.Build build = transposed
                ? (in, at) -> Node.apply(new SolveOps.TriangularSolve(lower, true), in)
                : (in, at) -> LinearAlgebra.triangularSolve(in.get(0), in.get(1), lower);
        return OperationRow.shaped(method, build)
                .operands(MM, MN)
                .domain(1, 3)
                .nonFiniteTestedIn(DecompositionTest.class);
    }

    private static List<OperationRow> symmetric() {
        return List.of(
                square("cholesky", LinearAlgebra::cholesky).domain(-1, 1),
                square("symmetricEigenvalues", LinearAlgebra::symmetricEigenvalues)
                        .example(given(new double[][] {{-4, 1}, {1, -4}}), new double[][] {{0}, {2}}, new double[][] {
                            {1, 0}, {0, 1}
                        }),
                square("symmetricEigenvectors", LinearAlgebra::symmetricEigenvectors),
                OperationRow.of(
                                "inner eigenvectorRotations",
                                in -> Node.apply(
                                        SymmetricOps.ROTATIONS,
                                        Arithmetic.add(in.get(0), Node.constant(new double[][] {{0}, {10}, {25}})),
                                        in.get(1)))
                        .operands(Shape.of(3, 1), Shape.of(3, 3))
                        .domain(0, 2)
                        .text("constant, add, eigenvectorRotations")
                        .withoutAlias()
                        .nonFiniteTestedIn(EqualEigenvectorsTest.class));
    }

    /** Five is added to the diagonal, so that random values give matrices that are far from singular. */
    private static OperationRow square(String method, UnaryOperator<Node> build) {
        return OperationRow.shaped(method, (in, at) -> build.apply(regular(in.get(0))))
                .operands(MM)
                .text(REGULAR + method)
                .ulps(32)
                .nonFiniteTestedIn(DecompositionTest.class);
    }

    private static Node regular(Node a) {
        Node.requireOperands("regular", a);
        Dim n = a.shape().rows();
        Node identity = LinearAlgebra.diagonalMatrix(Constants.ones(Shape.of(n, Dim.of(1))));
        return a.plus(identity.times(5));
    }
}
