package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The contract of {@link SpectralOps}: what second derivatives of eigenvalues are made of. */
final class SpectralRows {
    private static final Shape THREE = Shape.of(3, 3);
    private static final Shape COLUMN = Shape.of(3, 1);

    private SpectralRows() {}

    static List<OperationRow> rows() {
        return List.of(
                spectral("inner spectral", in -> apply(new SpectralOps.Spectral(false), in))
                        .operands(THREE, COLUMN),
                spectral("inner spectral", in -> apply(new SpectralOps.Spectral(true), in))
                        .variant("or NaN")
                        .operands(THREE, COLUMN)
                        .text("constant, add, spectralOrNaN"),
                spectral("inner spectralProduct", in -> apply(new SpectralOps.SpectralProduct(), in))
                        .operands(THREE, COLUMN),
                spectral("inner spectralAlong", in -> apply(SpectralOps.SPECTRAL_ALONG, in))
                        .operands(THREE, COLUMN, COLUMN, THREE)
                        .withoutGradientFor(2)
                        .withoutGradientFor(3),
                spectral("inner eigenvalueSlopes", in -> apply(SpectralOps.SLOPES, in))
                        .operands(THREE, COLUMN, THREE, THREE)
                        .withoutGradientFor(1)
                        .withoutGradientFor(2),
                spectral("inner dividedDifferences", in -> Node.apply(SpectralOps.DIVIDED_DIFFERENCES, in))
                        .operands(COLUMN, COLUMN)
                        .domain(0, 20),
                spectral("inner reciprocalGaps", in -> Node.apply(SpectralOps.RECIPROCAL_GAPS, in))
                        .operands(COLUMN)
                        .domain(0, 20));
    }

    /** Of a matrix whose eigenvalues are far apart. */
    private static Node apply(Op op, List<Node> operands) {
        List<Node> regular = new ArrayList<>(operands);
        regular.set(0, Arithmetic.add(operands.get(0), Node.constant(new double[][] {{20, 0, 0}, {0, 10, 0}, {0, 0, -10}
        })));
        return Node.apply(op, regular);
    }

    private static OperationRow spectral(String method, Function<List<Node>, Node> build) {
        return OperationRow.of(method, build)
                .text((method.contains("spectral") || method.contains("Slopes") ? "constant, add, " : "")
                        + method.substring("inner ".length()))
                .withoutAlias()
                .nonFiniteTestedIn(EqualEigenvaluesTest.class);
    }
}
