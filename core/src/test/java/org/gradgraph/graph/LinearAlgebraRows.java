package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.KN;
import static org.gradgraph.graph.OperationRow.MK;

import java.util.List;

/** The contract of {@link MatMul}. */
final class LinearAlgebraRows {
    private LinearAlgebraRows() {}

    static List<OperationRow> rows() {
        return List.of(
                matmul(false, false).operands(MK, KN).text("matmul"),
                matmul(true, false).operands(MK.transposed(), KN).text("matmul(aᵀ, b)"),
                matmul(false, true).operands(MK, KN.transposed()).text("matmul(a, bᵀ)"),
                matmul(true, true).operands(MK.transposed(), KN.transposed()).text("matmul(aᵀ, bᵀ)"));
    }

    private static OperationRow matmul(boolean transposeA, boolean transposeB) {
        return OperationRow.of("matmul", in -> LinearAlgebra.matmul(in.get(0), in.get(1), transposeA, transposeB))
                .variant((transposeA ? "aᵀ" : "a") + " " + (transposeB ? "bᵀ" : "b"))
                .ulps(64)
                .reference(in -> product(in.get(0), in.get(1), transposeA, transposeB));
    }

    private static double[][] product(double[][] a, double[][] b, boolean transposeA, boolean transposeB) {
        int rows = transposeA ? a[0].length : a.length;
        int inner = transposeA ? a.length : a[0].length;
        int columns = transposeB ? b.length : b[0].length;
        double[][] c = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < inner; k++) {
                    c[i][j] += (transposeA ? a[k][i] : a[i][k]) * (transposeB ? b[j][k] : b[k][j]);
                }
            }
        }
        return c;
    }
}
