package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.M;
import static org.gradgraph.graph.OperationRow.N;
import static org.gradgraph.graph.OperationRow.given;

import java.util.Arrays;
import java.util.List;

/** The contract of {@link ReductionOps}. */
final class ReductionRows {
    private ReductionRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.unary("sum", Ops::sum)
                        .reference(in -> new double[][] {{total(in.get(0))}})
                        .example(given(new double[][] {{1, 2}, {3, 4}}), new double[][] {{10}}, new double[][] {
                            {1, 1}, {1, 1}
                        }),
                OperationRow.unary("rowSums", Ops::rowSums).reference(in -> {
                    double[][] x = in.get(0);
                    return Arrays.stream(x)
                            .map(row -> new double[] {total(new double[][] {row})})
                            .toArray(double[][]::new);
                }),
                OperationRow.unary("columnSums", Ops::columnSums).reference(in -> {
                    double[][] x = in.get(0);
                    double[] sums = new double[x[0].length];
                    Arrays.stream(x).forEach(row -> Arrays.setAll(sums, j -> sums[j] + row[j]));
                    return new double[][] {sums};
                }),
                OperationRow.unary("mean", Ops::mean)
                        .reference(in -> new double[][] {{total(in.get(0)) / (in.get(0).length * in.get(0)[0].length)}})
                        .example(
                                given(new double[][] {{1.5e308, 1.5e308}}),
                                new double[][] {{1.5e308}},
                                new double[][] {{0.5, 0.5}}),
                OperationRow.shaped(
                                "size",
                                (in, at) -> Ops.size(at.apply(Shape.of(M, N)).elements()))
                        .text("size(6)"));
    }

    private static double total(double[][] x) {
        double sum = 0;
        for (double[] row : x) {
            for (double element : row) {
                sum += element;
            }
        }
        return sum;
    }
}
