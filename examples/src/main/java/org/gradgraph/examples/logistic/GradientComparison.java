package org.gradgraph.examples.logistic;

import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.examples.console.TextTable;

/**
 * The gradients from the graph beside those from the formulas one derives by hand.
 *
 * <pre>{@code
 * System.out.print(comparison);
 * comparison.agrees();
 * }</pre>
 *
 * @param graph what differentiation found
 * @param hand what the formulas give
 */
public record GradientComparison(Gradients graph, Gradients hand) {
    /** Relative to the larger of 1 and the largest entry; rounding alone stays far below. */
    private static final double TOLERANCE = 1e-12;

    /** The largest distance between two entries; NaN if one of them is NaN. */
    public double largestDifference() {
        return DoubleStream.of(
                        difference(graph.dZ(), hand.dZ()),
                        difference(graph.dw(), hand.dw()),
                        difference(graph.db(), hand.db()))
                .reduce(0, Math::max);
    }

    /** Whether both are the same but for rounding. */
    public boolean agrees() {
        return largestDifference() <= allowed();
    }

    /** The largest distance that is rounding alone. */
    public double allowed() {
        double size = Math.max(CommonOps_DDRM.elementMaxAbs(hand.dw()), CommonOps_DDRM.elementMaxAbs(hand.db()));
        return TOLERANCE * Math.max(1, size);
    }

    private static double difference(DMatrixRMaj graph, DMatrixRMaj hand) {
        double largest = 0;
        for (int i = 0; i < graph.getNumElements(); i++) {
            largest = Math.max(largest, Math.abs(graph.get(i) - hand.get(i)));
        }
        return largest;
    }

    /** One row for each gradient: its first entry, and the largest difference of all entries. */
    @Override
    public String toString() {
        TextTable table =
                new TextTable("", "shape", "first entry, graph", "first entry, by hand", "largest difference");
        row(table, "dZ = (A − Y)/m", graph.dZ(), hand.dZ());
        row(table, "dw = X·dZᵀ", graph.dw(), hand.dw());
        row(table, "db = Σ dZ", graph.db(), hand.db());
        return table.toString();
    }

    private static void row(TextTable table, String formula, DMatrixRMaj graph, DMatrixRMaj hand) {
        table.row(
                formula,
                graph.numRows + "×" + graph.numCols,
                Double.toString(graph.get(0)),
                Double.toString(hand.get(0)),
                String.format(java.util.Locale.ROOT, "%.1e", difference(graph, hand)));
    }
}
