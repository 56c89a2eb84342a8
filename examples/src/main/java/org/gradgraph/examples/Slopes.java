package org.gradgraph.examples;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
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

/** A derivative is a slope: functions of one number, nudged by 0.001. */
@Command(name = "slopes", description = "A derivative is a slope: how far f(a) moves, divided by how far a was moved.")
@Question("Why has 3a the same slope at 2 and at 5, and a² not?")
final class Slopes extends PictureLesson {
    private static final double NUDGE = 0.001;

    /** Half a unit of the last digit that the course prints for the logarithm. */
    private static final double FIVE_DIGITS = 0.5e-5;

    private static final double EXACT = 1e-12;

    /** A function at a place, with the figures of the course: f(a), f(a + 0.001) and the slope. */
    private record Place(String name, UnaryOperator<Node> f, double a, double value, double nudged, double slope) {
        double allowed() {
            return name.startsWith("ln") ? FIVE_DIGITS : EXACT;
        }
    }

    private static final List<Place> PLACES = List.of(
            new Place("3a", a -> a.times(3), 2, 6, 6.003, 3),
            new Place("3a", a -> a.times(3), 5, 15, 15.003, 3),
            new Place("a²", Node::square, 2, 4, 4.004001, 4),
            new Place("a²", Node::square, 5, 25, 25.010001, 10),
            new Place("a³", a -> a.power(3), 2, 8, 8.012006001, 12),
            new Place("ln a", Node::log, 2, 0.69315, 0.69365, 0.5));

    @Override
    protected void teach() {
        TextTable table = new TextTable("f(a)", "a", "f(a)", "f(a + 0.001)", "moved by", "moved / 0.001", "derivative");
        PLACES.forEach(place -> show(place, table));
        out().print(table);
        out().println();
        out().println("The smaller the move, the closer is the last column but one to the last. The triangles of the");
        out().println("pictures go 1 to the right and, along the tangent, as far up as the slope says.");
        picture("slopes-line.svg", triangles("3a", a -> 3 * a, 3, 3).toString(), "3a and its slope at 2 and at 5");
        picture("slopes.svg", triangles("a²", a -> a * a, 4, 10).toString(), "a² and its slope at 2 and at 5");
    }

    private void show(Place place, TextTable table) {
        // tag::java[]
        Node a = Node.parameter("a");
        Node f = place.f().apply(a);
        Run run = Program.of(f).withGradients(a).newRun();
        double value = run.set(a, place.a()).forward().scalar(f);
        double slope = run.backward().gradientScalar(a);
        double nudged = run.set(a, place.a() + NUDGE).forward().scalar(f);
        // end::java[]
        table.row(
                place.name(),
                Texts.number(place.a()),
                Texts.number(value),
                Texts.number(nudged),
                String.format(Locale.ROOT, "%.9f", nudged - value),
                String.format(Locale.ROOT, "%.6f", (nudged - value) / NUDGE),
                Texts.number(slope));
        String suffix = place.allowed() == EXACT ? "" : " of ln a";
        figures.check("f(a)" + suffix, place.value(), value, place.allowed());
        figures.check("f(a + 0.001)" + suffix, place.nudged(), nudged, place.allowed());
        figures.check("derivative", place.slope(), slope, EXACT);
    }

    private static Curves triangles(String name, DoubleUnaryOperator f, int slopeAt2, int slopeAt5) {
        double[] x = IntStream.rangeClosed(0, 60).mapToDouble(i -> i / 10.0).toArray();
        return Curves.titled("The slope of " + name)
                .axes("a", name)
                .curve(name, x, DoubleStream.of(x).map(f).toArray())
                .points("at 2: 1 right, " + slopeAt2 + " up", new double[] {2, 3, 3, 2}, corners(f, 2, slopeAt2))
                .points("at 5: 1 right, " + slopeAt5 + " up", new double[] {5, 6, 6, 5}, corners(f, 5, slopeAt5));
    }

    private static double[] corners(DoubleUnaryOperator f, double a, double slope) {
        double y = f.applyAsDouble(a);
        return new double[] {y, y, y + slope, y};
    }
}
