package org.gradgraph.check;

import org.gradgraph.graph.Node;

/** A derivative as the graph says and as differences say. */
final class Measured {
    /** The leaf that moved. */
    final Node leaf;

    /** The elements that moved; one, or many along a random direction. */
    final int[] indices;

    final double[] steps;
    final double analytic;
    final Slope slope;
    final double tolerance;

    /** The columns of the leaf, to tell a place from an index. */
    final int columns;

    Measured(Node leaf, int columns, int[] indices, double[] steps, double analytic, Slope slope, double tolerance) {
        this.leaf = leaf;
        this.columns = columns;
        this.indices = indices;
        this.steps = steps;
        this.analytic = analytic;
        this.slope = slope;
        this.tolerance = tolerance;
    }

    boolean isEntry() {
        return indices.length == 1;
    }

    Verdict verdict() {
        if (!Double.isFinite(analytic) || !slope.isKnown()) {
            return Verdict.NOT_FINITE;
        }
        if (!slope.agreesWith(analytic, tolerance)) {
            boolean tellable = slope.resolved() && !slope.agreesWith(analytic, slope.error());
            return tellable ? Verdict.WRONG : Verdict.INCONCLUSIVE;
        }
        return slope.kink() ? Verdict.NOT_DIFFERENTIABLE : Verdict.RIGHT;
    }

    /** Single entries after directions, worse ones after better ones. */
    static int compareBadness(Measured a, Measured b) {
        return a.isEntry() == b.isEntry()
                ? Double.compare(a.badness(), b.badness())
                : Boolean.compare(a.isEntry(), b.isEntry());
    }

    double badness() {
        double badness = Math.abs(analytic - slope.value()) / tolerance;
        return Double.isNaN(badness) ? (verdict() == Verdict.RIGHT ? 0 : Double.MAX_VALUE) : badness;
    }
}
