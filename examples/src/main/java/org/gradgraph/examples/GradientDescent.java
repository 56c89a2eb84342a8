package org.gradgraph.examples;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.lesson.PictureLesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.gradgraph.graphviz.Curves;
import picocli.CommandLine.Command;

/** A bowl, and descents into it from both sides, at rates that are good and too large. */
@Command(
        name = "gradient-descent",
        description =
                "w := w − α·dJ/dw walks downhill: a positive slope is a step to the left, a negative one to the right.")
@Question("With J = (w − 3)², from which α on is w further from 3 after each step than before?")
final class GradientDescent extends PictureLesson {
    private static final int STEPS = 8;
    private static final double MINIMUM = 3;

    /** A few dozen roundings of numbers below 40. */
    private static final double ROUNDING = 1e-12;

    // tag::java[]
    private final Node w = Node.parameter("w");
    private final Node j = w.minus(MINIMUM).square().named("J");
    // end::java[]

    @Override
    protected void teach() {
        out().println("J = (w − 3)², so dJ/dw = 2(w − 3); its minimum is at w = 3");
        Curves curve = bowl("Into the bowl from both sides", -1, 7);
        curve = descend(curve, "from the left, α = 0.2", 0, 0.2);
        curve = descend(curve, "from the right, α = 0.2", 6, 0.2);
        picture("descent.svg", curve.toString(), "steps to the right where J falls, to the left where it rises");

        Curves wild = bowl("A rate that is too large", -7, 13);
        wild = descend(wild, "too large, α = 1.1", 4.5, 1.1);
        picture("rate-too-large.svg", wild.toString(), "each step lands higher on the other side");

        picture("bowl.svg", fromAbove().toString(), "J = w² + 3b² from above, and the way down");
    }

    private static Curves bowl(String title, double low, double high) {
        double[] x = IntStream.rangeClosed(0, 100)
                .mapToDouble(i -> low + (high - low) * i / 100)
                .toArray();
        return Curves.titled(title)
                .axes("w", "J")
                .curve(
                        "J",
                        x,
                        DoubleStream.of(x)
                                .map(a -> (a - MINIMUM) * (a - MINIMUM))
                                .toArray());
    }

    private Curves descend(Curves curves, String name, double start, double rate) {
        double[] places = new double[STEPS + 1];
        double[] costs = new double[STEPS + 1];
        double[] slopes = new double[STEPS + 1];
        // tag::java[]
        Run run = Program.of(j).withGradients(w).newRun();
        double at = start;
        for (int k = 0; k <= STEPS; k++) {
            places[k] = at;
            costs[k] = run.set(w, at).forward().scalar(j);
            slopes[k] = run.backward().gradient(w).get(0);
            at = at - rate * slopes[k]; // w := w − α·dJ/dw
        }
        // end::java[]
        TextTable table = new TextTable(name, "w", "J", "dJ/dw", "so w goes");
        for (int k = 0; k <= STEPS; k++) {
            String direction = slopes[k] > 0 ? "left" : "right";
            table.row("step " + k, digits(places[k]), digits(costs[k]), digits(slopes[k]), direction);
            // w − 3 is multiplied by 1 − 2α in each step.
            double distance = (start - MINIMUM) * Math.pow(1 - 2 * rate, k);
            figures.check("w, " + name, MINIMUM + distance, places[k], ROUNDING);
            figures.check("J, " + name, distance * distance, costs[k], ROUNDING);
            figures.check("slope, " + name, 2 * distance, slopes[k], ROUNDING);
        }
        out().println();
        out().print(table);
        return curves.points(name, places, costs);
    }

    /** Lines of equal height are ellipses; a step goes at right angles to them, not straight to the middle. */
    private Curves fromAbove() {
        Curves curves = Curves.titled("The bowl J = w² + 3b² from above").axes("w", "b");
        for (double height : List.of(1.0, 4.0, 9.0, 16.0)) {
            double[] angles = IntStream.rangeClosed(0, 72)
                    .mapToDouble(i -> Math.PI * i / 36)
                    .toArray();
            curves = curves.curve(
                    "J = " + Texts.number(height),
                    Arrays.stream(angles)
                            .map(t -> Math.sqrt(height) * Math.cos(t))
                            .toArray(),
                    Arrays.stream(angles)
                            .map(t -> Math.sqrt(height / 3) * Math.sin(t))
                            .toArray());
        }
        Node b = Node.parameter("b");
        Node cost = w.square().plus(b.square().times(3));
        Run run = Program.of(cost).withGradients(w, b).newRun();
        double[] ws = new double[STEPS + 1];
        double[] bs = new double[STEPS + 1];
        ws[0] = -3;
        bs[0] = 1.5;
        for (int k = 0; k < STEPS; k++) {
            run.set(w, ws[k]).set(b, bs[k]).forward().backward();
            ws[k + 1] = ws[k] - 0.1 * run.gradient(w).get(0);
            bs[k + 1] = bs[k] - 0.1 * run.gradient(b).get(0);
        }
        figures.check("w in the bowl", -3 * Math.pow(0.8, STEPS), ws[STEPS], ROUNDING);
        figures.check("b in the bowl", 1.5 * Math.pow(0.4, STEPS), bs[STEPS], ROUNDING);
        return curves.points("descent, α = 0.1", ws, bs);
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
