package org.gradgraph.examples.logistic;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;

/**
 * Gradient descent on all examples at once: w := w − α·dw, b := b − α·db.
 *
 * <p>The steps of a descent share their matrices and allocate none.
 *
 * <pre>{@code
 * Descent descent = Descent.fromZeros(model, x, y);
 * double cost = descent.cost();
 * descent.step(0.1);
 * }</pre>
 */
public final class Descent {
    private final LogisticModel model;
    private final Run run;
    private final DMatrixRMaj x;
    private final DMatrixRMaj y;
    private final DMatrixRMaj w;
    private final DMatrixRMaj b;
    private final DMatrixRMaj dw;
    private final DMatrixRMaj db = new DMatrixRMaj(1, 1);

    private Descent(LogisticModel model, DMatrixRMaj x, DMatrixRMaj y, DMatrixRMaj w, double b) {
        this.model = model;
        this.x = x;
        this.y = y;
        this.w = w.copy();
        this.b = new DMatrixRMaj(1, 1, true, b);
        this.dw = new DMatrixRMaj(w.numRows, 1);
        this.run = Program.of(model.cost(), model.a())
                .withGradients(model.w(), model.b(), model.z())
                .newRun();
        run.set(feeds()).forward();
    }

    /** A descent that starts from weights and a bias of zero. */
    public static Descent fromZeros(LogisticModel model, DMatrixRMaj x, DMatrixRMaj y) {
        return from(model, x, y, new DMatrixRMaj(x.numRows, 1), 0);
    }

    /**
     * A descent from a chosen point.
     *
     * @param x the features, examples in columns, not modified
     * @param y the labels, not modified
     * @param w the first weights, copied
     * @param b the first bias
     */
    public static Descent from(LogisticModel model, DMatrixRMaj x, DMatrixRMaj y, DMatrixRMaj w, double b) {
        return new Descent(model, x, y, w, b);
    }

    /** The cost where the descent is now. */
    public double cost() {
        return run.scalar(model.cost());
    }

    /** One step along the negative gradient, α = {@code rate} times as long. */
    // tag::java[]
    public void step(double rate) {
        run.backward();
        run.gradient(model.w(), dw);
        run.gradient(model.b(), db);
        CommonOps_DDRM.addEquals(w, -rate, dw);
        CommonOps_DDRM.addEquals(b, -rate, db);
        run.set(model.w(), w).set(model.b(), b).forward();
    }
    // end::java[]

    /** The gradients where the descent is now, beside those by hand. */
    public GradientComparison compareWithHand() {
        run.backward();
        DMatrixRMaj a = run.value(model.a());
        Gradients graph = new Gradients(run.gradient(model.z()), run.gradient(model.w()), run.gradient(model.b()));
        return new GradientComparison(graph, Gradients.byHand(x, y, a));
    }

    /** How many examples are on the wrong side: label 1 is predicted where A > 0.5. */
    public int errors() {
        DMatrixRMaj a = run.value(model.a());
        int errors = 0;
        for (int j = 0; j < a.numCols; j++) {
            errors += (a.get(0, j) > 0.5) == (y.get(0, j) == 1) ? 0 : 1;
        }
        return errors;
    }

    /** The weights, copied. */
    public DMatrixRMaj w() {
        return w.copy();
    }

    /** The bias. */
    public double b() {
        return b.get(0);
    }

    /** Everything that the cost is computed from, as it is now. */
    public Feeds feeds() {
        return Feeds.of(model.x(), x).and(model.y(), y).and(model.w(), w).and(model.b(), b);
    }
}
