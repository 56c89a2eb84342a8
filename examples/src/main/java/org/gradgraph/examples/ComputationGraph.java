package org.gradgraph.examples;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.gradgraph.examples.console.Figures;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.nudge.Nudge;
import org.gradgraph.examples.output.GraphPicture;
import org.gradgraph.examples.output.OutputFolder;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.explain.Derivation;
import org.gradgraph.explain.Trace;
import org.gradgraph.graph.Node;
import org.gradgraph.graphviz.Dot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** J = 3(a + bc): both passes, and the derivatives found again by nudging. */
@Command(
        name = "computation-graph",
        description = "The first graph of the course, J = 3(a + bc): every value, every derivative, the nudge table.",
        sortOptions = false)
final class ComputationGraph implements Callable<Integer> {
    private static final double NUDGE = 0.001;

    /** Rounding of J, magnified by dividing through the nudge, with room to spare. */
    private static final double TOLERANCE = 1e-9;

    private final PrintWriter out;
    private final Node a = Node.parameter("a");
    private final Node b = Node.parameter("b");
    private final Node c = Node.parameter("c");
    private final Node u = b.times(c).named("u");
    private final Node v = a.plus(u).named("v");
    private final Node j = v.times(3).named("J");

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where the picture goes; ${DEFAULT-VALUE} unless given.")
    private Path folder = Path.of("gradgraph-output");

    ComputationGraph(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        OutputFolder output = OutputFolder.at(folder);
        Feeds feeds = Feeds.of(a, 5).and(b, 3).and(c, 2);
        Run run = Program.of(j).withGradients(a, b, c, u, v, j).keepingAll().newRun();
        run.set(feeds).forward().backward();

        out.println("J = 3(a + bc) at a = 5, b = 3, c = 2, in steps: u = bc, v = a + u, J = 3v");
        out.println();
        out.println("The values come from left to right, the derivatives from right to left. Beside them, what");
        out.println("u, v and J become when the node alone is moved by 0.001, and how fast J moved with it.");
        out.println();
        Figures figures = new Figures();
        showNodes(run, feeds, figures);
        out.println();
        out.println("what the graph derives, from right to left:");
        Derivation.of(j, v, u, a, b, c).toString().lines().forEach(line -> out.println("  " + line));
        out.println();
        out.println("both passes as one table:");
        Trace.of(run).toString().lines().forEach(line -> out.println("  " + line));
        out.println();
        out.println("picture in " + output.path());
        out.println(GraphPicture.write(Dot.of(j, feeds), "computation-graph", output));
        out.print(figures);
        return figures.exitCode();
    }

    private void showNodes(Run run, Feeds feeds, Figures figures) {
        TextTable table = new TextTable("node", "value", "dJ/dnode", "u", "v", "J", "slope");
        for (Node node : List.of(a, b, c, u, v, j)) {
            double value = run.scalar(node);
            double derivative = run.gradientScalar(node);
            Nudge nudge = Nudge.of(j, feeds, node, value + NUDGE);
            double slope = (nudge.value(j) - run.scalar(j)) / NUDGE;
            table.row(
                    node.name().orElseThrow(),
                    Texts.number(value),
                    Texts.number(derivative),
                    moved(u, run, nudge),
                    moved(v, run, nudge),
                    moved(j, run, nudge),
                    String.format(Locale.ROOT, "%.3f", slope));
            figures.check("dJ/dnode beside the slope", slope, derivative, TOLERANCE);
        }
        double[] values = {5, 3, 2, 6, 11, 33};
        double[] derivatives = {3, 6, 9, 3, 3, 1};
        List<Node> nodes = List.of(a, b, c, u, v, j);
        for (int i = 0; i < values.length; i++) {
            figures.check("values", values[i], run.scalar(nodes.get(i)), 0);
            figures.check(
                    "derivatives", derivatives[i], run.gradient(nodes.get(i)).get(0), 0);
        }
        out.print(table);
    }

    private static String moved(Node node, Run run, Nudge nudge) {
        double value = nudge.value(node);
        return value == run.scalar(node) ? "" : Texts.number(value);
    }
}
