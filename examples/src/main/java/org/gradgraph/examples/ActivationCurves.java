package org.gradgraph.examples;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.lesson.PictureLesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.lesson.Values;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Node;
import org.gradgraph.graphviz.Curves;
import picocli.CommandLine.Command;

/** σ, tanh, ReLU, leaky ReLU and −log ŷ: values, slopes and curves. */
@Command(
        name = "activations",
        description =
                "An activation bends z into an output: σ and tanh flatten at both ends, ReLU and leaky ReLU at one.")
@Question(
        "At z = −10 and z = 10, which of the four activations still pass a slope back, and what does a slope of 0 do?")
final class ActivationCurves extends PictureLesson {
    private static final double[] PLACES = {-10, -1, 0, 1, 10};

    /** Values and slopes are at most 1 but for ReLU's, and those are exact. */
    private static final double ROUNDING = 1e-15;

    private static final double LEAK = 0.01;

    // tag::java[]
    private static final Map<String, UnaryOperator<Node>> ACTIVATIONS = new LinkedHashMap<>();

    static {
        ACTIVATIONS.put("σ(z)", Node::sigmoid);
        ACTIVATIONS.put("tanh(z)", Node::tanh);
        ACTIVATIONS.put("ReLU(z)", Node::relu);
        ACTIVATIONS.put("leaky ReLU(z)", z -> Activations.leakyRelu(z, LEAK));
    }
    // end::java[]

    @Override
    protected void teach() {
        table("a", 0);
        out().println();
        table("da/dz", 1);
        checkByHand();
        double[] ends = valuesAndSlopes(Node::sigmoid, -100, 100)[0];
        out().println();
        out().printf(Locale.ROOT, "far out: σ(−100) = %.1e, σ(100) = %.1f%n", ends[0], ends[1]);
        figures.check("σ far out", Math.exp(-100), ends[0], 1e-58).check("σ far out", 1, ends[1], 0);
        loss();

        Curves curves = Curves.titled("Four activations").axes("z", "a");
        double[] z = IntStream.rangeClosed(-100, 100).mapToDouble(i -> i / 25.0).toArray();
        for (Map.Entry<String, UnaryOperator<Node>> entry : ACTIVATIONS.entrySet()) {
            curves = curves.curve(entry.getKey(), z, valuesAndSlopes(entry.getValue(), z)[0]);
        }
        picture("activations.svg", curves.toString(), "σ, tanh, ReLU and leaky ReLU");
    }

    private static double[][] valuesAndSlopes(UnaryOperator<Node> f, double... places) {
        // tag::java[]
        Node z = Node.parameter("z", 1, places.length);
        Node a = f.apply(z).named("a");
        Run run = Program.of(a.sum()).withGradients(z).keeping(a).newRun();
        run.set(z, new double[][] {places}).forward().backward();
        return new double[][] {run.value(a).data, run.gradient(z).data};
        // end::java[]
    }

    private void table(String name, int which) {
        List<String> titles = new ArrayList<>(List.of(name + " at z"));
        ACTIVATIONS.keySet().forEach(titles::add);
        TextTable table = new TextTable(titles.toArray(String[]::new));
        for (double place : PLACES) {
            List<String> row = new ArrayList<>(List.of(Texts.number(place)));
            ACTIVATIONS.values().forEach(f -> row.add(digits(valuesAndSlopes(f, place)[which][0])));
            table.row(row.toArray(String[]::new));
        }
        out().print(table);
    }

    private void checkByHand() {
        for (double z : PLACES) {
            double s = 1 / (1 + Math.exp(-z));
            double t = Math.tanh(z);
            check("σ(z)", z, s, s * (1 - s));
            check("tanh(z)", z, t, 1 - t * t);
            check("ReLU(z)", z, Math.max(z, 0), z > 0 ? 1 : 0);
            check("leaky ReLU(z)", z, z > 0 ? z : LEAK * z, z > 0 ? 1 : LEAK);
        }
    }

    private void check(String name, double z, double value, double slope) {
        double[][] found = valuesAndSlopes(requireNonNull(ACTIVATIONS.get(name)), z);
        figures.check(name, value, found[0][0], ROUNDING).check("slope of " + name, slope, found[1][0], ROUNDING);
    }

    /** How much an answer costs if the label is 1, and if it is 0. */
    private void loss() {
        TextTable table = new TextTable("ŷ", "−log ŷ, for y = 1", "−log(1 − ŷ), for y = 0");
        for (double answer : new double[] {0.01, 0.5, 0.99}) {
            double ifOne = Values.of(Node.constant(answer).log().negate()).get(0);
            double ifZero = Values.of(Node.constant(1 - answer).log().negate()).get(0);
            table.row(Texts.number(answer), digits(ifOne), digits(ifZero));
            figures.check("−log ŷ", -Math.log(answer), ifOne, ROUNDING);
            figures.check("−log(1 − ŷ)", -Math.log(1 - answer), ifZero, ROUNDING);
        }
        out().println();
        out().print(table);
        double[] y = IntStream.rangeClosed(1, 199).mapToDouble(i -> i / 200.0).toArray();
        double[] rising = Arrays.stream(y).map(a -> -Math.log(1 - a)).toArray();
        Curves curves = Curves.titled("What an answer costs")
                .axes("ŷ", "loss")
                .curve(
                        "−log ŷ, for y = 1",
                        y,
                        Arrays.stream(y).map(a -> -Math.log(a)).toArray())
                .curve("−log(1 − ŷ), for y = 0", y, rising);
        picture("loss.svg", curves.toString(), "−log ŷ and −log(1 − ŷ)");
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
