package org.gradgraph.examples;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.gradgraph.examples.console.Figures;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.explain.Derivation;
import org.gradgraph.graph.Node;
import picocli.CommandLine.Command;

/** Logistic regression on one example: every derivative by hand and by graph. */
@Command(
        name = "one-example",
        description = "Logistic regression on one example: da, dz, dw1, dw2 and db by hand and by graph.",
        sortOptions = false)
final class OneExample implements Callable<Integer> {
    /** The hand's and the graph's order of operations differ by a few roundings of numbers around 3. */
    private static final double ROUNDING = 1e-14;

    private static final double X1 = 1;
    private static final double X2 = -2;
    private static final double W1 = 0.5;
    private static final double W2 = 0.25;
    private static final double B = 0.75;

    private final PrintWriter out;
    private final Node x1 = Node.input("x1");
    private final Node x2 = Node.input("x2");
    private final Node y = Node.input("y");
    private final Node w1 = Node.parameter("w1");
    private final Node w2 = Node.parameter("w2");
    private final Node b = Node.parameter("b");
    private final Node z = w1.times(x1).plus(w2.times(x2)).plus(b).named("z");
    private final Node a = z.sigmoid().named("a");
    private final Node loss = y.times(a.log())
            .plus(y.negate().plus(1).times(a.negate().plus(1).log()))
            .negate()
            .named("L");
    private final Figures figures = new Figures();

    OneExample(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        out.println("z = w1·x1 + w2·x2 + b,  a = σ(z),  L = −(y·ln a + (1 − y)·ln(1 − a))");
        out.println("x1 = 1, x2 = −2, w1 = 0.5, w2 = 0.25, b = 0.75, so z is 0.75");
        out.println();
        out.println("what the graph derives:");
        Derivation.of(loss, a, z, w1, w2, b).toString().lines().forEach(line -> out.println("  " + line));
        compare(1);
        compare(0);
        out.print(figures);
        return figures.exitCode();
    }

    private void compare(double label) {
        Run run = Program.of(loss).withGradients(a, z, w1, w2, b).keepingAll().newRun();
        run.set(x1, X1).set(x2, X2).set(y, label);
        run.set(w1, W1).set(w2, W2).set(b, B).forward().backward();
        double activation = run.scalar(a);

        TextTable table = new TextTable("y = " + Texts.number(label), "by hand", "by graph");
        byHand(label).forEach((node, hand) -> {
            double graph = run.gradientScalar(node);
            String name = "d" + node.name().orElseThrow();
            table.row(name, Double.toString(hand), Double.toString(graph));
            figures.check(name, hand, graph, ROUNDING);
        });
        // p(y|x) = a^y·(1 − a)^(1 − y)
        double likelihood = Math.pow(activation, label) * Math.pow(1 - activation, 1 - label);
        figures.check("ln p(y|x) = −L", -Math.log(likelihood), run.scalar(loss), ROUNDING);
        out.println();
        out.println("a = " + activation + ", L = " + run.scalar(loss));
        out.print(table);
    }

    private Map<Node, Double> byHand(double label) {
        double activation = 1 / (1 + Math.exp(-(W1 * X1 + W2 * X2 + B)));
        double dz = activation - label;
        Map<Node, Double> derivatives = new LinkedHashMap<>();
        derivatives.put(a, -label / activation + (1 - label) / (1 - activation));
        derivatives.put(z, dz);
        derivatives.put(w1, X1 * dz);
        derivatives.put(w2, X2 * dz);
        derivatives.put(b, dz);
        return derivatives;
    }
}
