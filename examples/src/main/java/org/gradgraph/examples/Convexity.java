package org.gradgraph.examples;

import java.util.Locale;
import java.util.stream.IntStream;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.lesson.PictureLesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.gradgraph.graphviz.Curves;
import picocli.CommandLine.Command;

/** Why not the squared loss: J along w for both losses, with slopes and curvatures. */
@Command(
        name = "convexity",
        description = "Along w, the squared loss of a sigmoid bends down in places, so it is not convex;"
                + " the cross entropy bends up everywhere.")
@Question("Start at w = 2: where does gradient descent go with the squared loss, and where with the cross entropy?")
final class Convexity extends PictureLesson {
    /** Sums of two terms below 100. */
    private static final double ROUNDING = 1e-13;

    private static final double[] X = {1, 6};
    private static final double[] Y = {1, 0};

    // tag::java[]
    private final Node w = Node.parameter("w");
    private final Node x = Node.constant(new double[][] {X});
    private final Node y = Node.constant(new double[][] {Y});
    private final Node z = w.times(x);
    private final Node squared = z.sigmoid().minus(y).square().dividedBy(2.0).mean();
    private final Node crossEntropy = y.times(z.sigmoid().log())
            .plus(y.negate().plus(1).times(z.negate().sigmoid().log()))
            .mean()
            .negate();
    // end::java[]

    @Override
    protected void teach() {
        out().println("a = σ(w·x) for two examples: x = 1 with y = 1, and x = 6 with y = 0");
        out().println();
        TextTable table = new TextTable("w", "J, squared", "slope", "bends", "J, cross entropy", "slope", "bends");
        boolean bendsDown = false;
        for (double at : new double[] {-1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2}) {
            double[] s = jets(squared, at)[0];
            double[] c = jets(crossEntropy, at)[0];
            table.row(Texts.number(at), digits(s[0]), digits(s[1]), bend(s[2]), digits(c[0]), digits(c[1]), bend(c[2]));
            bendsDown |= s[2] < 0;
            checkByHand(at, s, c);
        }
        out().print(table);
        figures.holds("the squared loss bends down somewhere", bendsDown);

        double[] places =
                IntStream.rangeClosed(-75, 75).mapToDouble(i -> i / 50.0).toArray();
        picture(
                "squared-loss.svg",
                curve("The squared loss along w", squared, places),
                "not convex: it bends down in places");
        picture(
                "cross-entropy.svg",
                curve("The cross entropy along w", crossEntropy, places),
                "convex: a bowl with one lowest point");
        double[][] all = jets(crossEntropy, places);
        figures.holds(
                "the cross entropy bends up everywhere",
                IntStream.range(0, all.length).allMatch(i -> all[i][2] > 0));
    }

    /** J, dJ/dw and d²J/dw² at each place. */
    private double[][] jets(Node cost, double... places) {
        // tag::java[]
        Node slope = Derivatives.gradient(cost, w);
        Node curvature = Derivatives.gradient(slope, w);
        Run run = Program.of(cost, slope, curvature).newRun();
        // end::java[]
        double[][] jets = new double[places.length][];
        for (int i = 0; i < places.length; i++) {
            run.set(w, places[i]).forward();
            jets[i] = new double[] {run.scalar(cost), run.scalar(slope), run.scalar(curvature)};
        }
        return jets;
    }

    private void checkByHand(double at, double[] s, double[] c) {
        double[] squares = new double[3];
        double[] logs = new double[3];
        for (int i = 0; i < X.length; i++) {
            double a = 1 / (1 + Math.exp(-at * X[i]));
            double e = a - Y[i];
            double da = a * (1 - a);
            double m = X.length;
            squares[0] += e * e / 2 / m;
            squares[1] += e * da * X[i] / m;
            squares[2] += (da + e * (1 - 2 * a)) * da * X[i] * X[i] / m;
            logs[0] += Math.log1p(Math.exp((1 - 2 * Y[i]) * at * X[i])) / m;
            logs[1] += e * X[i] / m;
            logs[2] += da * X[i] * X[i] / m;
        }
        for (int k = 0; k < 3; k++) {
            figures.check("squared loss and its derivatives, by hand", squares[k], s[k], ROUNDING);
            figures.check("cross entropy and its derivatives, by hand", logs[k], c[k], ROUNDING);
        }
    }

    private String curve(String title, Node cost, double... places) {
        double[][] jets = jets(cost, places);
        double[] costs =
                IntStream.range(0, jets.length).mapToDouble(i -> jets[i][0]).toArray();
        return Curves.titled(title).axes("w", "J").curve("J", places, costs).toString();
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }

    private static String bend(double curvature) {
        return curvature < 0 ? "down" : "up";
    }
}
