package org.gradgraph.examples;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.explain.Derivation;
import org.gradgraph.graph.Node;
import picocli.CommandLine.Command;

/** Logistic regression on one example: every derivative by hand and by graph. */
@Command(
        name = "one-example",
        description =
                "For one example the chain rule leaves dz = a − y, and each parameter moves against its derivative.")
@Question("x2 is negative, so w2 moves the other way than w1. Why does that also raise a towards y = 1?")
final class OneExample extends Lesson {
    /** The hand's and the graph's order of operations differ by a few roundings of numbers around 3. */
    private static final double ROUNDING = 1e-14;

    private static final double RATE = 0.1;
    private static final double X1 = 1;
    private static final double X2 = -2;
    private static final double W1 = 0.5;
    private static final double W2 = 0.25;
    private static final double B = 0.75;
    private static final double ACTIVATION = 1 / (1 + Math.exp(-(W1 * X1 + W2 * X2 + B)));

    // tag::java[]
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
    // end::java[]

    @Override
    protected void teach() {
        out().println("z = w1·x1 + w2·x2 + b,  a = σ(z),  L = −(y·ln a + (1 − y)·ln(1 − a))");
        out().println("x1 = 1, x2 = −2, w1 = 0.5, w2 = 0.25, b = 0.75, so z is 0.75");
        out().println();
        out().println("what the graph derives:");
        Derivation.of(loss, a, z, w1, w2, b).toString().lines().forEach(line -> out().println("  " + line));
        compare(1);
        compare(0);
        update();
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
        out().println();
        out().println("a = " + activation + ", L = " + run.scalar(loss));
        out().print(table);
    }

    /** One step of gradient descent for y = 1. */
    private void update() {
        // tag::java[]
        Run run = Program.of(loss).withGradients(w1, w2, b).newRun();
        run.set(x1, X1).set(x2, X2).set(y, 1);
        double before = run.set(w1, W1).set(w2, W2).set(b, B).forward().scalar(loss);
        run.backward();
        double newW1 = W1 - RATE * run.gradient(w1).get(0);
        double newW2 = W2 - RATE * run.gradient(w2).get(0);
        double newB = B - RATE * run.gradient(b).get(0);
        double after = run.set(w1, newW1).set(w2, newW2).set(b, newB).forward().scalar(loss);
        // end::java[]
        out().println();
        out().println("the update with α = " + RATE + ", for y = 1");
        double dz = ACTIVATION - 1;
        updated("w1", W1, X1 * dz, newW1);
        updated("w2", W2, X2 * dz, newW2);
        updated("b", B, dz, newB);
        out().printf(Locale.ROOT, "  L was %.6f, and is %.6f%n", before, after);
        figures.holds("the loss is smaller", after < before);
    }

    private void updated(String name, double old, double derivative, double found) {
        out().printf(
                        Locale.ROOT,
                        "  %1$s := %1$s − α·d%1$s = %2$s − %3$s·(%4$.6f) = %5$.6f%n",
                        name,
                        old,
                        RATE,
                        derivative,
                        found);
        figures.check("update", old - RATE * derivative, found, ROUNDING);
    }

    private Map<Node, Double> byHand(double label) {
        double dz = ACTIVATION - label;
        Map<Node, Double> derivatives = new LinkedHashMap<>();
        derivatives.put(a, -label / ACTIVATION + (1 - label) / (1 - ACTIVATION));
        derivatives.put(z, dz);
        derivatives.put(w1, X1 * dz);
        derivatives.put(w2, X2 * dz);
        derivatives.put(b, dz);
        return derivatives;
    }
}
