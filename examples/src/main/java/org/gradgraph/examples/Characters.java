package org.gradgraph.examples;

import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.data.Poem;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Shape;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.scan.Scan;
import org.gradgraph.scan.ScanStep;
import org.gradgraph.train.Initializers;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import picocli.CommandLine.Command;

/** A network that learns a text letter by letter. */
@Command(
        name = "characters",
        description = "A network with a memory (LSTM) learns four lines of a sonnet, and says them by heart.")
@Question("Why does it say the lines by heart, where counting pairs of letters could not?")
final class Characters extends Lesson {
    private static final int UNITS = 32;

    /** The cost with weights sin(1)/2, sin(2)/2, … and three of its slopes, computed with 50 digits. */
    private static final double KNOWN_COST = 3.5657995053200757;

    private static final double[] KNOWN_SLOPES = {-7.72928713182275e-5, 7.386133772343207e-5, 0.02046159182011716};

    private static final Poem POEM = Poem.read("sonnet18.txt");
    private static final int LETTERS = POEM.alphabet().size();

    // tag::java[]
    private static final Node W = Node.parameter("W", 4 * UNITS, LETTERS); // reads a letter
    private static final Node U = Node.parameter("U", 4 * UNITS, UNITS); // reads the state
    private static final Node B = Node.parameter("b", 4 * UNITS, 1);
    private static final Node V = Node.parameter("V", LETTERS, UNITS); // says the next letter
    private static final Node C = Node.parameter("c", LETTERS, 1);

    /** One step of the LSTM, and a score for each letter that may come next. */
    private static Node step(ScanStep s, Node letter) {
        Node z = W.matmul(letter).plus(U.matmul(s.state("h"))).plus(B);
        Node forget = gate(z, 0).sigmoid();
        Node write = gate(z, 1).sigmoid();
        Node show = gate(z, 2).sigmoid();
        Node memory =
                forget.times(s.state("memory")).plus(write.times(gate(z, 3).tanh()));
        Node h = show.times(memory.tanh());
        s.next("memory", memory).next("h", h);
        return V.matmul(h).plus(C);
    }

    private static Node gate(Node z, int place) {
        return z.slice(place * UNITS, (place + 1) * UNITS, 0, 1);
    }

    private static final Node ZERO = Constants.zeros(Shape.of(UNITS, 1));
    private static final Node LETTER = Node.input("letter", LETTERS, Dim.named("T")); // a column each, one 1 in it
    private static final Node NEXT = Node.input("next", LETTERS, Dim.named("T"));
    private static final Node SCORES = Scan.over(LETTER)
            .state("h", ZERO)
            .state("memory", ZERO)
            .step(s -> s.output(step(s, s.input())))
            .outputs();
    private static final Node COST = Losses.crossEntropyWithLogits(SCORES, NEXT, Over.EACH_COLUMN);

    /** Says one letter after the other: the most likely one is the next input. */
    private static Node recital(Node first, int letters) {
        return Scan.times(letters)
                .state("letter", first)
                .state("h", ZERO)
                .state("memory", ZERO)
                .step(s -> {
                    Node scores = step(s, s.state("letter"));
                    Node likeliest = Comparisons.equal(scores, scores.max());
                    return s.next("letter", likeliest).output(likeliest);
                })
                .outputs();
    }
    // end::java[]

    @Override
    protected void teach() {
        Feeds data = Feeds.of(LETTER, POEM.letters()).and(NEXT, POEM.nextLetters());
        checkKnownWeights(data);
        Training training = Trainer.of(COST)
                .data(data)
                .initialValues(Initializers.glorot(1, W, U, V).and(Initializers.zeros(B, C)))
                .optimizer(Optimizers.adam(0.02))
                .steps(400)
                .train();
        double[] costs = training.costs();
        TextTable table = new TextTable("nats a letter", "");
        table.row("every letter alike", decimals(Math.log(LETTERS)));
        table.row("by how often each letter comes", decimals(POEM.entropyOfLetters()));
        table.row("by how often each follows the one before", decimals(POEM.entropyOfPairs()));
        table.row("LSTM, before training", decimals(costs[0]));
        table.row("LSTM, after 400 steps of Adam", decimals(training.cost()));
        out().print(table);
        Node recital = recital(Node.constant(POEM.firstLetter()), POEM.length());
        Run run = Program.of(recital).newRun().set(training.parameters());
        String said = POEM.text(POEM.firstLetter()) + POEM.text(run.forward().value(recital));
        out().println();
        out().print(said);
        figures.holds("said by heart", said.equals(POEM.text()));
    }

    private void checkKnownWeights(Feeds data) {
        Run run = Program.of(COST).withGradients().newRun().set(data);
        int k = 0;
        for (Node parameter : List.of(W, U, B, V, C)) {
            DMatrixRMaj value = new DMatrixRMaj(
                    parameter.shape().rows().size(), parameter.shape().columns().size());
            for (int i = 0; i < value.getNumElements(); i++) {
                value.data[i] = Math.sin(++k) / 2;
            }
            run.set(parameter, value);
        }
        run.forward().backward();
        figures.check("cost at known weights", KNOWN_COST, run.scalar(COST), 1e-14);
        Node[] parameters = {W, U, V};
        int[] places = {5, 77, 3};
        for (int i = 0; i < places.length; i++) {
            double slope = run.gradientElements(parameters[i])[places[i]];
            figures.check("slopes at known weights", KNOWN_SLOPES[i], slope, 1e-15);
        }
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
