package org.gradgraph.examples;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.logistic.LogisticModel;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import picocli.CommandLine.Command;

/** The functions of the exercise with cat pictures, on three examples: initialize, propagate, optimize, predict. */
@Command(
        name = "four-functions",
        description = "Logistic regression is four small functions: initialize, propagate, optimize, predict.")
@Question("predict says 1 where a > 0.5: what does that say about z = wᵀx + b?")
final class FourFunctions extends Lesson {
    private static final double[][] X = {{1, -2, -1}, {3, 0.5, -3.2}};
    private static final double[][] Y = {{1, 1, 0}};
    private static final int ITERATIONS = 100;
    private static final double RATE = 0.009;

    /** Half a unit of the last digit that the course prints. */
    private static final double EIGHT_DIGITS = 0.5e-8;

    private static final double SEVEN_DIGITS = 0.5e-7;

    /** A hundred sums are rounded on the way. */
    private static final double ALL_DIGITS = 1e-14;

    // tag::java[]
    private record Parameters(DMatrixRMaj w, double b) {}

    private record Propagated(double cost, DMatrixRMaj dw, double db) {}

    private final LogisticModel model = new LogisticModel(2);
    private final Run run =
            Program.of(model.cost()).withGradients(model.w(), model.b()).newRun();

    private static Parameters initialize(int features) {
        return new Parameters(new DMatrixRMaj(features, 1), 0);
    }

    private Propagated propagate(Parameters at, double[][] x, double[][] y) {
        run.set(model.w(), at.w()).set(model.b(), at.b()).set(model.x(), x).set(model.y(), y);
        double cost = run.forward().scalar(model.cost());
        run.backward();
        return new Propagated(
                cost, run.gradient(model.w()), run.gradient(model.b()).get(0));
    }

    private Parameters optimize(Parameters at, double[][] x, double[][] y, int iterations, double rate) {
        for (int k = 0; k < iterations; k++) {
            Propagated found = propagate(at, x, y);
            DMatrixRMaj w = CommonOps_DDRM.add(at.w(), -rate, found.dw(), null); // w := w − α·dw
            at = new Parameters(w, at.b() - rate * found.db());
        }
        return at;
    }

    private double[] predict(Parameters at, double[][] x) {
        Run forward = Program.of(model.a()).newRun();
        forward.set(model.w(), at.w()).set(model.b(), at.b()).set(model.x(), x).forward();
        return Arrays.stream(forward.value(model.a()).data)
                .map(a -> a > 0.5 ? 1 : 0)
                .toArray();
    }
    // end::java[]

    @Override
    protected void teach() {
        Parameters zeros = initialize(2);
        show("initialize(2): w", zeros.w(), 8);
        out().println("  b = " + zeros.b());
        figures.check("initialize", new double[][] {{0}, {0}}, zeros.w(), 0);

        Parameters start = new Parameters(new DMatrixRMaj(new double[][] {{1}, {2}}), 1.5);
        Propagated first = propagate(start, X, Y);
        out().println();
        out().println("propagate at w = [1, 2]ᵀ, b = 1.5, with X = [1 −2 −1; 3 0.5 −3.2], Y = [1 1 0]");
        show("  dw", first.dw(), 8);
        out().println("  db   = " + first.db());
        out().println("  cost = " + first.cost());
        figures.check("propagate, dw", new double[][] {{0.25071532}, {-0.06604096}}, first.dw(), EIGHT_DIGITS);
        figures.check("propagate, db", -0.1250040450043965, first.db(), ALL_DIGITS);
        figures.check("propagate, cost", 0.15900537707692405, first.cost(), ALL_DIGITS);

        Parameters end = optimize(start, X, Y, ITERATIONS, RATE);
        // The gradients that the course prints are those of the last iteration.
        Propagated last = propagate(optimize(start, X, Y, ITERATIONS - 1, RATE), X, Y);
        out().println();
        out().println("optimize: " + ITERATIONS + " iterations, α = " + RATE);
        show("  w", end.w(), 8);
        out().println("  b    = " + end.b());
        show("  dw of the last iteration", last.dw(), 8);
        out().println("  db   = " + last.db());
        figures.check("optimize, w", 0.80956046, end.w().get(0), EIGHT_DIGITS);
        figures.check("optimize, w", 2.0508202, end.w().get(1), SEVEN_DIGITS);
        figures.check("optimize, b", 1.5948713189708588, end.b(), ALL_DIGITS);
        figures.check("optimize, dw", new double[][] {{0.17860505}, {-0.04840656}}, last.dw(), EIGHT_DIGITS);
        figures.check("optimize, db", -0.08888460336847771, last.db(), ALL_DIGITS);

        Parameters given = new Parameters(new DMatrixRMaj(new double[][] {{0.1124579}, {0.23106775}}), -0.3);
        double[] predicted = predict(given, new double[][] {{1, -1.1, -3.2}, {1.2, 2, 0.1}});
        out().println();
        show("predict with other parameters", new DMatrixRMaj(new double[][] {predicted}), 0);
        figures.check("predict", new double[][] {{1, 1, 0}}, new DMatrixRMaj(new double[][] {predicted}), 0);
    }
}
