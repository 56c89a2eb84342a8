package org.gradgraph.examples;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.gradgraph.examples.console.Figures;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.output.OutputFolder;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.gradgraph.graphviz.Curves;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A derivative is a slope: functions of one number, nudged by 0.001. */
@Command(
        name = "slopes",
        description = "Functions nudged by 0.001 beside their exact derivatives, and a curve with two of its slopes.",
        sortOptions = false)
final class Slopes implements Callable<Integer> {
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

    private final PrintWriter out;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where the picture goes; ${DEFAULT-VALUE} unless given.")
    private Path folder = Path.of("gradgraph-output");

    Slopes(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        OutputFolder output = OutputFolder.at(folder);
        out.println("How fast a function moves when a moves by 0.001, and its derivative by the graph");
        out.println();
        Figures figures = new Figures();
        TextTable table = new TextTable("f(a)", "a", "f(a)", "f(a + 0.001)", "moved by", "moved / 0.001", "derivative");
        PLACES.forEach(place -> show(place, table, figures));
        out.print(table);
        out.println();
        out.println("Moving by less brings the last but one column closer to the last one.");
        out.println();
        out.println("picture in " + output.path());
        output.write("slopes.svg", curve().toString());
        out.println(OutputFolder.entry("slopes.svg", "a² and its slopes at 2 and 5"));
        out.print(figures);
        return figures.exitCode();
    }

    private static void show(Place place, TextTable table, Figures figures) {
        Node a = Node.parameter("a");
        Node f = place.f().apply(a);
        Run run = Program.of(f).withGradients(a).newRun();
        double value = run.set(a, place.a()).forward().scalar(f);
        double slope = run.backward().gradientScalar(a);
        double nudged = run.set(a, place.a() + NUDGE).forward().scalar(f);
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

    private static Curves curve() {
        double[] x = IntStream.rangeClosed(0, 60).mapToDouble(i -> i / 10.0).toArray();
        double[] at2 = {1, 3};
        double[] at5 = {4, 6};
        return Curves.titled("The slope of a²")
                .axes("a", "a²")
                .curve("a²", x, DoubleStream.of(x).map(a -> a * a).toArray())
                .curve("slope 4 at a = 2", at2, new double[] {0, 8})
                .curve("slope 10 at a = 5", at5, new double[] {15, 35});
    }
}
