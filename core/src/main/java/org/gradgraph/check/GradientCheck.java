package org.gradgraph.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/**
 * Compares a gradient with differences of the cost, entry by entry.
 *
 * <p>Each entry is moved up and down by a step {@code h} that is scaled to it, and by {@code 2h}. The difference between
 * both central differences estimates the numerical error, and the tolerance follows from it, so none has to be guessed.
 *
 * <pre>{@code
 * GradientCheck.of(cost).at(Feeds.of(x, data).and(w, w0)).verify();       // throws AssertionError if wrong
 * }</pre>
 */
public final class GradientCheck {
    /** Balances the truncation error h² against the rounding error ε/h of a central difference. */
    private static final double STEP = Math.cbrt(Math.ulp(1.0));

    /** How far analytic and numeric value may be apart, in estimated errors. */
    private static final double SAFETY = 10;

    private final Node cost;
    private final List<Node> wrt;
    private final Feeds feeds;

    private GradientCheck(Node cost, List<Node> wrt, Feeds feeds) {
        this.cost = cost;
        this.wrt = wrt;
        this.feeds = feeds;
    }

    /** A check of the gradient of a 1×1 node with respect to all parameters. */
    public static GradientCheck of(Node cost) {
        return new GradientCheck(cost, List.of(), Feeds.none());
    }

    /** The same check with respect to these inputs or parameters. */
    public GradientCheck withRespectTo(Node... nodes) {
        return new GradientCheck(cost, Arrays.asList(nodes), feeds);
    }

    /** The same check at a point: values for all inputs and parameters. */
    public GradientCheck at(Feeds point) {
        return new GradientCheck(cost, wrt, point);
    }

    /**
     * Checks every entry.
     *
     * @return what was compared, worst entries first
     * @throws org.gradgraph.graph.NoGradientException if the cost has no gradient
     * @throws IllegalStateException if an input or parameter has no value
     */
    public GradientReport report() {
        Program program = Program.of(cost).withGradients(wrt);
        Run run = program.newRun().set(feeds).forward().backward();
        Map<Node, DMatrixRMaj> values = feeds.asMap();
        List<GradientReport.Entry> entries = new ArrayList<>();
        for (Node node : program.wrt()) {
            DMatrixRMaj value = values.get(node);
            if (value == null) {
                throw new IllegalArgumentException(
                        node.describe() + " is no input or parameter that was fed; check with respect to those");
            }
            entries.addAll(compare(run(program.outputs()), node, value, run.gradient(node)));
        }
        return new GradientReport(entries);
    }

    /**
     * Checks every entry and throws if one is wrong.
     *
     * @throws AssertionError with the worst entries, their analytic and numeric values and the estimated errors
     */
    public void verify() {
        GradientReport report = report();
        if (!report.passed()) {
            throw new AssertionError(report.toString());
        }
    }

    private Run run(Collection<Node> outputs) {
        return Program.of(outputs).newRun().set(feeds);
    }

    private List<GradientReport.Entry> compare(Run run, Node node, DMatrixRMaj value, DMatrixRMaj gradient) {
        List<GradientReport.Entry> entries = new ArrayList<>();
        DMatrixRMaj moved = value.copy();
        for (int i = 0; i < value.numRows; i++) {
            for (int j = 0; j < value.numCols; j++) {
                double x = value.get(i, j);
                double h = STEP * Math.max(1, Math.abs(x));
                double[] f = new double[4];
                double[] offsets = {h, -h, 2 * h, -2 * h};
                for (int k = 0; k < 4; k++) {
                    moved.set(i, j, x + offsets[k]);
                    f[k] = run.set(node, moved).forward().scalar(cost);
                }
                moved.set(i, j, x);
                run.set(node, moved);
                double near = (f[0] - f[1]) / ((x + h) - (x - h));
                double far = (f[2] - f[3]) / ((x + 2 * h) - (x - 2 * h));
                double rounding = Math.ulp(1.0) * Math.max(Math.abs(f[0]), Math.abs(f[1])) / h;
                double error = SAFETY * (Math.abs(near - far) + rounding);
                entries.add(new GradientReport.Entry(node.describe(), i, j, gradient.get(i, j), near, error));
            }
        }
        return entries;
    }
}
