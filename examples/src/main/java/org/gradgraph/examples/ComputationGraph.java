package org.gradgraph.examples;

import java.util.List;
import java.util.Locale;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.lesson.PictureLesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.nudge.Nudge;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.explain.Derivation;
import org.gradgraph.explain.Trace;
import org.gradgraph.graph.Node;
import org.gradgraph.graphviz.Dot;
import picocli.CommandLine.Command;

/** J = 3(a + bc): both passes, and the derivatives found again by nudging. */
@Command(
        name = "computation-graph",
        description = "In J = 3(a + bc), values flow from left to right, and derivatives from right to left.")
@Question("dJ/db is 6: which two numbers on the way from J back to b were multiplied?")
final class ComputationGraph extends PictureLesson {
    private static final double NUDGE = 0.001;

    /** Rounding of J, magnified by dividing through the nudge, with room to spare. */
    private static final double TOLERANCE = 1e-9;

    // tag::java[]
    private final Node a = Node.parameter("a");
    private final Node b = Node.parameter("b");
    private final Node c = Node.parameter("c");
    private final Node u = b.times(c).named("u");
    private final Node v = a.plus(u).named("v");
    private final Node j = v.times(3).named("J");
    // end::java[]

    @Override
    protected void teach() {
        // tag::java[]
        Feeds feeds = Feeds.of(a, 5).and(b, 3).and(c, 2);
        Run run = Program.of(j).withGradients(a, b, c, u, v, j).keepingAll().newRun();
        run.set(feeds).forward().backward();
        // end::java[]

        out().println("J = 3(a + bc) at a = 5, b = 3, c = 2, in steps: u = bc, v = a + u, J = 3v");
        out().println();
        out().println("The values come from left to right, the derivatives from right to left. Beside them, what");
        out().println("u, v and J become when the node alone is moved by 0.001, and how fast J moved with it.");
        out().println();
        showNodes(run, feeds);
        showChainRule(run);
        out().println();
        out().println("what the graph derives, from right to left:");
        Derivation.of(j, v, u, a, b, c).toString().lines().forEach(line -> out().println("  " + line));
        out().println();
        out().println("both passes as one table:");
        Trace.of(run).toString().lines().forEach(line -> out().println("  " + line));
        graph("computation-graph", Dot.of(j, feeds));
    }

    private void showNodes(Run run, Feeds feeds) {
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
        out().print(table);
    }

    /** A node passes on its derivative, times the slope of its own step. */
    private void showChainRule(Run run) {
        out().println();
        out().println("the chain rule: a derivative is the product of those on the way back from J");
        out().println("  dJ/dv = 3");
        product(run, v, u);
        product(run, v, a);
        product(run, u, b);
        product(run, u, c);
    }

    private void product(Run run, Node outer, Node inner) {
        Feeds values = Feeds.of(a, run.scalar(a)).and(b, run.scalar(b)).and(c, run.scalar(c));
        Node step = Derivatives.gradient(outer, inner);
        double local = Program.of(step, j).newRun().set(values).forward().scalar(step);
        double first = run.gradient(outer).get(0);
        double derivative = run.gradient(inner).get(0);
        String from = outer.name().orElseThrow();
        String to = inner.name().orElseThrow();
        out().printf(
                        Locale.ROOT,
                        "  dJ/d%2$s = dJ/d%1$s · d%1$s/d%2$s = %3$.0f · %4$.0f = %5$.0f%n",
                        from,
                        to,
                        first,
                        local,
                        derivative);
        figures.check("the chain rule as a product", derivative, first * local, 0);
    }

    private static String moved(Node node, Run run, Nudge nudge) {
        double value = nudge.value(node);
        return value == run.scalar(node) ? "" : Texts.number(value);
    }
}
