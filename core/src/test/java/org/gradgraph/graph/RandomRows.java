package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.MN;

import java.util.List;

/** The contract of {@link RandomOps}; {@link RandomNumbersTest} looks at the numbers themselves. */
final class RandomRows {
    private RandomRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.shaped("uniform", (in, at) -> RandomNumbers.uniform(at.apply(MN), 7))
                        .text("uniform(2×3, seed 7)"),
                OperationRow.shaped("uniform", (in, at) -> RandomNumbers.uniform(at.apply(MN), 7, in.get(0)))
                        .variant("drawn")
                        .operands(Shape.SCALAR)
                        .withoutGradient()
                        .text("uniform(2×3, seed 7)")
                        .nonFiniteTestedIn(RandomNumbersTest.class),
                OperationRow.shaped("normal", (in, at) -> RandomNumbers.normal(at.apply(MN), 7))
                        .text("normal(2×3, seed 7)"),
                OperationRow.shaped("normal", (in, at) -> RandomNumbers.normal(at.apply(MN), 7, in.get(0)))
                        .variant("drawn")
                        .operands(Shape.SCALAR)
                        .withoutGradient()
                        .text("normal(2×3, seed 7)")
                        .nonFiniteTestedIn(RandomNumbersTest.class),
                OperationRow.shaped(
                                "dropoutMask", (in, at) -> RandomNumbers.dropoutMask(at.apply(MN), 0.5, 7, in.get(0)))
                        .operands(Shape.SCALAR)
                        .withoutGradient()
                        .text("dropoutMask(2×3, rate 0.5, seed 7)")
                        .nonFiniteTestedIn(RandomNumbersTest.class),
                OperationRow.of("dropout", in -> RandomNumbers.dropout(in.get(0), 0.5, 7, in.get(1)))
                        .operands(MN, Shape.SCALAR)
                        .withoutGradientFor(1)
                        .withoutAlias()
                        .withoutBroadcasting()
                        .text("dropoutMask(2×3, rate 0.5, seed 7), mask")
                        .nonFiniteTestedIn(RandomNumbersTest.class));
    }
}
